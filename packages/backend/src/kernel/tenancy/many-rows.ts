/**
 * Writes many rows by one statement. They travel as one JSON text, so that a statement is the same whatever their
 * number: PostgreSQL plans it once a connection, and nobody builds it again. Drizzle's INSERT of many rows has a
 * parameter for each value; building it took the program longer than the database took to run it.
 */
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { requireFit } from '../db/column-values.ts';
import { queryIn } from './connection.ts';
import type { TenantTx } from './tenant-tx.ts';

/** A table of a module, as far as its rows can be written. */
export interface WritableTable {
  readonly $inferInsert: object;
}

/** A row without its tenant, who is the transaction's. */
export type NewRow<Table extends WritableTable> = Omit<Table['$inferInsert'], 'tenantId'>;

/** Which row, and what it becomes; a value that is not given stays. */
export interface RowChange<Row> {
  /** Values that no two changes share, and none of them null. */
  readonly where: Partial<Row>;
  readonly set: Partial<Row>;
}

/** Columns that a row does not give get their defaults. */
export async function insertRows<Table extends WritableTable>(
  tx: TenantTx,
  table: Table,
  rows: readonly NewRow<Table>[],
): Promise<void> {
  await insertAll(tx, table, rows);
}

/** Leaves out rows that any unique key of the table holds already. */
export async function insertMissingRows<Table extends WritableTable>(
  tx: TenantTx,
  table: Table,
  rows: readonly NewRow<Table>[],
): Promise<void> {
  await insertAll(tx, table, rows, ' ON CONFLICT DO NOTHING');
}

/** The same. @returns the ids of the rows that were written */
export async function insertMissingAndTell<Table extends WritableTable>(
  tx: TenantTx,
  table: Table,
  rows: readonly NewRow<Table>[],
): Promise<Set<string>> {
  const answers = await insertAll(tx, table, rows, ' ON CONFLICT DO NOTHING RETURNING "id"');
  return new Set(answers.flatMap((answer) => answer.rows.map(({ id }) => id)));
}

/** The tenant is sent once, since reading a row's text takes as long as it has columns. */
function insertAll(tx: TenantTx, table: WritableTable, rows: readonly object[], ending = '') {
  return inShapes(rows, keysOf, (keys, alike) => {
    const { target, column } = namesOf(table);
    requireFits(table, keys, alike);
    const names = keys.map((key) => `, "${column(key).name}"`).join('');
    const values = keys.map((key) => `, "${key}"`).join('');
    const text = `INSERT INTO ${target} ("tenant_id"${names}) SELECT $2::uuid${values} FROM ${recordset(table, keys)}${ending}`;
    return queryIn(tx, text, [JSON.stringify(alike), tx.tenantId]);
  });
}

/** @returns how many rows were there to be changed */
export async function updateRows<Table extends WritableTable>(
  tx: TenantTx,
  table: Table,
  changes: readonly RowChange<Table['$inferInsert']>[],
): Promise<number> {
  const shapeOf = ({ where, set }: (typeof changes)[number]) => [
    ...keysOf(where).map((key) => OF + key),
    ...keysOf(set),
  ];
  const answers = await inShapes(changes, shapeOf, (keys, alike) => {
    const rows = alike.map(({ where, set }) => ({ ...prefixed(where), ...set }));
    requireFits(table, keys, rows);
    return queryIn(tx, update(table, keys), [JSON.stringify(rows)]);
  });
  return answers.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
}

/** Drizzle's encoders, which hold other statements to their columns, do not see these rows. */
function requireFits(table: WritableTable, keys: readonly string[], rows: readonly object[]): void {
  const columns = getTableColumns(table as unknown as PgTable);
  for (const key of keys) {
    const column = columns[key.startsWith(OF) ? key.slice(OF.length) : key];
    if (column) for (const row of rows) requireFit(column, Reflect.get(row, key));
  }
}

/** Tells apart a value that a row is found by from one that it is given, where both are of one column. */
const OF = 'of ';

const prefixed = (where: object) =>
  Object.fromEntries(Object.entries(where).map(([key, value]) => [OF + key, value]));

const keysOf = (row: object): string[] =>
  Object.entries(row).flatMap(([key, value]) => (value === undefined ? [] : [key]));

/** One statement for all rows that give the same columns. */
function inShapes<Row, Answer>(
  rows: readonly Row[],
  shapeOf: (row: Row) => string[],
  write: (keys: readonly string[], alike: readonly Row[]) => Promise<Answer>,
): Promise<Answer[]> {
  const shapes = new Map<string, { readonly keys: string[]; readonly alike: Row[] }>();
  for (const row of rows) {
    const keys = shapeOf(row);
    const name = keys.join();
    const shape = shapes.get(name) ?? { keys, alike: [] };
    shapes.set(name, shape);
    shape.alike.push(row);
  }
  return Promise.all([...shapes.values()].map(({ keys, alike }) => write(keys, alike)));
}

function update(table: WritableTable, keys: readonly string[]): string {
  const { target, column } = namesOf(table);
  const given = keys.filter((key) => !key.startsWith(OF));
  const set = given.map((key) => `"${column(key).name}" = given."${key}"`);
  const found = keys
    .filter((key) => key.startsWith(OF))
    .map((key) => `present."${column(key.slice(OF.length)).name}" = given."${key}"`);
  return `UPDATE ${target} AS present SET ${set.join(', ')} FROM ${recordset(table, keys)} WHERE ${found.join(' AND ')}`;
}

function recordset(table: WritableTable, keys: readonly string[]): string {
  const { column } = namesOf(table);
  const typed = keys.map((key) => `"${key}" ${column(key.startsWith(OF) ? key.slice(OF.length) : key).type}`);
  return `jsonb_to_recordset($1::jsonb) AS given(${typed.join(', ')})`;
}

function namesOf(table: WritableTable) {
  // Constructors give tables a type that is cheap to check; at run time they are Drizzle's.
  const drawn = table as unknown as PgTable;
  const { schema = 'public', name } = getTableConfig(drawn);
  const columns = getTableColumns(drawn);
  return {
    target: `"${schema}"."${name}"`,
    column(key: string) {
      const found = columns[key];
      if (!found) throw new RangeError(`${schema}.${name} has no column ${key}.`);
      return { name: found.name, type: found.getSQLType() };
    },
  };
}
