/**
 * Copies a tenant's rows as one snapshot of the source has them: COPY out of the source and into the target, several
 * tables at once, parents first, in slices that take as long as the pace allows. Each table is one transaction at the
 * target, which holds the attempt's number: what another attempt has begun cannot be written into.
 */
import pg from 'pg';
import type { Attempt } from './attempt.ts';
import { copyInto } from './copy-into.ts';
import { CopyOut } from './copy-out.ts';
import { CopyProgress } from './copy-progress.ts';
import { AS_REPLICA } from './ends.ts';
import { type MovedTable, namesOf } from './moved-tables.ts';
import { SliceSize } from './slice-size.ts';
import type { Snapshot } from './slot.ts';
import { filledTables } from './tenant-rows.ts';
import type { Watch } from './watch.ts';

/** Bytes that are copied by one statement. */
const SLICES = { first: 64 * 1_024, least: 16 * 1_024, most: 8 * 1_024 * 1_024 };

/** @returns how many rows there were */
export async function copyTables(attempt: Attempt, snapshot: Snapshot, watch: Watch): Promise<number> {
  const jobs = Math.max(1, attempt.options.jobs ?? 2);
  const readers = await Promise.all(Array.from({ length: jobs }, () => openReader(attempt, snapshot)));
  await snapshot.close();
  const queue = await tablesToCopy(readers, attempt);
  const progress = await CopyProgress.start(attempt, readers, queue);
  try {
    await Promise.all(
      readers.map(async (reader) => {
        const writer = await openWriter(attempt);
        for (let table = queue.shift(); table; table = queue.shift())
          await copyTable({ attempt, reader, writer, progress, watch }, table);
        await Promise.all([attempt.source.disconnect(reader), attempt.target.disconnect(writer)]);
      }),
    );
    await waitForDisk(attempt);
    return progress.done;
  } finally {
    progress.stop();
  }
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
  readonly progress: CopyProgress;
  readonly watch: Watch;
}

async function copyTable(job: Job, table: MovedTable): Promise<void> {
  const { attempt, reader, writer, progress, watch } = job;
  const { source, columns } = table;
  const { move, pace } = attempt;
  const query = `SELECT ${namesOf(columns)} FROM ${source} WHERE tenant_id = ${pg.escapeLiteral(move.tenantId)}`;
  const size = new SliceSize(SLICES);
  await writer.query('BEGIN');
  await writer.query('SELECT dmz.hold_move($1, $2)', [move.id, move.attempt]);
  const out = reader.query(new CopyOut(`COPY (${query}) TO STDOUT (FORMAT binary)`));
  const copySlice = async (ms: number): Promise<number | undefined> => {
    const rows = await out.take(size.for(ms));
    if (rows === undefined) return undefined;
    const begunAt = performance.now();
    progress.add(await copyInto(writer, table, columns, rows));
    size.learn(rows.length, performance.now() - begunAt);
    return rows.length;
  };
  for (;;) {
    await watch.pass();
    const bytes = await pace.slice(copySlice);
    if (bytes === undefined) break;
    await pace.spend(bytes);
  }
  await writer.query('COMMIT');
}

/** None of the copy was waited for to reach the disk. A commit waits for the log only behind a record of its own. */
async function waitForDisk({ target }: Attempt): Promise<void> {
  await target.owner.client.query("SELECT pg_logical_emit_message(true, 'dmz.disk', '')");
}
