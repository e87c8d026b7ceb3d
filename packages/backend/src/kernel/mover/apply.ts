/**
 * Writes batches to the target, by a role that has triggers and row security off. Each row that a batch touches is deleted
 * by its key, and what it became is copied in: no order of rows can then violate a key, and doing it again does no harm.
 * Rows of append-only tables are copied in where they are not there yet, and go by the function that lets them.
 */
import pg from 'pg';
import { encodeEncoded } from '../db/index.ts';
import { type Batch, type FollowedTable, fill, type PendingRows } from './batch.ts';
import { decodeRecord, encodeRows } from './binary-rows.ts';
import { copyInto } from './copy-into.ts';
import { formatLsn, type Lsn } from './lsn.ts';
import { keyJoin, type MovedTable, namesOf } from './moved-tables.ts';
import { prepared } from './prepared.ts';
import { keyNamed, Tuple } from './tuple.ts';

const UNIQUE_VIOLATION = '23505';

/** Who writes: functions of the target refuse whoever has been replaced. */
export interface Writer {
  readonly client: pg.Client;
  readonly moveId: string;
  readonly attempt: number;
}

/** Writes a batch within the caller's transaction on that connection. */
export async function applyBatch(writer: Writer, batch: Batch): Promise<void> {
  for (const [followed, rows] of batch.tables) {
    if (followed.table.appendOnly) await applyToLog(writer, followed, rows);
    else await applyToTable(writer, followed, rows);
  }
}

async function applyToTable({ client }: Writer, followed: FollowedTable, rows: PendingRows): Promise<void> {
  const complete = await completeRows(client, followed, rows);
  const { table } = followed;
  const { from, on } = keyJoin(table, 't');
  await client.query(
    prepared(`DELETE FROM ${table.target} AS t USING ${from} WHERE ${on}`, keyArrays(table, rows.keys())),
  );
  if (complete.length > 0) await copyIn(client, followed, complete);
}

async function applyToLog(
  { client, moveId, attempt }: Writer,
  followed: FollowedTable,
  rows: PendingRows,
): Promise<void> {
  const { table } = followed;
  const there = new Map<string, Tuple>();
  const gone: string[] = [];
  for (const [name, { row }] of rows) {
    if (row) there.set(name, row);
    else gone.push(name);
  }
  if (there.size > 0) await copyInMissing(client, followed, there);
  if (gone.length === 0) return;
  const { from, on } = keyJoin(table, 't', 3);
  await client.query(
    `SELECT dmz.delete_moved_row($1, $2, t.tableoid, t.ctid) FROM ${from} JOIN ${table.target} AS t ON ${on}`,
    [moveId, attempt, ...keyArrays(table, gone)],
  );
}

/** A batch begins where the target stands, so none of its rows is there, as a rule; looking for them first takes as long as writing them. */
async function copyInMissing(
  client: pg.Client,
  followed: FollowedTable,
  rows: ReadonlyMap<string, Tuple>,
): Promise<void> {
  await client.query('SAVEPOINT before_rows');
  try {
    await copyIn(client, followed, [...rows.values()]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== UNIQUE_VIOLATION) throw error;
    await client.query('ROLLBACK TO SAVEPOINT before_rows');
    const present = await readRows(client, followed, rows.keys());
    const missing = [...rows].flatMap(([name, row]) => (present.has(name) ? [] : [row]));
    if (missing.length > 0) await copyIn(client, followed, missing);
  }
  await client.query('RELEASE SAVEPOINT before_rows');
}

/** Stores how far the target is, in the caller's transaction. @throws ZD060  where another program has taken over */
export async function advance({ client, moveId, attempt }: Writer, lsn: Lsn, changes: number): Promise<void> {
  await client.query({
    name: 'advance_move',
    text: 'SELECT dmz.advance_move($1, $2, $3, $4)',
    values: [moveId, attempt, formatLsn(lsn), changes],
  });
}

/** The rows that are there after the batch, each with all its values. */
async function completeRows(client: pg.Client, followed: FollowedTable, rows: PendingRows): Promise<Tuple[]> {
  const open = [...rows.values()].flatMap(({ row, knownAs }) => (row && !row.isComplete ? [knownAs] : []));
  const known = open.length === 0 ? undefined : await readRows(client, followed, open);
  return [...rows.values()].flatMap(({ row, knownAs }) => {
    if (!row || row.isComplete) return row ?? [];
    const from = known?.get(knownAs);
    // A row that the target has lost cannot be completed; what is missing then, verification names.
    return from ? [fill(row, from)] : [];
  });
}

/** Rows as the target has them, by the names of their keys. */
async function readRows(
  client: pg.Client,
  { table, columns, keyAt }: FollowedTable,
  names: Iterable<string>,
): Promise<Map<string, Tuple>> {
  const { from, on } = keyJoin(table, 't');
  const text = `SELECT record_send(ROW(${namesOf(columns, 't')})) AS row FROM ${from} JOIN ${table.target} AS t ON ${on}`;
  const { rows } = await client.query<{ row: Buffer }>(prepared(text, keyArrays(table, names)));
  const found = rows.map(({ row }) => Tuple.of(decodeRecord(row)));
  return new Map(found.map((row) => [row.nameOf(keyAt), row]));
}

const copyIn = (client: pg.Client, { table, columns }: FollowedTable, rows: readonly Tuple[]) =>
  copyInto(client, table, columns, encodeRows(rows));

/**
 * One array a column of the key, as parameters.
 *
 * @param names  of keys
 */
export function keyArrays({ key }: MovedTable, names: Iterable<string>): Buffer[] {
  const keys = [...names].map(keyNamed);
  return key.map(({ typeId }, column) =>
    encodeEncoded(
      typeId,
      keys.flatMap((each) => each[column] ?? []),
    ),
  );
}
