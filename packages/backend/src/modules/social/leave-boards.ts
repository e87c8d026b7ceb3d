/**
 * Takes a person off the copies of boards, for an erasure. The revision that it makes keeps a program that has read the
 * person's rows before from putting them back.
 */
import { and, asc, eq, inArray } from 'drizzle-orm';
import {
  type Cache,
  type CacheAddress,
  cursorBehind,
  leaveRanking,
  type RankingLeave,
} from '../../kernel/cache/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { positionOf, rankingOf } from './board-rankings.ts';
import { socialTables } from './schema.ts';

export interface BoardLeave {
  readonly ranking: CacheAddress;
  readonly leave: RankingLeave;
}

/**
 * Call it in the transaction that takes the person's rows away, before they go; `removeFromBoards` then does the rest,
 * once that is committed. Both may be repeated.
 */
export async function leaveBoards(tx: TenantTx, userId: string): Promise<BoardLeave[]> {
  const { leaderboards: boards, leaderboardEntries: entries } = socialTables(tx);
  const all = await tx
    .select({ id: boards.id, revision: boards.revision, updatedAt: boards.updatedAt })
    .from(boards)
    .where(eq(boards.entrant, 'person'))
    .orderBy(asc(boards.id))
    .for('no key update');
  const ids = all.map(({ id }) => id);
  const own = await tx
    .select({ boardId: entries.leaderboardId })
    .from(entries)
    .where(and(eq(entries.userId, userId), inArray(entries.leaderboardId, ids)));
  const left = new Set(own.map(({ boardId }) => boardId));
  const leaves: BoardLeave[] = [];
  for (const board of all) {
    const from = cursorBehind(board.revision);
    const now = left.has(board.id) ? await nextRevision(tx, board) : board;
    leaves.push({ ranking: rankingOf(tx, board.id), leave: { id: userId, from, to: positionOf(now) } });
  }
  return leaves;
}

async function nextRevision(
  tx: TenantTx,
  { id, revision, ...board }: { readonly id: string; readonly revision: number; readonly updatedAt: Date },
) {
  const { leaderboards: boards } = socialTables(tx);
  const [next] = await tx
    .update(boards)
    .set({ revision: revision + 1 })
    .where(eq(boards.id, id))
    .returning({ revision: boards.revision, updatedAt: boards.updatedAt });
  return next ?? { ...board, revision: revision + 1 };
}

/** @returns whether Redis did so */
export async function removeFromBoards(cache: Cache, leaves: readonly BoardLeave[]): Promise<boolean> {
  for (const { ranking, leave } of leaves) if (!(await leaveRanking(cache, ranking, leave))) return false;
  return true;
}
