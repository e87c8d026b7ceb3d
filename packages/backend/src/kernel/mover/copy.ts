/**
 * Copies a tenant's rows as one snapshot of the source has them: COPY out of the source and into the target, several
 * tables at once, parents first. Each table is one transaction at the target, which holds the attempt's number: what
 * another attempt has begun cannot be written into.
 */
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Attempt } from './attempt.ts';
import { CopyProgress } from './copy-progress.ts';
import { AS_REPLICA } from './ends.ts';
import { type MovedTable, namesOf } from './moved-tables.ts';
import type { Snapshot } from './slot.ts';
import { filledTables } from './tenant-rows.ts';
import { Throttle } from './throttle.ts';
import type { Watch } from './watch.ts';

/** Below this, a table's statistics do not matter to its plans. */
const ANALYZE_FROM_ROWS = 1_000;

export interface Copied {
  readonly rows: number;
  /** Tables of whose rows at the target the planner there knows too little. */
  readonly large: readonly MovedTable[];
}

export async function copyTables(attempt: Attempt, snapshot: Snapshot, watch: Watch): Promise<Copied> {
  const { options } = attempt;
  const jobs = Math.max(1, options.jobs ?? 2);
  const throttle = new Throttle(options.throttleBytes, watch);
  const readers = await Promise.all(Array.from({ length: jobs }, () => openReader(attempt, snapshot)));
  const progress = await CopyProgress.start(attempt, await openReader(attempt, snapshot));
  await snapshot.close();
  try {
    const queue = await tablesToCopy(readers, attempt);
    const copied: { readonly table: MovedTable; readonly rows: number }[] = [];
    await Promise.all(
      readers.map(async (reader) => {
        const writer = await openWriter(attempt);
        for (let table = queue.shift(); table; table = queue.shift()) {
          const rows = await copyTable({ attempt, reader, writer, throttle, watch }, table);
          copied.push({ table, rows });
          progress.add(rows);
        }
        await Promise.all([attempt.source.disconnect(reader), attempt.target.disconnect(writer)]);
      }),
    );
    await waitForDisk(attempt);
    return {
      rows: copied.reduce((sum, { rows }) => sum + rows, 0),
      large: copied.flatMap(({ table, rows }) => (rows >= ANALYZE_FROM_ROWS ? [table] : [])),
    };
  } finally {
    progress.stop();
  }
}

/** The planner at the target knows nothing of what has just come. */
export async function analyze({ target }: Attempt, tables: readonly MovedTable[]): Promise<void> {
  for (const table of tables) await target.owner.client.query(`ANALYZE ${table.target}`);
}

async function openReader({ source }: Attempt, { name }: Snapshot): Promise<pg.Client> {
  const client = await source.connect();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  await client.query(`SET TRANSACTION SNAPSHOT ${pg.escapeLiteral(name)}`);
  return client;
}

function openWriter({ target }: Attempt): Promise<pg.Client> {
  // The copy is made durable as a whole, before it is recorded.
  return target.connect({ settings: `${AS_REPLICA}; SET synchronous_commit = off` });
}

/** Parents first; tables without a row of the tenant need no copy. */
async function tablesToCopy(
  [reader]: readonly pg.Client[],
  { tables, move }: Attempt,
): Promise<MovedTable[]> {
  if (!reader) return [];
  const names = tables.map(({ source }) => source);
  const filled = new Set(await filledTables(reader, names, move.tenantId));
  return tables.filter(({ source }) => filled.has(source));
}

interface Job {
  readonly attempt: Attempt;
  readonly reader: pg.Client;
  readonly writer: pg.Client;
  readonly throttle: Throttle;
  readonly watch: Watch;
}

async function copyTable(
  { attempt, reader, writer, throttle, watch }: Job,
  { source, target, columns }: MovedTable,
): Promise<number> {
  const { move } = attempt;
  const names = namesOf(columns);
  const query = `SELECT ${names} FROM ${source} WHERE tenant_id = ${pg.escapeLiteral(move.tenantId)}`;
  await writer.query('BEGIN');
  await writer.query('SELECT dmz.hold_move($1, $2)', [move.id, move.attempt]);
  const out = reader.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`));
  const into = writer.query(copyFrom(`COPY ${target} (${names}) FROM STDIN (FORMAT binary)`));
  try {
    await pipeline(out, throttle.stream(), into, { signal: watch.signal });
  } catch (error) {
    // Of what aborted it, a pipeline does not tell.
    watch.signal.throwIfAborted();
    throw error;
  }
  await writer.query('COMMIT');
  return into.rowCount;
}

/** None of the copy was waited for to reach the disk. A commit waits for the log only behind a record of its own. */
async function waitForDisk({ target }: Attempt): Promise<void> {
  await target.owner.client.query("SELECT pg_logical_emit_message(true, 'dmz.disk', '')");
}
