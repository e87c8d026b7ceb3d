/**
 * Writers that a benchmark compares: each is a loop body that appends one action of a few events, and is called again and
 * again until the time is over. All send the same event.
 */
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { listPlayers } from '../src/modules/auth/index.ts';
import { type Append, appendAll } from '../src/modules/game/append-events.ts';
import { GroupAppend } from '../src/modules/game/group-append.ts';
import type { BenchDatabase } from './bench-database.ts';

export type Write = () => Promise<unknown>;

/** Opens a number of writers for the time of the work. */
export type Writers = (
  database: BenchDatabase,
  count: number,
  batch: number,
  work: (writers: Write[]) => Promise<number>,
) => Promise<number>;

const TENANT = 'consumers';

const event = {
  type: 'game.email.decided',
  version: 1,
  data: { emailKey: 'd01-e01', day: 1, decision: 'approve', timeSpentMs: 4_200, capacityLacking: false },
} as const;

/** A bare multi-row INSERT into a table of the same columns and key, without anything that guards it. */
export const bareInsert: Writers = async ({ admin, appUrl }, count, batch, work) => {
  await admin.query('CREATE SCHEMA IF NOT EXISTS bench');
  await admin.query('DROP TABLE IF EXISTS bench.bare');
  await admin.query('CREATE TABLE bench.bare (LIKE game.events INCLUDING DEFAULTS INCLUDING INDEXES)');
  await admin.query('GRANT USAGE ON SCHEMA bench TO dmz_app; GRANT INSERT ON bench.bare TO dmz_app');
  const clients = await Promise.all(
    Array.from({ length: count }, async () => {
      const client = new pg.Client({ connectionString: appUrl });
      await client.connect();
      return client;
    }),
  );
  try {
    return await work(clients.map((client) => bareWrite(client, batch)));
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
};

function bareWrite(client: pg.Client, batch: number): Write {
  const columns =
    'tenant_id, id, session_id, sequence, event_type, version, event_data, action_id, server_time';
  const width = columns.split(',').length;
  const row = (at: number) =>
    `(${Array.from({ length: width }, (_, column) => `$${at * width + column + 1}`).join(', ')})`;
  const rows = Array.from({ length: batch }, (_, at) => row(at)).join(', ');
  const text = `INSERT INTO bench.bare (${columns}) VALUES ${rows}`;
  const tenantId = uuidv7();
  const sessionId = uuidv7();
  let sequence = 0;
  return () => {
    const actionId = uuidv7();
    const now = new Date();
    const values = Array.from({ length: batch }, () => {
      sequence += 1;
      return [tenantId, uuidv7(), sessionId, sequence, event.type, event.version, event.data, actionId, now];
    }).flat();
    return client.query({ name: 'bare', text, values });
  };
}

/** The event store, every guard on, each writer with a session of its own. */
export const storeAppend: Writers = (database, count, batch, work) =>
  withSessions(
    database,
    count,
    batch,
    (append) => appendAll(database.platform.tenancy, TENANT, [append]),
    work,
  );

/** The same, where appends that arrive together share a transaction. */
export const groupAppend: Writers = (database, count, batch, work) => {
  const group = new GroupAppend(database.platform.tenancy);
  return withSessions(database, count, batch, (append) => group.append(TENANT, append), work);
};

async function withSessions(
  { platform }: BenchDatabase,
  count: number,
  batch: number,
  append: (request: Append) => Promise<unknown>,
  work: (writers: Write[]) => Promise<number>,
): Promise<number> {
  const [player] = await platform.tenancy.run(TENANT, (tx) => listPlayers(tx, 1));
  if (!player) throw new Error('The seed gives the tenant people.');
  const start = () =>
    platform.game.start(TENANT, { actionId: uuidv7(), playerId: player.id, seed: 1, days: 10 });
  const sessions = await Promise.all(Array.from({ length: count }, start));
  return work(
    sessions.map(({ sessionId, lastSequence }) => {
      let sequence = lastSequence;
      const events = Array.from({ length: batch }, () => event);
      const action = { type: 'acknowledge_day' } as const;
      return async () => {
        const expectedSequence = sequence;
        await append({ sessionId, actionId: uuidv7(), action, events, expectedSequence, clientTime: null });
        sequence += batch;
      };
    }),
  );
}

/** Published Emmett on the same server, as its documentation shows it. */
export const emmettAppend: Writers = async ({ adminUrl }, count, batch, work) => {
  const store = getPostgreSQLEventStore(adminUrl);
  try {
    await store.schema.migrate();
    return await work(Array.from({ length: count }, () => emmettWrite(store, batch)));
  } finally {
    await store.close();
  }
};

function emmettWrite(store: ReturnType<typeof getPostgreSQLEventStore>, batch: number): Write {
  const stream = `session-${uuidv7()}`;
  const { type, data } = event;
  const events = Array.from({ length: batch }, () => ({ type, data }));
  let sequence = 0n;
  return async () => {
    const expectedStreamVersion = sequence === 0n ? 'STREAM_DOES_NOT_EXIST' : sequence;
    const answer = await store.appendToStream(stream, events, { expectedStreamVersion });
    sequence = answer.nextExpectedStreamVersion;
  };
}
