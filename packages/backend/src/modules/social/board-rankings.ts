/**
 * The boards' copies as rankings: where they are, how far the rows are, and how a copy is brought there. Rows are read
 * in the order of (revision, id), page by page, so a copy that was interrupted goes on where it is, and one of nothing is
 * made in the very same way.
 */
import { and, asc, eq, gt, isNotNull, type SQL } from 'drizzle-orm';
import {
  addressIn,
  advanceRanking,
  type Cache,
  type CacheAddress,
  cursorAt,
  cursorBehind,
  dropRanking,
  type RankingPosition,
  rankingCursor,
  readCursor,
  START,
} from '../../kernel/cache/index.ts';
import { exactTime } from '../../kernel/db/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { socialErrors } from './errors.ts';
import { socialTables } from './schema.ts';

/** Takes Redis some milliseconds, in which it serves nobody else. */
export const ROWS_PER_PAGE = 500;

export interface Board {
  readonly id: string;
  readonly key: string;
  readonly entrant: 'person' | 'team' | 'corporation';
  readonly revision: number;
  readonly updatedAt: Date;
}

export const rankingOf = (tx: TenantTx, boardId: string): CacheAddress => addressIn(tx, 'board', boardId);

/** Where a copy has to stand to be used. */
export const positionOf = ({
  revision,
  updatedAt,
}: Pick<Board, 'revision' | 'updatedAt'>): RankingPosition => ({
  cursor: cursorBehind(revision),
  stamp: updatedAt.toISOString(),
});

const boardColumns = (boards: ReturnType<typeof socialTables>['leaderboards']) => {
  const { id, key, entrant, revision, updatedAt } = boards;
  return { id, key, entrant, revision, updatedAt };
};

/** @throws SOCIAL_BOARD_UNKNOWN */
export async function findBoard(tx: TenantTx, boardId: string): Promise<Board> {
  const { leaderboards: boards } = socialTables(tx);
  const [board] = await tx.select(boardColumns(boards)).from(boards).where(eq(boards.id, boardId));
  if (board) return board;
  throw socialErrors.SOCIAL_BOARD_UNKNOWN({ found: boardId });
}

export function listBoards(tx: TenantTx): Promise<Board[]> {
  const { leaderboards: boards } = socialTables(tx);
  return tx.select(boardColumns(boards)).from(boards).orderBy(asc(boards.id));
}

/** The column that says who is ranked. */
export const ENTRANT = { person: 'userId', team: 'teamId', corporation: 'corporationId' } as const;

export interface BoardRow {
  readonly rowId: string;
  readonly revision: number;
  readonly id: string;
  readonly score: number;
  readonly reachedAt: bigint;
}

/**
 * Rows of a board behind a cursor, in the order of their last changes: those of the cursor's own revision, then later ones.
 * Each is a range of the index; asked for in one condition, every page would read the ones before it again.
 */
export async function rowsBehind(
  tx: TenantTx,
  board: Board,
  cursor: string,
  limit: number,
): Promise<BoardRow[]> {
  const { leaderboardEntries: entries } = socialTables(tx);
  const { revision, rowId } = readCursor(cursor);
  const own = and(eq(entries.revision, revision), gt(entries.id, rowId));
  const same = cursor === cursorBehind(revision) ? [] : await rowsWhere(tx, board, own, limit);
  const left = limit - same.length;
  const later = left > 0 ? await rowsWhere(tx, board, gt(entries.revision, revision), left) : [];
  return [...same, ...later];
}

async function rowsWhere(
  tx: TenantTx,
  { id: boardId, entrant }: Board,
  range: SQL | undefined,
  limit: number,
): Promise<BoardRow[]> {
  const { leaderboardEntries: entries } = socialTables(tx);
  const ranked = entries[ENTRANT[entrant]];
  const rows = await tx
    .select({
      rowId: entries.id,
      revision: entries.revision,
      id: ranked,
      score: entries.score,
      reachedAt: exactTime(entries.achievedAt),
    })
    .from(entries)
    .where(and(eq(entries.leaderboardId, boardId), range, isNotNull(ranked)))
    .orderBy(asc(entries.revision), asc(entries.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, id: row.id ?? '' }));
}

export interface FollowOptions {
  readonly mostPages?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/**
 * Brings a board's copy to where its rows are.
 *
 * @returns whether it is there; it is not without Redis, when somebody else is at it, or when there was more to read
 */
export async function followBoard(
  tx: TenantTx,
  cache: Cache,
  board: Board,
  { mostPages = Number.POSITIVE_INFINITY, signal, onProgress }: FollowOptions = {},
): Promise<boolean> {
  const ranking = rankingOf(tx, board.id);
  let from = await rankingCursor(cache, ranking);
  if (from !== undefined && isBeyond(from, board)) from = await beginAgain(tx, cache, ranking, board.id);
  let done = 0;
  for (let page = 0; from !== undefined && page < mostPages && !signal?.aborted; page += 1) {
    const entries = await rowsBehind(tx, board, from, ROWS_PER_PAGE);
    const last = entries.at(-1);
    // Rows that change meanwhile come again at a later revision; looking at the board last tells whether any did.
    const present = entries.length < ROWS_PER_PAGE ? await findBoard(tx, board.id) : undefined;
    const complete = present?.revision === board.revision;
    if (!complete && !last) return false;
    const to =
      complete || !last
        ? positionOf(board)
        : { cursor: cursorAt(last.revision, last.rowId), stamp: 'unfinished' };
    if (!(await advanceRanking(cache, ranking, { from, to, entries }))) return false;
    done += entries.length;
    onProgress?.(done);
    if (complete) return true;
    from = to.cursor;
  }
  return false;
}

/** A copy that has all of this revision, or more, and was not used, is of another history than these rows. */
const isBeyond = (cursor: string, { revision }: Board): boolean =>
  readCursor(cursor).revision > revision || cursor === cursorBehind(revision);

/** Unless the board has moved on since it was looked at, which makes the copy the newer one. */
async function beginAgain(
  tx: TenantTx,
  cache: Cache,
  ranking: CacheAddress,
  boardId: string,
): Promise<string | undefined> {
  const [cursor, present] = [await rankingCursor(cache, ranking), await findBoard(tx, boardId)];
  if (cursor === undefined || !isBeyond(cursor, present)) return undefined;
  return (await dropRanking(cache, ranking)) ? START : undefined;
}
