/**
 * Verification of what was changed since all of it was verified. A row that is once found equal at both ends need not be
 * looked at again before it is touched again, because whatever changes it at the source comes through the slot. So rows
 * are compared as they are, without stopping anything, and those that are just changing are left for the next time.
 */
import { type Rows, rowSums } from './checksums.ts';
import type { Follower, TouchedRows } from './follower.ts';
import type { MovedTable } from './moved-tables.ts';
import type { Lookers } from './verify.ts';

/** Enough to be quick, and few enough to hold at once. */
const ROWS_AT_ONCE = 5_000;

/** Compares the rows that were touched, and gives back those that differ at present. */
export async function compareTouched(lookers: Lookers, follower: Follower): Promise<void> {
  for (const [table, rows] of follower.takeTouched()) {
    const names = [...rows];
    for (let at = 0; at < names.length; at += ROWS_AT_ONCE) {
      const different = await differing(lookers, table, names.slice(at, at + ROWS_AT_ONCE));
      follower.putBack(new Map([[table, new Set(different)]]));
    }
  }
}

async function differing(lookers: Lookers, table: MovedTable, names: readonly string[]): Promise<string[]> {
  const [source, target] = await Promise.all([
    rowSums(lookers.source, table, 'source', names),
    rowSums(lookers.target, table, 'target', names),
  ]);
  return names.filter((_, at) => source.get(at) !== target.get(at));
}

/** Those rows of a table that were touched, if any were. */
export const rowsOf =
  (touched: TouchedRows) =>
  (table: MovedTable): Rows | undefined => {
    const names = touched.get(table);
    return names && { keys: [...names] };
  };
