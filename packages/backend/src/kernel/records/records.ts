/**
 * Records that are evidence: issued once, never changed. What turns out wrong is superseded by a record that says it right,
 * or invalidated by one that says it does not hold; each names the one before it, and why. A record has one successor at
 * most, which a unique key keeps, so of two who take it back at once one wins.
 *
 *     issued: valid ──supersede──▶ valid, supersedes it ──supersede──▶ …
 *        └────────invalidate──▶ invalidated, names it; the end
 *
 * What holds now are valid records without a successor. One implementation serves every table that is `invalidatable`.
 */
import { and, type SQL } from 'drizzle-orm';
import type { StatusReason, TablePlacement } from '../db/index.ts';
import type { Keys } from '../privacy/index.ts';
import type { TenantTx } from '../tenancy/index.ts';
import type { RecordOptions, RecordTable, RecordValues, Standing } from './record-table.ts';
import {
  type Book,
  countStates,
  findRecord,
  historyOf,
  insertRecord,
  nameOf,
  readRecords,
  standingOf,
  succeed,
  validity,
} from './succession.ts';

/** How each record of a table came to hold, or no longer does. Every function needs a tenant transaction. */
export interface Records<Table extends RecordTable> {
  /** As module.table. */
  readonly name: string;
  issue(tx: TenantTx, values: RecordValues<Table>): Promise<Table['$inferSelect']>;
  /**
   * @param changes  what the new record says otherwise; all else is repeated, texts encrypted anew for it
   * @throws RECORDS_UNKNOWN, RECORDS_NOT_VALID, RECORDS_ALREADY_SUCCEEDED, RECORDS_SUCCESSION_REFUSED
   */
  supersede(
    tx: TenantTx,
    keys: Keys,
    id: string,
    reason: StatusReason,
    changes: Partial<RecordValues<Table>>,
  ): Promise<Table['$inferSelect']>;
  /** The same, by a record that repeats it and says that it does not hold. */
  invalidate(
    tx: TenantTx,
    keys: Keys,
    id: string,
    reason: StatusReason,
    changes?: Partial<RecordValues<Table>>,
  ): Promise<Table['$inferSelect']>;
  /** What holds now. @param where  of the table that it is given */
  validNow(tx: TenantTx, where?: (table: Table) => SQL | undefined): Promise<Table['$inferSelect'][]>;
  /** The same as a condition, for queries of the module's own. */
  isValidNow(tx: TenantTx): SQL;
  /** @throws RECORDS_UNKNOWN */
  standing(tx: TenantTx, id: string): Promise<Standing>;
  /** A record with those before and after it, the first one first. @throws RECORDS_UNKNOWN */
  history(tx: TenantTx, id: string): Promise<Table['$inferSelect'][]>;
  /** How many records there are in each state. */
  count(tx: TenantTx): Promise<Readonly<Record<Standing['state'], number>>>;
}

/** @param tableAt  gives the table at a placement, such as `(at) => trainingTables(at).completions` */
export function recordsOf<Table extends RecordTable>(
  tableAt: (at: { readonly placement: TablePlacement }) => Table,
  options: RecordOptions<Table> = {},
): Records<Table> {
  const name = nameOf(tableAt({ placement: { schema: null } }));
  const book: Book<Table> = { name, tableAt, options };
  return {
    name,
    async issue(tx, values) {
      const made = await insertRecord(tx, book, { ...values, status: 'valid' });
      if (made) return made;
      throw new Error('A record that supersedes none meets no other successor.');
    },
    supersede: (tx, keys, id, statusReason, changes) =>
      succeed(tx, keys, book, 'supersede', id, { ...changes, status: 'valid', statusReason }),
    async invalidate(tx, keys, id, statusReason, changes = {}) {
      const own = options.invalidation ? options.invalidation(await findRecord(tx, book, id)) : {};
      const says = { ...own, ...changes, status: 'invalidated', statusReason };
      return succeed(tx, keys, book, 'invalidate', id, says);
    },
    validNow: (tx, where) => readRecords(tx, book, and(validity(tx, book), where?.(tableAt(tx)))),
    isValidNow: (tx) => validity(tx, book),
    standing: (tx, id) => standingOf(tx, book, id),
    history: (tx, id) => historyOf(tx, book, id),
    count: (tx) => countStates(tx, book),
  };
}
