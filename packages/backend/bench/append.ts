/**
 * What an append costs: actions and events a second through the tenant transaction, the record of the action and the
 * event store (deciding and read models left out), as a ratio to a bare INSERT into a table of
 * the same columns and key without partitions, row security, trigger and action record. Both are measured in turns in
 * one run, on a database of its own; nothing is asserted, since machines are noisy.
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { connectAsAdministrator } from '../src/kernel/db/index.ts';
import { migrate } from '../src/kernel/migrations/runner.ts';
import { roleUrl, stackUp } from '../src/kernel/stack/index.ts';
import { listPlayers } from '../src/modules/auth/index.ts';
import { recordAction } from '../src/modules/game/perform-action.ts';
import { appendEvents, hashEvents } from '../src/modules/game/stream.ts';
import { openPlatform, type Platform } from '../src/platform.ts';
import { seed } from '../src/seed.ts';

const TENANT = 'consumers';
const DATABASE = 'bench_append';
const WRITERS = [1, 8];
const BATCHES = [1, 3, 50];
/** Turns of each measurement; the middle one counts. */
const ROUNDS = 3;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const roundMs = options.quick ? 500 : Number(options.seconds) * 1_000;

interface Measured {
  readonly writers: number;
  readonly batch: number;
  readonly barePerSecond: number;
  readonly servicePerSecond: number;
}

/** One writer's loop body; called again and again until the time is over. */
type Append = () => Promise<unknown>;

async function main(): Promise<void> {
  const { postgres } = await stackUp();
  const admin = await connectAsAdministrator(postgres.adminUrl);
  await admin.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${DATABASE}`);
  try {
    const url = new URL(postgres.adminUrl);
    url.pathname = `/${DATABASE}`;
    print(await measureAll(url.href));
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
    await admin.end();
  }
}

async function measureAll(adminUrl: string): Promise<Measured[]> {
  await migrate(adminUrl);
  const platform = openPlatform({ appUrl: roleUrl(adminUrl, 'dmz_app'), poolSize: Math.max(...WRITERS) });
  await seed(platform, adminUrl);
  const admin = await connectAsAdministrator(adminUrl);
  await admin.query('CREATE SCHEMA bench');
  await admin.query('CREATE TABLE bench.bare (LIKE game.events INCLUDING DEFAULTS INCLUDING INDEXES)');
  await admin.query('GRANT USAGE ON SCHEMA bench TO dmz_app');
  await admin.query('GRANT INSERT ON bench.bare TO dmz_app');
  const measured: Measured[] = [];
  for (const writers of WRITERS) {
    for (const batch of BATCHES) {
      const bare: number[] = [];
      const service: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        bare.push(await withBareWriters(adminUrl, writers, batch, (appends) => rate(appends)));
        service.push(await rate(await serviceWriters(platform, writers, batch)));
        await admin.query('TRUNCATE bench.bare');
      }
      measured.push({ writers, batch, barePerSecond: median(bare), servicePerSecond: median(service) });
    }
  }
  await admin.end();
  await platform.close();
  return measured;
}

/** @returns appends a second of all writers together */
async function rate(appends: readonly Append[]): Promise<number> {
  const begun = performance.now();
  const counts = await Promise.all(
    appends.map(async (append) => {
      let count = 0;
      for (; performance.now() - begun < roundMs; count += 1) await append();
      return count;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - begun) / 1_000);
}

const event = {
  type: 'game.email.decided',
  version: 1,
  data: { emailKey: 'd01-e01', day: 1, decision: 'approve', timeSpentMs: 4_200, capacityLacking: false },
} as const;

async function withBareWriters<Result>(
  adminUrl: string,
  writers: number,
  batch: number,
  work: (appends: Append[]) => Promise<Result>,
): Promise<Result> {
  const clients = await Promise.all(
    Array.from({ length: writers }, async () => {
      const client = new pg.Client({ connectionString: roleUrl(adminUrl, 'dmz_app') });
      await client.connect();
      return client;
    }),
  );
  try {
    return await work(clients.map((client) => bareAppend(client, batch)));
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

function bareAppend(client: pg.Client, batch: number): Append {
  const columns =
    'tenant_id, id, session_id, sequence, event_type, version, event_data, action_id, server_time';
  const width = columns.split(',').length;
  const row = (at: number) =>
    `(${Array.from({ length: width }, (_, column) => `$${at * width + column + 1}`).join(', ')})`;
  const text = `INSERT INTO bench.bare (${columns}) VALUES ${Array.from({ length: batch }, (_, at) => row(at)).join(', ')}`;
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

async function serviceWriters(platform: Platform, writers: number, batch: number): Promise<Append[]> {
  const [player] = await platform.tenancy.run(TENANT, (tx) => listPlayers(tx, 1));
  if (!player) throw new Error('The seed gives the tenant people.');
  return Promise.all(
    Array.from({ length: writers }, async () => {
      const { sessionId, lastSequence } = await platform.game.start(TENANT, {
        actionId: uuidv7(),
        playerId: player.id,
        seed: 1,
        days: 10,
      });
      let sequence = lastSequence;
      const events = Array.from({ length: batch }, () => event);
      const action = { type: 'acknowledge_day' } as const;
      return async () => {
        const actionId = uuidv7();
        const numbered = events.map((each, at) => ({ ...each, sequence: sequence + 1 + at }));
        await platform.tenancy.run(TENANT, (tx) => {
          const range = { firstSequence: sequence + 1, lastSequence: sequence + batch };
          const accepted = {
            sessionId,
            actionId,
            ...range,
            eventsSha256: hashEvents(numbered),
            serverTime: tx.now,
          };
          const append = { sessionId, actionId, expectedSequence: sequence, events, clientTime: null };
          return Promise.all([recordAction(tx, null, action, accepted), appendEvents(tx, append).done]);
        });
        sequence += batch;
      };
    }),
  );
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

function print(measured: readonly Measured[]): void {
  if (options.json) {
    console.log(JSON.stringify(measured));
    return;
  }
  const head = ['writers', 'batch', 'bare INSERT/s', 'actions/s', 'events/s', 'ratio to bare'];
  const table = new Table({ head, style: { head: [], border: [] }, colAligns: head.map(() => 'right') });
  for (const { writers, batch, barePerSecond, servicePerSecond } of measured) {
    const ratio = servicePerSecond / barePerSecond;
    table.push([
      writers,
      batch,
      barePerSecond.toFixed(0),
      servicePerSecond.toFixed(0),
      (servicePerSecond * batch).toFixed(0),
      ratio.toFixed(2),
    ]);
  }
  console.log(table.toString());
}

await main();
