/** Takes a person off the copies of boards, for an erasure. */
import { asc, eq } from 'drizzle-orm';
import { type Cache, leaveRanking } from '../../kernel/cache/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { positionOf, rankingOf } from './board-rankings.ts';
import { socialTables } from './schema.ts';

/**
 * Call it once the person's rows are gone, or in the transaction that takes them away. A copy that is as far as its rows
 * loses the person, and takes no rows that were read before; one that is elsewhere goes as a whole. Repeatable.
 *
 * @returns whether Redis did so
 */
export async function leaveBoards(tx: TenantTx, cache: Cache, userId: string): Promise<boolean> {
  const { leaderboards: boards } = socialTables(tx);
  const ranked = await tx
    .select({ id: boards.id, revision: boards.revision, updatedAt: boards.updatedAt })
    .from(boards)
    .where(eq(boards.entrant, 'person'))
    .orderBy(asc(boards.id));
  for (const board of ranked)
    if (!(await leaveRanking(cache, rankingOf(tx, board.id), positionOf(board), userId))) return false;
  return true;
}
