/**
 * What the chain costs who writes an audit entry: the same entry is inserted into a table as the log was before, and into the
 * log, a transaction for each, in a loop inside the server. Then what it costs to stand in one line: writers of one tenant
 * against as many of tenants of their own, over the network. All take turns in one run.
 */
import pg from 'pg';
import { Signer } from '../src/kernel/context/index.ts';
import { OF_TENANT } from '../src/kernel/migrations/kind-statements.ts';
import { allowLoops, type BenchDatabase, withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';
import { signEntryOn } from './sign-entry.ts';

const options = benchmarkOptions();
const TENANTS = ['consumers', 'small-company', 'mid-company'];
const ENTRIES_PER_TURN = 400;
/** PostgreSQL settles on a plan after five executions. */
const WARM_UP = 20;
const TURNS = options.rounds * 3;
const WRITERS = 6;

const ENTER = 'PERFORM dmz.enter_tenant(tenant, 1, token);';
const DETAILS =
  '{"rulesVersion": 3, "engineVersion": "1.4.0", "contentVersion": "2026.11", "reason": "contract 4711"}';
const insertInto = (table: string) =>
  `INSERT INTO ${table} (tenant_id, occurred_at, actor_kind, actor_id, action, subject_type, subject_id, details)
   VALUES (tenant, now(), 'person', uuidv7(), 'game.session.started', 'session', uuidv7(), '${DETAILS}');`;

/** As release 0029 had it: months, row security, its indexes, and no chain. */
const UNCHAINED = `
  CREATE SCHEMA bench; GRANT USAGE ON SCHEMA bench TO dmz_app;
  CREATE TABLE bench.log (LIKE admin.audit_log INCLUDING DEFAULTS INCLUDING CONSTRAINTS, PRIMARY KEY (tenant_id, id, occurred_at)) PARTITION BY RANGE (occurred_at);
  ALTER TABLE bench.log DROP COLUMN sequence, DROP COLUMN previous_sha256, DROP COLUMN entry_sha256;
  CREATE INDEX ON bench.log (tenant_id, subject_id, occurred_at DESC);
  CREATE TABLE bench.log_month PARTITION OF bench.log FOR VALUES FROM (date_trunc('month', now())) TO (date_trunc('month', now()) + interval '1 month');
  CREATE TABLE bench.log_default PARTITION OF bench.log DEFAULT;
  ALTER TABLE bench.log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY isolation ON bench.log USING (${OF_TENANT}) WITH CHECK (${OF_TENANT});
  GRANT INSERT ON bench.log TO dmz_app;`;
const LOGS = ['bench.log', 'admin.audit_log'] as const;

async function connect(appUrl: string): Promise<pg.Client> {
  const app = new pg.Client({ connectionString: appUrl, options: '-c synchronous_commit=off' });
  await app.connect();
  return app;
}

/** @returns microseconds an entry, its transaction included, but for the wait for the disk */
async function serverTime(appUrl: string, tenantId: string, log: string): Promise<number> {
  const app = await connect(appUrl);
  const token = await signEntryOn(app, tenantId);
  await app.query(`DO $$
    DECLARE token text := '${token}'; tenant uuid := '${tenantId}'; begun timestamptz;
    BEGIN
      FOR turn IN 1 .. ${ENTRIES_PER_TURN} LOOP
        IF turn = ${WARM_UP} THEN begun := clock_timestamp(); END IF;
        ${ENTER} ${insertInto(log)}
        COMMIT;
      END LOOP;
      PERFORM set_config('bench.us', (extract(epoch FROM clock_timestamp() - begun) * 1000000)::text, false);
    END $$`);
  const { rows } = await app.query("SELECT current_setting('bench.us') AS us");
  await app.end();
  return Number(rows[0].us) / (ENTRIES_PER_TURN - WARM_UP);
}

/** @returns entries a second of all writers together */
async function throughput(appUrl: string, tenantIds: readonly string[], log: string): Promise<number> {
  const writers = await Promise.all(Array.from({ length: WRITERS }, () => connect(appUrl)));
  const until = performance.now() + options.roundMs;
  const signer = new Signer();
  const begunAt = performance.now();
  const written = await Promise.all(
    writers.map(async (app, at) => {
      const tenantId = tenantIds[at % tenantIds.length];
      if (tenantId === undefined) throw new RangeError('There is a tenant for each writer.');
      const insert = insertInto(log).replace('tenant,', `'${tenantId}',`);
      let count = 0;
      for (; performance.now() < until; count += 1) {
        const token = await signEntryOn(app, tenantId, signer);
        await app.query(`BEGIN; SELECT dmz.enter_tenant('${tenantId}', 1, '${token}'); ${insert} COMMIT`);
      }
      return count;
    }),
  );
  const seconds = (performance.now() - begunAt) / 1_000;
  await Promise.all(writers.map((app) => app.end()));
  return written.reduce((sum, count) => sum + count, 0) / seconds;
}

async function measure({ admin, appUrl, platform }: BenchDatabase) {
  await allowLoops(admin);
  await admin.query(UNCHAINED);
  const ids: string[] = [];
  for (const tenant of TENANTS) ids.push((await platform.tenancy.locate(tenant)).id);
  const [one = ''] = ids;
  const times = new Map<string, number[]>();
  const note = (name: string, value: number) => times.set(name, [...(times.get(name) ?? []), value]);
  for (let turn = 0; turn < TURNS; turn += 1)
    for (const log of LOGS) note(log, await serverTime(appUrl, one, log));
  for (let turn = 0; turn < options.rounds; turn += 1)
    for (const log of LOGS) {
      note(`${log} one`, await throughput(appUrl, [one], log));
      note(`${log} each`, await throughput(appUrl, ids, log));
    }
  return (name: string) => median(times.get(name) ?? []);
}

await withBenchDatabase('bench_audit', 4, async (database) => {
  const of = await measure(database);
  const rate = (log: string, tenants: string) => of(`${log} ${tenants}`);
  const [before, now] = LOGS;
  const row = (what: string, plain: number, chained: number) => [
    what,
    plain.toFixed(0),
    chained.toFixed(0),
    (chained / plain).toFixed(2),
  ];
  report('audit', options, {
    title: 'What the audit chain costs who writes an entry',
    about: `An entry in a transaction of its own, as the application role; beside it the same entry in a table as the log was before chains were kept. ${WRITERS} writers over the network, without waiting for the disk.`,
    command: 'pnpm bench:audit --record',
    columns: ['', 'without the chain', 'chained', 'ratio'],
    rows: [
      row('us of the server an entry', of(before), of(now)),
      row('entries a second, all writers in one tenant', rate(before, 'one'), rate(now, 'one')),
      row(`entries a second, writers in ${TENANTS.length} tenants`, rate(before, 'each'), rate(now, 'each')),
    ],
    reading: [
      'Writers of one tenant stand in line from their entry to the end of their transaction, so the entry comes last in it.',
    ],
  });
});
