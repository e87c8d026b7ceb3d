/**
 * People play in all three tiers while an expansion, a backfill and a contraction go over the fleet: no request fails, and
 * the longest wait is printed. `pnpm bench:migrate` does so with a million rows, as `DMZ_BACKFILL_ROWS` says.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationsFolder, readMigrations } from '../../src/kernel/migrations/journal.ts';
import type { Platform } from '../../src/platform.ts';
import { type SimulationReport, simulate } from '../../src/simulate/index.ts';
import { useDatabase } from '../harness/database.ts';
import { flip } from '../harness/flip.ts';
import { ended } from '../harness/run-dmz.ts';
import { schemaTenant } from '../harness/schema-tenant.ts';
import { type Series, statements, useSmallSeries } from '../harness/small-series.ts';

const ROWS = Number(process.env.DMZ_BACKFILL_ROWS ?? 20_000);
const TENANTS = ['consumers', 'played-own', 'mid-company'] as const;
const PLAYERS = 3;
const PACE_MS = 60;
/** Some actions of each tenant between two phases. */
const BETWEEN = 10;

const last = readMigrations().length;
const tagOf = (at: number, name: string) => `${String(last + at).padStart(4, '0')}_${name}`;
const EXPANSION = tagOf(0, 'add_initial');
const BACKFILL = tagOf(1, 'fill_initial');
const CONTRACTION = tagOf(2, 'drop_draft');

/** Of the people, whom starting a game refers to. */
const PHASES: Series = {
  [EXPANSION]: statements(
    '-- phase: expand\nALTER TABLE "auth"."users" ADD COLUMN "initial" text, ADD COLUMN "draft" text',
    `CREATE FUNCTION "auth"."keep_initial"() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
     BEGIN NEW.initial := pg_catalog.left(NEW.display_name, 1); RETURN NEW; END $$`,
    `CREATE TRIGGER "keep_initial" BEFORE INSERT OR UPDATE OF "display_name" ON "auth"."users"
     FOR EACH ROW EXECUTE FUNCTION "auth"."keep_initial"()`,
  ),
  [BACKFILL]: `-- phase: backfill\n-- completes: ${EXPANSION}
UPDATE "auth"."users" SET "initial" = left("display_name", 1)
WHERE ("tenant_id", "id") > ($1, $2) AND ("tenant_id", "id") <= ($3, $4) AND "initial" IS NULL;`,
  [CONTRACTION]: statements(
    `-- phase: contract\n-- completes: ${EXPANSION}\nDROP TRIGGER "keep_initial" ON "auth"."users"`,
    'DROP FUNCTION "auth"."keep_initial"()',
    'ALTER TABLE "auth"."users" DROP COLUMN "draft"',
  ),
};

describe('a fleet that is played on while it is migrated', { timeout: 30_000 + ROWS }, () => {
  const db = useDatabase({ instances: { second: { from: 'copy' } } });
  const small = useSmallSeries();
  const stop = new AbortController();
  const actions = new Map<string, number>();
  let playing: Promise<SimulationReport>[] = [];
  let folder = '';
  let phase = 'before';
  const waits: { readonly phase: string; readonly tenant: string; readonly ms: number }[] = [];

  beforeAll(
    async () => {
      const control = await db.connectAsAdmin();
      const target = await db.connectAsAdmin('second');
      const [shared, , moved] = TENANTS;
      const { id: tenantId } = await db.platform.tenancy.locate(moved);
      await flip({ tenantId, control, source: control, target, to: 'second' });
      const own = await schemaTenant(db, TENANTS[1]);
      const crowd = (table: string) =>
        `INSERT INTO ${table} (tenant_id, email, display_name) SELECT $1, 'zz' || n || '@crowd.example', 'Crowd ' || n FROM generate_series(1, $2::int) AS n`;
      const { id: sharedId } = await db.platform.tenancy.locate(shared);
      await control.query(crowd('auth.users'), [sharedId, ROWS]);
      await control.query(crowd(`${own.schema}.auth_users`), [own.id, ROWS / 10]);
      await target.query(crowd('auth.users'), [tenantId, ROWS / 10]);
      for (const client of [control, target]) await client.query('ANALYZE');
      const files = readMigrations().map(({ tag }) => [
        tag,
        readFileSync(path.join(migrationsFolder, `${tag}.sql`), 'utf8'),
      ]);
      folder = small.folder({ ...Object.fromEntries(files), ...PHASES });
      playing = TENANTS.map((tenant) => play(tenant));
      await everybodyPlaysOn();
    },
    60_000 + ROWS / 10,
  );
  afterAll(() => stop.abort());

  function play(tenant: string): Promise<SimulationReport> {
    const { game } = db.platform;
    const paced: Platform = {
      ...db.platform,
      game: {
        ...game,
        async act(...given) {
          await sleep(PACE_MS);
          const askedAt = performance.now();
          const result = await game.act(...given);
          waits.push({ phase, tenant, ms: Math.round(performance.now() - askedAt) });
          actions.set(tenant, (actions.get(tenant) ?? 0) + 1);
          return result;
        },
      },
    };
    return simulate(paced, {
      tenant,
      players: PLAYERS,
      seed: 7,
      days: 2,
      seconds: 36_000,
      signal: stop.signal,
    });
  }

  async function everybodyPlaysOn(): Promise<void> {
    const before = new Map(actions);
    const deadline = Date.now() + 30_000;
    const behind = () =>
      TENANTS.filter((each) => (actions.get(each) ?? 0) - (before.get(each) ?? 0) < BETWEEN);
    while (behind().length > 0) {
      if (Date.now() > deadline) throw new Error(`Nobody plays at ${behind().join(', ')}.`);
      await sleep(20);
    }
  }

  /** How long those who played in a phase waited for an action, in ms. */
  function spread(of: string) {
    const ms = waits
      .flatMap((each) => (each.phase === of ? [each.ms] : []))
      .sort((one, other) => one - other);
    const at = (share: number) => ms[Math.min(Math.floor(ms.length * share), ms.length - 1)];
    return { actions: ms.length, p50: at(0.5), p99: at(0.99), longest: at(1) };
  }

  /** In a process of its own, as the command is: taking the series apart keeps one busy for seconds. */
  async function up(to: string) {
    const script = fileURLToPath(new URL('../harness/migrate-process.ts', import.meta.url));
    const args = ['--import', 'tsx', script, db.adminUrl, folder, to];
    const { status, out, err } = await ended(
      spawn(process.execPath, args, { env: { ...process.env, ...db.environment } }),
    );
    expect({ status, err }).toEqual({ status: 0, err: '' });
    return JSON.parse(out);
  }

  it('fails nobody, in any tier', async () => {
    const took: Record<string, number> = {};
    for (const to of [EXPANSION, BACKFILL, CONTRACTION]) {
      phase = to;
      const startedAt = performance.now();
      const run = await up(to);
      took[to] = Math.round(performance.now() - startedAt);
      expect(run).toMatchObject({
        applied: [to],
        placements: [{ applied: [to] }],
        instances: [{ applied: [to] }],
      });
      phase = 'between';
      await everybodyPlaysOn();
    }
    stop.abort();
    const reports = await Promise.all(playing);
    expect(reports.map(({ failed, failures, refused }) => ({ failed, failures, refused }))).toEqual(
      TENANTS.map(() => ({ failed: 0, failures: {}, refused: 0 })),
    );
    const longest = Object.fromEntries(
      ['before', EXPANSION, BACKFILL, CONTRACTION].map((each) => [each, spread(each)]),
    );
    const played = Object.fromEntries(actions);
    console.log(JSON.stringify({ rows: ROWS * 1.2, tookMs: took, played, waitsMs: longest }));
  });

  it('has filled every row, at every placement', async () => {
    const left = 'WHERE initial IS DISTINCT FROM left(display_name, 1)';
    for (const [instance, table] of [
      ['main', 'auth.users'],
      ['main', 'tenant_played_own.auth_users'],
      ['second', 'auth.users'],
    ] as const) {
      const { rows } = await (await db.connectAsAdmin(instance)).query(
        `SELECT count(*)::int AS all, (SELECT count(*)::int FROM ${table} ${left}) AS wrong FROM ${table}`,
      );
      expect(rows[0].all).toBeGreaterThanOrEqual(ROWS / 10);
      expect(rows[0].wrong).toBe(0);
    }
  });
});
