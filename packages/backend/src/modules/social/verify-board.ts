/** Compares a board's copy with its rows, place by place. A copy that nobody would use at present is not compared. */
import { type Cache, cursorAt, readEntries, START } from '../../kernel/cache/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { type Board, positionOf, ROWS_PER_PAGE, rankingOf, rowsBehind } from './board-rankings.ts';

export interface BoardComparison {
  /** Places that were compared. */
  readonly compared: number;
  /** What differs, in words, by the row's id where it is about one. */
  readonly differences: readonly string[];
}

const MOST_DIFFERENCES = 20;

/** @returns undefined where there is no copy that is as far as the rows, or where it moved on meanwhile */
export async function verifyBoard(
  tx: TenantTx,
  cache: Cache,
  board: Board,
): Promise<BoardComparison | undefined> {
  const differences: string[] = [];
  let compared = 0;
  let total = 0;
  let cursor: string | undefined = START;
  while (cursor !== undefined) {
    const rows = await rowsBehind(tx, board, cursor, ROWS_PER_PAGE);
    const ids = rows.map(({ id }) => id);
    const known = await readEntries(cache, rankingOf(tx, board.id), positionOf(board), ids);
    if (!known) return undefined;
    for (const [at, row] of rows.entries()) {
      const entry = known.entries[at];
      const same =
        entry && entry.id === row.id && entry.score === row.score && entry.reachedAt === row.reachedAt;
      if (!same) differences.push(`row ${row.rowId} ${entry ? 'has another place' : 'has none'} in Redis`);
    }
    compared += rows.length;
    total = known.total;
    const last = rows.at(-1);
    cursor = last && rows.length === ROWS_PER_PAGE ? cursorAt(last.revision, last.rowId) : undefined;
  }
  if (total > compared) differences.push(`Redis has ${total - compared} places that no row has`);
  return { compared, differences: differences.slice(0, MOST_DIFFERENCES) };
}
