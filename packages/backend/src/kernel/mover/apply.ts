/**
 * Writes batches to the target, by a role that has triggers and row security off. Each row that a batch touches is deleted
 * by its key, and what it became is copied in: no order of rows can then violate a key, and doing it again does no harm.
 * Rows of append-only tables are copied in where they are not there yet, and go by the function that lets them.
 */
import pg from 'pg';
import { encodeEncoded } from '../db/index.ts';
import {
  type Batch,
  type FollowedTable,
  fill,
  keyOf,
  nameOf,
  type PendingRow,
  type RowKey,
} from './batch.ts';
import { decodeRecord, encodeRows } from './binary-rows.ts';
import { copyInto } from './copy-into.ts';
import { formatLsn, type Lsn } from './lsn.ts';
import { keyJoin, type MovedTable, namesOf } from './moved-tables.ts';
import type { Tuple } from './pgoutput.ts';
import { prepared } from './prepared.ts';

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
    const pending = [...rows.values()];
    if (followed.table.appendOnly) await applyToLog(writer, followed, pending);
    else await applyToTable(writer, followed, pending);
  }
}

async function applyToTable(
  { client }: Writer,
  followed: FollowedTable,
  pending: readonly PendingRow[],
): Promise<void> {
  const complete = await completeRows(client, followed, pending);
  const { table } = followed;
  const { from, on } = keyJoin(table, 't');
  const keys = pending.map(({ key }) => key);
  await client.query(
    prepared(`DELETE FROM ${table.target} AS t USING ${from} WHERE ${on}`, keyArrays(table, keys)),
  );
  if (complete.length > 0) await copyIn(client, followed, complete);
}

async function applyToLog(
  { client, moveId, attempt }: Writer,
  followed: FollowedTable,
  pending: readonly PendingRow[],
): Promise<void> {
  const { table } = followed;
  const there = pending.filter(({ row }) => row !== null);
  if (there.length > 0) await copyInMissing(client, followed, there);
  const gone = pending.flatMap(({ key, row }) => (row ? [] : [key]));
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
  pending: readonly PendingRow[],
): Promise<void> {
  const rowsOf = (rows: readonly PendingRow[]) => rows.flatMap(({ row }) => (row ? [row] : []));
  await client.query('SAVEPOINT before_rows');
  try {
    await copyIn(client, followed, rowsOf(pending));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== UNIQUE_VIOLATION) throw error;
    await client.query('ROLLBACK TO SAVEPOINT before_rows');
    const present = await presentKeys(client, followed.table, pending);
    const missing = pending.filter(({ key }) => !present.has(nameOf(key)));
    if (missing.length > 0) await copyIn(client, followed, rowsOf(missing));
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

async function presentKeys(
  client: pg.Client,
  table: MovedTable,
  pending: readonly PendingRow[],
): Promise<Set<string>> {
  const { from, on } = keyJoin(table, 't');
  const names = table.key.map(({ name }) => name);
  const text = `SELECT record_send(ROW(${namesOf(names, 'k')})) AS key FROM ${from} JOIN ${table.target} AS t ON ${on}`;
  const keys = pending.map(({ key }) => key);
  const { rows } = await client.query<{ key: Buffer }>(prepared(text, keyArrays(table, keys)));
  return new Set(rows.map(({ key }) => nameOf(decodeRecord(key).map((value) => value ?? Buffer.alloc(0)))));
}

/** The rows that are there after the batch, each with all its values. */
async function completeRows(
  client: pg.Client,
  followed: FollowedTable,
  pending: readonly PendingRow[],
): Promise<Tuple[]> {
  const open = pending.flatMap(({ row, knownAs }) => (row?.includes(undefined) ? [knownAs] : []));
  const known = open.length === 0 ? undefined : await readRows(client, followed, open);
  return pending.flatMap(({ row, knownAs }) => {
    if (!row?.includes(undefined)) return row ? [row] : [];
    const from = known?.get(nameOf(knownAs));
    // A row that the target has lost cannot be completed; what is missing then, verification names.
    return from ? [fill(row, from)] : [];
  });
}

async function readRows(
  client: pg.Client,
  followed: FollowedTable,
  keys: readonly RowKey[],
): Promise<Map<string, Tuple>> {
  const { from, on } = keyJoin(followed.table, 't');
  const { rows } = await client.query<{ row: Buffer }>(
    `SELECT record_send(ROW(${namesOf(followed.columns, 't')})) AS row
     FROM ${from} JOIN ${followed.table.target} AS t ON ${on}`,
    keyArrays(followed.table, keys),
  );
  const found = rows.map(({ row }) => decodeRecord(row));
  return new Map(found.map((row) => [nameOf(keyOf(followed, row)), row]));
}

const copyIn = (client: pg.Client, { table, columns }: FollowedTable, rows: readonly Tuple[]) =>
  copyInto(client, table, columns, encodeRows(rows));

/** One array a column of the key, as parameters. */
export const keyArrays = ({ key }: MovedTable, keys: readonly RowKey[]): Buffer[] =>
  key.map(({ typeId }, column) =>
    encodeEncoded(
      typeId,
      keys.flatMap((each) => each[column] ?? []),
    ),
  );
