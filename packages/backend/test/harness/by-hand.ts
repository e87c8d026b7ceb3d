/**
 * Writes to the store without our code, as any other program could that logs in as `dmz_app`: the promises of the
 * event store are the database's own.
 */
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { enterTenant } from '../../src/kernel/isolation/enter-tenant.ts';

export type SqlClient = pg.Client;

export interface EventByHand {
  readonly sessionId: string;
  readonly sequence: number;
  readonly actionId?: string;
  readonly serverTime?: string;
}

/** Runs work in one transaction that has entered the tenant. */
export async function inTenant<Result>(
  client: pg.Client,
  tenantId: string,
  work: () => Promise<Result>,
): Promise<Result> {
  await client.query('BEGIN');
  try {
    await enterTenant(client, tenantId);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

const COLUMNS = 'tenant_id, session_id, sequence, event_type, event_data, action_id, server_time';

/** The events as a query, for statements that take their rows from one; `$1` are the events, `$2` is the tenant. */
export const EVENTS_QUERY = `SELECT $2::uuid AS tenant_id, "sessionId" AS session_id, sequence, 'game.session.paused' AS event_type,
    '{"day": 1}'::jsonb AS event_data, coalesce("actionId", uuidv7()) AS action_id,
    coalesce("serverTime", now()) AS server_time
  FROM jsonb_to_recordset($1::jsonb) AS r("sessionId" uuid, sequence bigint, "actionId" uuid, "serverTime" timestamptz)`;

/** Appends events by one statement; the transaction is the caller's. */
export function insertEvents(client: pg.Client, tenantId: string, events: readonly EventByHand[]) {
  return client.query(`INSERT INTO game.events (${COLUMNS}) ${EVENTS_QUERY}`, [
    JSON.stringify(events),
    tenantId,
  ]);
}

export function mergeEvents(client: pg.Client, tenantId: string, events: readonly EventByHand[]) {
  return client.query(
    `MERGE INTO game.events AS t USING (${EVENTS_QUERY}) AS s ON false
     WHEN NOT MATCHED THEN INSERT (${COLUMNS}) VALUES (${COLUMNS.replaceAll(/\w+/g, 's.$&')})`,
    [JSON.stringify(events), tenantId],
  );
}

/** A session without any event, as plain SQL makes one. */
export async function insertSession(client: pg.Client, tenantId: string): Promise<string> {
  const id = uuidv7();
  await inTenant(client, tenantId, () =>
    client.query(
      `INSERT INTO game.sessions (tenant_id, id, player_id, seed, engine_version, rules_version, content_version, days, started_at)
       SELECT tenant_id, $1, id, 7, '1', 1, 'base@1', 10, now() FROM auth.users LIMIT 1`,
      [id],
    ),
  );
  return id;
}

/** What a database error says to programs: its SQLSTATE, and the JSON of its DETAIL. */
export interface SqlRefusal {
  readonly state: string;
  readonly detail: Record<string, unknown>;
}

/** @returns undefined when the work succeeds */
export async function refusalOfSql(work: Promise<unknown>): Promise<SqlRefusal | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const detail = error.detail?.startsWith('{') ? JSON.parse(error.detail) : {};
    return { state: error.code ?? 'none', detail };
  }
}
