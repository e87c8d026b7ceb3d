/**
 * Verification of what was changed since all of it was verified. A row that is once found equal at both ends need not be
 * looked at again before it is touched again, because whatever changes it at the source comes through the slot. So rows
 * are compared as they are, without stopping anything, and those that are just changing are left for the next time.
 */
import { type Rows, rowSums } from './checksums.ts';
import type { Follower, TouchedRows } from './follower.ts';
import type { MovedTable } from './moved-tables.ts';
import type { Lookers } from './verify.ts';

/** Compares the rows that were touched, and gives back those that differ at present. */
export async function compareTouched(lookers: Lookers, follower: Follower): Promise<void> {
  for (const [table, rows] of follower.takeTouched()) {
    const entries = [...rows];
    const keys = entries.map(([, key]) => key);
    const [source, target] = await Promise.all([
      rowSums(lookers.source, table, 'source', keys),
      rowSums(lookers.target, table, 'target', keys),
    ]);
    const different = entries.filter((_, at) => source.get(at) !== target.get(at));
    follower.putBack(new Map([[table, new Map(different)]]));
  }
}

/** Those rows of a table that were touched, if any were. */
export const rowsOf =
  (touched: TouchedRows) =>
  (table: MovedTable): Rows | undefined => {
    const keys = touched.get(table);
    return keys && { keys: [...keys.values()] };
  };
