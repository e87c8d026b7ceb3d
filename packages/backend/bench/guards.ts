/**
 * What each guard of an append costs the server: the same event is inserted into a bare table, and then into tables that
 * have one guard more each, up to the event store itself. Each runs in a loop inside the server, a transaction for each
 * event, so that neither the network nor the disk's delay hides it. All take turns in one run.
 */
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { OF_TENANT } from '../src/kernel/migrations/kind-statements.ts';
import { listPlayers } from '../src/modules/auth/index.ts';
import { allowLoops, type BenchDatabase, withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';
import { signEntryOn } from './sign-entry.ts';

const options = benchmarkOptions();
const TENANT = 'consumers';
const APPENDS_PER_TURN = 400;
/** PostgreSQL settles on a plan after five executions. */
const WARM_UP = 20;
const TURNS = options.rounds * 3;

const DATA =
  '{"day": 1, "decision": "approve", "emailKey": "d01-e01", "timeSpentMs": 4200, "capacityLacking": false}';
const SHA256 = 'a'.repeat(64);
const COLUMNS =
  'tenant_id, id, session_id, sequence, event_type, version, event_data, action_id, server_time';
const insertInto = (table: string) =>
  `INSERT INTO ${table} (${COLUMNS}) VALUES (tenant, uuidv7(), session, place, 'game.email.decided', 1, '${DATA}', action, now());`;

const LIKE = 'LIKE game.events INCLUDING DEFAULTS INCLUDING INDEXES';
const MONTHS = `
  CREATE TABLE bench.own_month PARTITION OF bench.own FOR VALUES FROM (date_trunc('month', now())) TO (date_trunc('month', now()) + interval '1 month');
  CREATE TABLE bench.own_next PARTITION OF bench.own FOR VALUES FROM (date_trunc('month', now()) + interval '1 month') TO (date_trunc('month', now()) + interval '2 months');
  CREATE TABLE bench.own_default PARTITION OF bench.own DEFAULT;`;
const ROW_SECURITY = `
  ALTER TABLE bench.own ENABLE ROW LEVEL SECURITY; ALTER TABLE bench.own FORCE ROW LEVEL SECURITY;
  CREATE POLICY isolation ON bench.own USING (${OF_TENANT}) WITH CHECK (${OF_TENANT});`;
const ENTER = 'PERFORM dmz.enter_tenant(tenant, 1, token);';

interface Stage {
  readonly guard: string;
  /** Makes the table, where the stage has a table of its own. */
  readonly table?: { readonly name: string; readonly ddl: string };
  /** Appends one event, in PL/pgSQL; knows `tenant`, `session`, `action` and `place`, its sequence. */
  readonly append: string;
}

const STAGES: readonly Stage[] = [
  stage('bare INSERT', 'bare', `CREATE TABLE bench.own (${LIKE});`, ''),
  stage('the tenant is entered, behind the fence', 'entered', `CREATE TABLE bench.own (${LIKE});`, ENTER),
  stage(
    'months',
    'months',
    `CREATE TABLE bench.own (${LIKE}) PARTITION BY RANGE (server_time);${MONTHS}`,
    ENTER,
  ),
  stage(
    'row security',
    'secured',
    `CREATE TABLE bench.own (${LIKE}) PARTITION BY RANGE (server_time);${MONTHS}${ROW_SECURITY}`,
    ENTER,
  ),
  { guard: 'sequence kept by the trigger (game.events)', append: ENTER + insertInto('game.events') },
  {
    guard: 'record of the action, in one call (game.append_events)',
    append: `${ENTER} PERFORM game.append_events(tenant, 1, NULL,
      ARRAY[action], ARRAY[session], ARRAY['acknowledge_day'], ARRAY['{}'::jsonb], ARRAY['${SHA256}'], ARRAY[place], ARRAY[place],
      ARRAY['${SHA256}'], ARRAY[NULL::timestamptz],
      ARRAY['0008123456789abcdef'], ARRAY[session], ARRAY[place], ARRAY['game.email.decided'], ARRAY[1], ARRAY['${DATA}'::jsonb],
      ARRAY[action], ARRAY[NULL::timestamptz]);`,
  },
];

function stage(guard: string, name: string, ddl: string, before: string): Stage {
  return {
    guard,
    table: { name, ddl: ddl.replaceAll('bench.own', `bench.${name}`) },
    append: before + insertInto(`bench.${name}`),
  };
}

/** @returns microseconds an append, its transaction included, but for the wait for the disk */
async function turn(app: pg.Client, { append }: Stage, tenantId: string, sessionId: string): Promise<number> {
  const token = await signEntryOn(app, tenantId);
  await app.query(`DO $$
    DECLARE token text := '${token}'; tenant uuid := '${tenantId}'; session uuid := '${sessionId}'; begun timestamptz; action uuid; head bigint; place bigint;
    BEGIN
      PERFORM dmz.enter_tenant(tenant, 1, token);
      SELECT sequence INTO head FROM game.session_heads WHERE id = session;
      COMMIT;
      FOR turn IN 1 .. ${APPENDS_PER_TURN} LOOP
        place := head + turn;
        IF turn = ${WARM_UP} THEN begun := clock_timestamp(); END IF;
        action := uuidv7();
        ${append}
        COMMIT;
      END LOOP;
      PERFORM set_config('bench.us', (extract(epoch FROM clock_timestamp() - begun) * 1000000)::text, false);
    END $$`);
  const { rows } = await app.query("SELECT current_setting('bench.us') AS us");
  return Number(rows[0].us) / (APPENDS_PER_TURN - WARM_UP);
}

async function measure({ admin, appUrl, platform }: BenchDatabase): Promise<number[]> {
  await allowLoops(admin);
  await admin.query('CREATE SCHEMA bench; GRANT USAGE ON SCHEMA bench TO dmz_app');
  for (const { table } of STAGES) {
    if (table) await admin.query(`${table.ddl} GRANT INSERT ON bench.${table.name} TO dmz_app;`);
  }
  const { id: tenantId } = await platform.tenancy.locate(TENANT);
  const [player] = await platform.tenancy.run(TENANT, (tx) => listPlayers(tx, 1));
  if (!player) throw new Error('The seed gives the tenant people.');
  const start = { playerId: player.id, seed: 1, days: 10 };
  const times = STAGES.map(() => [] as number[]);
  for (let at = 0; at < TURNS; at += 1) {
    for (const [which, stageOfTurn] of STAGES.entries()) {
      const { sessionId } = await platform.game.start(TENANT, { ...start, actionId: uuidv7() });
      const app = new pg.Client({ connectionString: appUrl, options: '-c synchronous_commit=off' });
      await app.connect();
      times[which]?.push(await turn(app, stageOfTurn, tenantId, sessionId));
      await app.end();
    }
  }
  return times.map(median);
}

await withBenchDatabase('bench_guards', 4, async (database) => {
  const measured = await measure(database);
  const bare = measured[0] ?? 1;
  report('guards', options, {
    title: 'What guards an append, and what each guard costs',
    about:
      'Microseconds of the server for one event in a transaction of its own, as the application role, without the network and without waiting for the disk; each line has all guards of the lines above it.',
    command: 'pnpm bench:guards --record',
    columns: ['', 'us an append', 'more than before', 'ratio to bare'],
    rows: STAGES.map(({ guard }, at) => {
      const us = measured[at] ?? 0;
      const more = at === 0 ? '' : `+ ${(us - (measured[at - 1] ?? 0)).toFixed(0)}`;
      return [guard, us.toFixed(0), more, (us / bare).toFixed(1)];
    }),
    reading: [
      'A group of appends shares the entry and the start of each statement, so its members pay a part of this.',
    ],
  });
});
