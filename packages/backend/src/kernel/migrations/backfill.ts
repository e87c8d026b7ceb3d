/**
 * Fills rows of a placement in batches by ranges of their key, one tenant's at a time, each in a short transaction with
 * the word of how far it is. What is written meanwhile is kept right by the trigger of the expansion, so going over the
 * keys once is enough, and going over them again changes nothing.
 *
 * It works as the administrator, who passes row security (0021 demands as much), and not as the owner: policies let the
 * owner see a tenant that is served here, and what a move has left of one that is not must be filled too, or a constraint
 * of the contraction would fail on it. What keeps a batch within a tenant is its range. Triggers find the tenant entered.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Applicable } from './apply-file.ts';
import { BackfillPace, type Pace } from './backfill-pace.ts';
import { type Key, type Reached, readReached, writeReached } from './backfill-progress.ts';
import { DATABASE_HISTORY } from './history.ts';
import { inPatientTransaction, type Patience } from './patient-transaction.ts';

/** Where a backfill is, after a batch. */
export interface Filled {
  readonly table: string;
  /** Gone over, those of earlier runs included. */
  readonly rows: number;
  /** Of the table, as PostgreSQL estimates; 0 where it was never analysed. */
  readonly estimate: number;
  /** Of this run. */
  readonly rowsPerSecond: number;
}

export interface BackfillOptions extends Pace {
  readonly onBatch?: (filled: Filled) => void;
  /** Asked between batches; what is filled by then stays, and the next run goes on. */
  readonly isStopped?: () => boolean;
}

export interface Filling {
  readonly client: pg.Client;
  readonly place: string;
  readonly migration: Applicable;
  /** From 0, in the file. */
  readonly statement: number;
  readonly text: string;
  readonly table: { readonly schema: string; readonly table: string };
  readonly patience: Patience;
}

/** Waiting for somebody's row, a batch holds those that it has; so it lets go much sooner than a change of a table. */
const ROW_WAIT_MS = 100;
/** Below every id, and every tenant. */
const NIL = '00000000-0000-0000-0000-000000000000';

/** @returns false where it was stopped before its end */
export async function fillTable(filling: Filling, options: BackfillOptions = {}): Promise<boolean> {
  const { client, place, migration, statement, table } = filling;
  const name = `${table.schema}.${table.table}`;
  const estimate = await estimateRows(client, quoted(table));
  const pace = new BackfillPace(options);
  const startedAt = performance.now();
  const known = await readReached(client, place, migration, statement);
  let reached: Reached = known ?? { tenantId: NIL, id: NIL, rows: 0 };
  let restMs = 0;
  for (;;) {
    if (options.isStopped?.()) return false;
    await sleep(restMs);
    const batchAt = performance.now();
    const next = await nextRange(client, quoted(table), reached, pace.rows);
    if (!next) return true;
    reached = await fillRange(filling, next, reached.rows);
    restMs = pace.after(next.rows, performance.now() - batchAt);
    const seconds = (performance.now() - startedAt) / 1_000;
    const rowsPerSecond = (reached.rows - (known?.rows ?? 0)) / Math.max(seconds, 0.001);
    options.onBatch?.({ table: name, rows: reached.rows, estimate, rowsPerSecond });
  }
}

interface Range {
  readonly after: Key;
  readonly last: Key;
  readonly rows: number;
}

/** Of one tenant: the rest of the one that was reached, or the beginning of the next. */
async function nextRange(
  client: pg.Client,
  table: string,
  reached: Key,
  most: number,
): Promise<Range | undefined> {
  let after = reached;
  for (;;) {
    const { rows } = await client.query<{ rows: number; last: string | null }>(
      `SELECT count(*)::int AS rows, (array_agg(id ORDER BY id DESC))[1] AS last
       FROM (SELECT id FROM ${table} WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3) AS next`,
      [after.tenantId, after.id, most],
    );
    const [found] = rows;
    if (found?.last) return { after, last: { ...after, id: found.last }, rows: found.rows };
    const further = await client.query<{ id: string }>(
      `SELECT tenant_id AS id FROM ${table} WHERE tenant_id > $1 ORDER BY tenant_id LIMIT 1`,
      [after.tenantId],
    );
    const [tenant] = further.rows;
    if (!tenant) return undefined;
    after = { tenantId: tenant.id, id: NIL };
  }
}

async function fillRange(
  { client, place, migration, statement, text, patience }: Filling,
  { after, last, rows }: Range,
  rowsBefore: number,
): Promise<Reached> {
  const reached = { ...last, rows: rowsBefore + rows };
  await inPatientTransaction(
    client,
    async () => {
      await enterForTriggers(client, place, last.tenantId);
      await client.query(text, [after.tenantId, after.id, last.tenantId, last.id]);
      await writeReached(client, place, migration, statement, reached);
    },
    { ...patience, lockTimeoutMs: Math.min(patience.lockTimeoutMs, ROW_WAIT_MS) },
  );
  return reached;
}

/** A database that is behind 0048 has its context in a setting. */
async function enterForTriggers(client: pg.Client, place: string, tenantId: string): Promise<void> {
  const schema = place === DATABASE_HISTORY ? null : place;
  const { rows } = await client.query(
    "SELECT to_regprocedure('dmz.set_context(uuid, text)') IS NOT NULL AS known",
  );
  if (rows[0].known) await client.query('SELECT dmz.set_context($1, $2)', [tenantId, schema]);
  else await client.query("SELECT set_config('dmz.tenant_id', $1, true)", [tenantId]);
}

async function estimateRows(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query(
    'SELECT greatest(reltuples, 0) AS rows FROM pg_class WHERE oid = $1::regclass',
    [table],
  );
  return Number(rows[0]?.rows ?? 0);
}

const quoted = ({ schema, table }: Filling['table']) =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
