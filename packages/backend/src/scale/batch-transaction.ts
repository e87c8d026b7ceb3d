/** One batch of multiplied rows: a transaction of one tenant, of which all rows are there or none. */
import { copyLines } from '../kernel/db/index.ts';
import { ensurePartitions, sharedPlace } from '../kernel/partitions/index.ts';
import type { Administrator } from './known-rows.ts';
import type { TableWriter } from './scaled-table.ts';

/** Two programs that are started at once multiply one after the other. */
export const SCALE_LOCK = 0x646d7a03;

/** How many rows were added to which tables. */
export class RowCounts {
  readonly #tables = new Map<string, number>();
  total = 0;

  count(table: string, rows: number): void {
    this.#tables.set(table, (this.#tables.get(table) ?? 0) + rows);
    this.total += rows;
  }

  add(other: RowCounts): void {
    for (const [table, rows] of other.#tables) this.count(table, rows);
  }

  byTable(): Record<string, number> {
    return Object.fromEntries([...this.#tables].filter(([, rows]) => rows > 0));
  }
}

/**
 * Runs one batch in a transaction of its own.
 *
 * @returns what was written
 */
export async function inTransaction(
  admin: Administrator,
  tenantId: string,
  batch: (write: TableWriter) => Promise<void>,
): Promise<RowCounts> {
  const counts = new RowCounts();
  await admin.query('BEGIN');
  // Triggers that work as the owner are under row-level security, and the tenant may not move meanwhile.
  await admin.query('SELECT dmz.open_tenant($1)', [tenantId]);
  await batch(async (table, columns, lines, rows) => {
    await copyLines(admin, table, columns, lines);
    counts.count(table, rows());
  });
  await admin.query('COMMIT');
  return counts;
}

/** The default partition of a log stays empty, so the months of what is copied get theirs. */
export async function makePartitions(adminUrl: string, months: readonly string[]): Promise<void> {
  const [first] = months;
  if (first === undefined) return;
  await ensurePartitions(sharedPlace(adminUrl), { now: new Date(first), monthsAhead: months.length - 1 });
}
