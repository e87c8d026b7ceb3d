/**
 * What isolation costs a statement, and a transaction. The same statements on two tables of the event store's columns and
 * key, with the policy that every table has and without row security, in loops inside the server as the application role;
 * and a whole transaction over the network whose session is cleared at its end, or is not. All take turns in one run.
 */
import pg from 'pg';
import { OF_TENANT } from '../src/kernel/migrations/kind-statements.ts';
import { clearSession } from '../src/kernel/tenancy/session.ts';
import { allowLoops, type BenchDatabase, withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';
import { signEntryOn } from './sign-entry.ts';

const options = benchmarkOptions();
const TENANT = 'consumers';
const SESSIONS = 200;
const EVENTS_PER_SESSION = 100;
/** PostgreSQL settles on a plan after five executions. */
const WARM_UP = 20;
const TURNS = options.rounds * 5;

const tableOf = (name: string) => `
  CREATE TABLE bench.${name} (LIKE game.events INCLUDING DEFAULTS INCLUDING INDEXES);
  INSERT INTO bench.${name} (tenant_id, id, session_id, sequence, event_type, version, event_data, action_id, server_time)
    SELECT t.id, gen_random_uuid(), lpad(to_hex(s), 32, '0')::uuid, e, 'game.email.decided', 1, '{"day": 1}', gen_random_uuid(), now()
    FROM public.tenants t, generate_series(1, ${SESSIONS}) s, generate_series(1, ${EVENTS_PER_SESSION}) e;
  GRANT SELECT, INSERT ON bench.${name} TO dmz_app; ANALYZE bench.${name};`;
const POLICY = `ALTER TABLE bench.secured ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY isolation ON bench.secured USING (${OF_TENANT}) WITH CHECK (${OF_TENANT});`;

interface Operation {
  readonly name: string;
  readonly repeats: number;
  /** In PL/pgSQL; knows `tenant`, `session`, of its own in each repetition, and `place`. */
  readonly statement: (table: string) => string;
}

const OF_SESSION = 'WHERE tenant_id = tenant AND session_id = session';
const OPERATIONS: readonly Operation[] = [
  {
    name: 'reading one row by its key',
    repeats: 4_000,
    statement: (table) => `PERFORM * FROM ${table} ${OF_SESSION} AND sequence = 50;`,
  },
  {
    name: 'reading a page of 50 rows',
    repeats: 1_000,
    statement: (table) =>
      `PERFORM * FROM ${table} ${OF_SESSION} AND sequence > 25 ORDER BY sequence LIMIT 50;`,
  },
  {
    name: 'appending a row',
    repeats: 2_000,
    statement: (table) =>
      `INSERT INTO ${table} (tenant_id, id, session_id, sequence, event_type, version, event_data, action_id, server_time)
       VALUES (tenant, uuidv7(), session, place + 1000, 'game.email.decided', 1, '{"day": 1}', uuidv7(), now());`,
  },
];

/** @returns microseconds a statement, inside the server */
async function statementUs(
  app: pg.Client,
  tenantId: string,
  { repeats, statement }: Operation,
  table: string,
) {
  const token = await signEntryOn(app, tenantId);
  await app.query(`DO $$
    DECLARE tenant uuid := '${tenantId}'; session uuid; begun timestamptz; us float;
    BEGIN
      PERFORM dmz.enter_tenant(tenant, 1, '${token}');
      FOR place IN 1 .. ${repeats} LOOP
        IF place = ${WARM_UP} THEN begun := clock_timestamp(); END IF;
        session := lpad(to_hex(1 + place % ${SESSIONS}), 32, '0')::uuid;
        ${statement(table)}
      END LOOP;
      us := extract(epoch FROM clock_timestamp() - begun) * 1000000;
      ROLLBACK;
      PERFORM set_config('bench.us', us::text, false);
    END $$`);
  const { rows } = await app.query("SELECT current_setting('bench.us') AS us");
  return Number(rows[0].us) / (repeats - WARM_UP);
}

/** @returns microseconds a transaction that enters the tenant and reads one row, on one connection */
async function transactionUs(app: pg.Client, tenantId: string, clears: boolean): Promise<number> {
  const values = [tenantId, '00000000-0000-0000-0000-000000000001'];
  const text = 'SELECT * FROM bench.secured WHERE tenant_id = $1 AND session_id = $2 AND sequence = 50';
  const fail = (why: Error) => {
    throw why;
  };
  const begun = performance.now();
  const repeats = 300;
  for (let at = 0; at < repeats; at += 1) {
    const token = await signEntryOn(app, tenantId);
    const enter = { name: 'enter', text: 'SELECT dmz.enter_tenant($1, 1, $2)', values: [tenantId, token] };
    await Promise.all([app.query('BEGIN'), app.query(enter)]);
    await app.query({ name: 'read', text, values });
    const ends = [app.query('COMMIT'), ...(clears ? [clearSession(app as pg.PoolClient, fail)] : [])];
    await Promise.all(ends);
  }
  return ((performance.now() - begun) * 1_000) / repeats;
}

async function measure({ admin, appUrl, platform }: BenchDatabase): Promise<number[][]> {
  await allowLoops(admin);
  await admin.query(`CREATE SCHEMA bench; GRANT USAGE ON SCHEMA bench TO dmz_app;
    ${tableOf('plain')} ${tableOf('secured')} ${POLICY}`);
  const { id } = await platform.tenancy.locate(TENANT);
  const app = new pg.Client({ connectionString: appUrl, pipeline: true } as pg.ClientConfig);
  await app.connect();
  const pairs = [
    ...OPERATIONS.map((operation) =>
      ['bench.plain', 'bench.secured'].map((table) => () => statementUs(app, id, operation, table)),
    ),
    [false, true].map((clears) => () => transactionUs(app, id, clears)),
  ];
  const times = pairs.map((pair) => pair.map(() => [] as number[]));
  for (let turn = 0; turn < TURNS; turn += 1)
    for (const [which, pair] of pairs.entries())
      for (const [side, run] of pair.entries()) times[which]?.[side]?.push(await run());
  await app.end();
  return times.map((pair) => pair.map(median));
}

await withBenchDatabase('bench_row_security', 4, async (database) => {
  const measured = await measure(database);
  const names = [
    ...OPERATIONS.map(({ name }) => name),
    'a transaction that reads one row: its session cleared',
  ];
  report('row-security', options, {
    title: 'Row security, and a cleared session',
    about:
      'Microseconds of the server for one statement as the application role, on a table of the event store’s columns and key, without row security and with the policy of every table; both name the tenant, as services do. Last, a whole transaction over the network, with a session that is left as it is and one that is cleared behind COMMIT.',
    command: 'pnpm bench:row-security --record',
    columns: ['', 'without, us', 'with, us', 'ratio'],
    rows: names.map((name, at) => {
      const [without = 0, having = 0] = measured[at] ?? [];
      return [name, without.toFixed(1), having.toFixed(1), (having / without).toFixed(2)];
    }),
    reading: [
      'Most of it is the look at the context, once a statement: some hundredth of the shortest transaction over the network.',
      'Appends of the event store are one statement of the kernel’s; no session is cleared behind those.',
    ],
  });
});
