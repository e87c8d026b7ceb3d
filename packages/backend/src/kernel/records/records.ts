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
import { and, eq, getTableColumns, notExists, type SQL } from 'drizzle-orm';
import { alias, type PgTable } from 'drizzle-orm/pg-core';
import { v7 as uuidv7 } from 'uuid';
import { metaOf, type StatusReason, type TablePlacement } from '../db/index.ts';
import type { Keys } from '../privacy/index.ts';
import type { TenantTx } from '../tenancy/index.ts';
import { recordErrors } from './errors.ts';

/** What every table of records has. */
export interface AnyRecord {
  readonly tenantId: string;
  readonly id: string;
  readonly status: Standing['state'];
  readonly supersedesId: string | null;
  readonly statusReason: StatusReason | null;
  readonly createdAt: Date;
}

/** A table that was declared `invalidatable`, as a module's tables are typed. */
export interface RecordTable {
  readonly $inferSelect: AnyRecord;
  readonly $inferInsert: object;
}

/** What a record says, beside what this file writes. */
export type RecordValues<Table extends RecordTable> = Omit<
  Table['$inferInsert'],
  'tenantId' | 'status' | 'supersedesId' | 'statusReason' | 'createdAt'
>;

type Succession = 'supersede' | 'invalidate';

export interface RecordOptions<Table extends RecordTable> {
  /** The one way that records are taken back, where the table's own rules allow no other; and what is done instead. */
  readonly only?: { readonly way: Succession; readonly instead: string };
  /** What a record that invalidates says otherwise than the one that it copies. */
  readonly invalidation?: (record: Table['$inferSelect']) => Partial<RecordValues<Table>>;
}

export interface Standing {
  readonly state: 'valid' | 'superseded' | 'invalidated';
  /** The record that took it back. */
  readonly successorId: string | null;
  readonly reason: StatusReason | null;
}

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
  type Row = Table['$inferSelect'];
  const { namespace, name: tableName } = metaOf(drawn(tableAt({ placement: { schema: null } })));
  const name = `${namespace}.${tableName}`;

  const read = async (tx: TenantTx, where: SQL | undefined): Promise<Row[]> => {
    // Constructors give tables a type that is cheap to check; at run time they are Drizzle's.
    const rows: unknown = await tx
      .select()
      .from(drawn(tableAt(tx)))
      .where(where);
    return rows as Row[];
  };
  const find = async (tx: TenantTx, id: string): Promise<Row> => {
    const [row] = await read(tx, eq(columnsOf(tableAt(tx)).id, id));
    if (row) return row;
    throw recordErrors.RECORDS_UNKNOWN({ found: `${name} ${id}` });
  };
  const successorOf = async (tx: TenantTx, id: string): Promise<Row | undefined> =>
    (await read(tx, eq(columnsOf(tableAt(tx)).supersedesId, id)))[0];

  /** Without waiting for the transaction to fail: a caller may go on after it has lost to another. */
  const insert = async (tx: TenantTx, values: object): Promise<Row | undefined> => {
    const { tenantId, supersedesId } = columnsOf(tableAt(tx));
    const made: unknown[] = await tx
      .insert(drawn(tableAt(tx)))
      .values({ ...values, tenantId: tx.tenantId } as never)
      .onConflictDoNothing({ target: [tenantId, supersedesId] })
      .returning();
    return made[0] as Row | undefined;
  };

  async function succeed(tx: TenantTx, keys: Keys, way: Succession, id: string, says: object): Promise<Row> {
    if (options.only && options.only.way !== way)
      throw recordErrors.RECORDS_SUCCESSION_REFUSED({
        found: `${way} ${name}`,
        expected: options.only.instead,
      });
    const row = await find(tx, id);
    if (row.status !== 'valid')
      throw recordErrors.RECORDS_NOT_VALID({ found: `${name} ${id}: ${row.status}` });
    const own = 'id' in says && typeof says.id === 'string' ? says.id : uuidv7();
    const texts = await keys.reseal(tx, tableAt(tx), row, own);
    const made = await insert(tx, {
      ...repeated(tableAt(tx), row),
      ...texts,
      ...says,
      id: own,
      supersedesId: id,
    });
    if (made) return made;
    const successor = await successorOf(tx, id);
    throw recordErrors.RECORDS_ALREADY_SUCCEEDED({
      found: `${name} ${id} by ${successor?.id}`,
      data: { id, successorId: successor?.id },
    });
  }

  function isValidNow(tx: TenantTx): SQL {
    const table = tableAt(tx);
    const { tenantId, id, status } = columnsOf(table);
    const successor = alias(drawn(table), 'successor');
    const after = columnsOf(successor);
    const taken = tx
      .select({ id: after.id })
      .from(successor)
      .where(and(eq(after.tenantId, tenantId), eq(after.supersedesId, id)));
    return and(eq(status, 'valid'), notExists(taken)) as SQL;
  }

  return {
    name,
    isValidNow,
    async issue(tx, values) {
      const made = await insert(tx, { ...values, status: 'valid' });
      if (made) return made;
      throw new Error('A record that supersedes none meets no other successor.');
    },
    supersede: (tx, keys, id, statusReason, changes) =>
      succeed(tx, keys, 'supersede', id, { ...changes, status: 'valid', statusReason }),
    async invalidate(tx, keys, id, statusReason, changes = {}) {
      const own = options.invalidation ? options.invalidation(await find(tx, id)) : {};
      return succeed(tx, keys, 'invalidate', id, { ...own, ...changes, status: 'invalidated', statusReason });
    },
    validNow: (tx, where) => read(tx, and(isValidNow(tx), where?.(tableAt(tx)))),
    async standing(tx, id) {
      const row = await find(tx, id);
      if (row.status === 'invalidated')
        return { state: 'invalidated', successorId: null, reason: row.statusReason };
      const successor = await successorOf(tx, id);
      if (!successor) return { state: 'valid', successorId: null, reason: null };
      const state = successor.status === 'invalidated' ? 'invalidated' : 'superseded';
      return { state, successorId: successor.id, reason: successor.statusReason };
    },
    async history(tx, id) {
      const chain = [await find(tx, id)];
      for (let first = chain[0]; first?.supersedesId; first = chain[0])
        chain.unshift(await find(tx, first.supersedesId));
      for (;;) {
        const next = await successorOf(tx, chain.at(-1)?.id ?? id);
        if (!next) return chain;
        chain.push(next);
      }
    },
    async count(tx) {
      const table = drawn(tableAt(tx));
      const { status } = columnsOf(tableAt(tx));
      const [records, valid, invalidated] = await Promise.all([
        tx.$count(table, eq(status, 'valid')),
        tx.$count(table, isValidNow(tx)),
        tx.$count(table, eq(status, 'invalidated')),
      ]);
      return { valid, superseded: records - valid - invalidated, invalidated };
    },
  };
}

const drawn = (table: unknown): PgTable => table as PgTable;

/** What this file writes itself, and what the row must not share with another. */
const OF_THE_ROW = ['tenantId', 'id', 'status', 'supersedesId', 'statusReason', 'createdAt'];

/** What a successor says as the record before it did; its texts are encrypted for their row. */
function repeated(table: unknown, row: object): object {
  const columns = getTableColumns(drawn(table));
  const { encrypted } = metaOf(drawn(table));
  return Object.fromEntries(
    Object.entries(row).filter(
      ([key]) => !OF_THE_ROW.includes(key) && !encrypted.has(key) && columns[key]?.generated === undefined,
    ),
  );
}

function columnsOf(table: unknown) {
  const { tenantId, id, status, supersedesId } = getTableColumns(drawn(table));
  if (tenantId && id && status && supersedesId) return { tenantId, id, status, supersedesId };
  throw new Error('A table of records is declared `invalidatable`.');
}
