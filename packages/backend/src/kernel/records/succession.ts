/**
 * Reads and writes one table of records. A record's successor repeats what it said; the insertion does nothing where another
 * successor is there already, so who comes second is told, and its transaction is as good as before.
 */
import { and, eq, getTableColumns, notExists, type SQL } from 'drizzle-orm';
import { alias, type PgTable } from 'drizzle-orm/pg-core';
import { v7 as uuidv7 } from 'uuid';
import { metaOf, type TablePlacement } from '../db/index.ts';
import type { Keys } from '../privacy/index.ts';
import type { TenantTx } from '../tenancy/index.ts';
import { recordErrors } from './errors.ts';
import type { AnyRecord, RecordOptions, RecordTable, Standing, Succession } from './record-table.ts';

/** A table of records, wherever the transaction's tenant has it. */
export interface Book<Table extends RecordTable> {
  /** As module.table. */
  readonly name: string;
  readonly tableAt: (at: { readonly placement: TablePlacement }) => Table;
  readonly options: RecordOptions<Table>;
}

type Row<Table extends RecordTable> = Table['$inferSelect'];

/** Constructors give tables a type that is cheap to check; at run time they are Drizzle's. */
const drawn = (table: unknown): PgTable => table as PgTable;

export function nameOf(table: RecordTable): string {
  const { namespace, name } = metaOf(drawn(table));
  return `${namespace}.${name}`;
}

export async function readRecords<Table extends RecordTable>(
  tx: TenantTx,
  { tableAt }: Book<Table>,
  where: SQL | undefined,
): Promise<Row<Table>[]> {
  const rows: unknown = await tx
    .select()
    .from(drawn(tableAt(tx)))
    .where(where);
  return rows as Row<Table>[];
}

/** @throws RECORDS_UNKNOWN */
export async function findRecord<Table extends RecordTable>(
  tx: TenantTx,
  book: Book<Table>,
  id: string,
): Promise<Row<Table>> {
  const [row] = await readRecords(tx, book, eq(columnsOf(book.tableAt(tx)).id, id));
  if (row) return row;
  throw recordErrors.RECORDS_UNKNOWN({ found: `${book.name} ${id}` });
}

async function successorOf<Table extends RecordTable>(
  tx: TenantTx,
  book: Book<Table>,
  id: string,
): Promise<Row<Table> | undefined> {
  const [row] = await readRecords(tx, book, eq(columnsOf(book.tableAt(tx)).supersedesId, id));
  return row;
}

/** @returns undefined where the record that it names has a successor already */
export async function insertRecord<Table extends RecordTable>(
  tx: TenantTx,
  { tableAt }: Book<Table>,
  values: object,
): Promise<Row<Table> | undefined> {
  const { tenantId, supersedesId } = columnsOf(tableAt(tx));
  const made: unknown[] = await tx
    .insert(drawn(tableAt(tx)))
    .values({ ...values, tenantId: tx.tenantId } as never)
    .onConflictDoNothing({ target: [tenantId, supersedesId] })
    .returning();
  return made[0] as Row<Table> | undefined;
}

/** @param says  what the successor says otherwise, its status and its reason */
export async function succeed<Table extends RecordTable>(
  tx: TenantTx,
  keys: Keys,
  book: Book<Table>,
  way: Succession,
  id: string,
  says: object,
): Promise<Row<Table>> {
  const { name, tableAt, options } = book;
  if (options.only && options.only.way !== way)
    throw recordErrors.RECORDS_SUCCESSION_REFUSED({
      found: `${way} ${name}`,
      expected: options.only.instead,
    });
  const row = await findRecord(tx, book, id);
  if (row.status !== 'valid') throw recordErrors.RECORDS_NOT_VALID({ found: `${name} ${id}: ${row.status}` });
  const own = 'id' in says && typeof says.id === 'string' ? says.id : uuidv7();
  const texts = await keys.reseal(tx, tableAt(tx), row, own);
  const values = { ...repeated(tableAt(tx), row), ...texts, ...says, id: own, supersedesId: id };
  const made = await insertRecord(tx, book, values);
  if (made) return made;
  const successor = await successorOf(tx, book, id);
  throw recordErrors.RECORDS_ALREADY_SUCCEEDED({
    found: `${name} ${id} by ${successor?.id}`,
    data: { id, successorId: successor?.id },
  });
}

/** What holds now: valid, and without a successor. */
export function validity<Table extends RecordTable>(tx: TenantTx, { tableAt }: Book<Table>): SQL {
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

export async function standingOf<Table extends RecordTable>(
  tx: TenantTx,
  book: Book<Table>,
  id: string,
): Promise<Standing> {
  const row: AnyRecord = await findRecord(tx, book, id);
  if (row.status === 'invalidated')
    return { state: 'invalidated', successorId: null, reason: row.statusReason };
  const successor: AnyRecord | undefined = await successorOf(tx, book, id);
  if (!successor) return { state: 'valid', successorId: null, reason: null };
  const state = successor.status === 'invalidated' ? 'invalidated' : 'superseded';
  return { state, successorId: successor.id, reason: successor.statusReason };
}

export async function historyOf<Table extends RecordTable>(
  tx: TenantTx,
  book: Book<Table>,
  id: string,
): Promise<Row<Table>[]> {
  const chain = [await findRecord(tx, book, id)];
  for (let first = chain[0]; first?.supersedesId; first = chain[0])
    chain.unshift(await findRecord(tx, book, first.supersedesId));
  for (;;) {
    const next = await successorOf(tx, book, chain.at(-1)?.id ?? id);
    if (!next) return chain;
    chain.push(next);
  }
}

export async function countStates<Table extends RecordTable>(
  tx: TenantTx,
  book: Book<Table>,
): Promise<Readonly<Record<Standing['state'], number>>> {
  const table = drawn(book.tableAt(tx));
  const { status } = columnsOf(table);
  const records = await tx.$count(table, eq(status, 'valid'));
  const valid = await tx.$count(table, validity(tx, book));
  const invalidated = await tx.$count(table, eq(status, 'invalidated'));
  return { valid, superseded: records - valid - invalidated, invalidated };
}

/** What is written for each record, and what the row must not share with another. */
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
