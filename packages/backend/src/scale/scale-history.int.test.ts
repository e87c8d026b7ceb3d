import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { verifySessions } from '../cli/replay-sessions.ts';
import { listPlayers } from '../modules/auth/index.ts';
import { listSessions } from '../modules/game/index.ts';
import { DEMONSTRATION_TENANTS, seed } from '../seed.ts';
import { SCALED_TABLES } from './batch.ts';
import { fillGames } from './fill-games.ts';
import { playPatterns, SHORT_GAMES } from './game-patterns.ts';
import { type ScaleReport, scaleHistory } from './scale-history.ts';

describe('the multiplied history', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let first: ScaleReport;
  let before: Record<string, number>;
  const progress: [number, number][] = [];

  const scaleTo = (scale: number) =>
    scaleHistory(
      { platform: db.platform, adminUrl: db.adminUrl },
      DEMONSTRATION_TENANTS,
      scale,
      (done, all) => progress.push([done, all]),
    );

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    // The games that are copied are played here, so that the counts are of copies alone.
    for (const { slug } of DEMONSTRATION_TENANTS) await playPatterns(db.platform, slug, SHORT_GAMES);
    before = await counts();
    first = await scaleTo(1);
  });

  it('is as many people again as the tenants had, and says how far it is', () => {
    expect(first.tenants.map(({ slug, people }) => ({ slug, people }))).toEqual(
      DEMONSTRATION_TENANTS.map(({ slug, people }) => ({ slug, people })),
    );
    expect(progress.map(([done]) => done)).toEqual(progress.map(([done]) => done).sort((a, b) => a - b));
    expect(progress.at(-1)).toEqual([320, 320]);
  });

  it('reaches every table, with as many rows as were reported', async () => {
    const after = await counts();
    const added = Object.fromEntries(Object.keys(after).map((name) => [name, after[name]! - before[name]!]));
    expect(Object.entries(added).filter(([, rows]) => rows === 0)).toEqual([]);
    expect(first.tables).toEqual(added);
    expect(Object.values(added).reduce((sum, rows) => sum + rows, 0)).toBe(first.rows);
    expect(added['auth.users']).toBe(320);
    expect(added['game.sessions']).toBe(80);
  });

  it('is of the demonstration tenants alone, each with its own people', async () => {
    const { rows } = await admin.query(
      `SELECT tenant.slug, count(*)::int AS people FROM auth.users AS person
       JOIN public.tenants AS tenant ON tenant.id = person.tenant_id
       WHERE person.email LIKE 'scaled%@' || tenant.slug || '.example' GROUP BY tenant.slug`,
    );
    expect(Object.fromEntries(rows.map(({ slug, people }) => [slug, people]))).toEqual(
      Object.fromEntries(DEMONSTRATION_TENANTS.map(({ slug, people }) => [slug, people])),
    );
    expect(rows.reduce((sum, { people }) => sum + people, 0)).toBe(320);
  });

  it('points at nobody of another tenant, in any table, whoever asks', async () => {
    for (const name of SCALED_TABLES) {
      const { rows } = await admin.query(
        `SELECT count(*)::int AS strays FROM ${name} WHERE tenant_id NOT IN (SELECT id FROM public.tenants)`,
      );
      expect([name, rows[0].strays]).toEqual([name, 0]);
    }
    const { rows } = await admin.query(
      `SELECT count(*)::int AS strays FROM phishing.sends AS send JOIN public.tenants AS tenant ON tenant.id = send.tenant_id
       WHERE send.recipient_address NOT LIKE '%@' || tenant.slug || '.example'`,
    );
    expect(rows[0].strays).toBe(0);
  });

  it('keeps the ledger’s rules: everything balances, and balances follow the entries', async () => {
    const { rows } = await admin.query(
      `SELECT (SELECT count(*)::int FROM (SELECT FROM economy.ledger_entries GROUP BY tenant_id, transaction_id, currency
                HAVING sum(amount) <> 0) AS unbalanced) AS unbalanced,
        (SELECT count(*)::int FROM economy.wallet_balances AS held WHERE balance <>
          (SELECT sum(amount) FROM economy.ledger_entries AS entry WHERE entry.tenant_id = held.tenant_id
             AND entry.wallet_id = held.wallet_id AND entry.currency = held.currency)) AS wrong`,
    );
    expect(rows[0]).toEqual({ unbalanced: 0, wrong: 0 });
  });

  it('leaves the default partition of events empty', async () => {
    const { rows } = await admin.query('SELECT count(*)::int AS rows FROM analytics.events_default');
    expect(rows[0].rows).toBe(0);
  });

  it('multiplies all that the seed and a game fill, except what a tenant has once', async () => {
    const { rows } = await admin.query<{ name: string }>(
      `SELECT attrelid::regclass::text AS name FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
       WHERE attname = 'tenant_id' AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
    );
    const filled = [];
    for (const { name } of rows) {
      const { rowCount } = await admin.query(`SELECT FROM ${name} LIMIT 1`);
      if (rowCount) filled.push(name);
    }
    expect(filled.filter((name) => !SCALED_TABLES.includes(name)).sort()).toEqual([
      'admin.audit_chain_heads',
      'auth.role_permissions',
      'auth.roles',
      'content.email_templates',
      'economy.wallet_balances',
      'game.session_heads',
      'notification.templates',
      'org.locations',
      'phishing.landing_pages',
      'phishing.teachable_moments',
      'phishing.templates',
      'placements',
      'residents',
      'social.leaderboard_entries',
      'social.leaderboards',
    ]);
  });

  it('has games that replay identically, heads and snapshots included', async () => {
    const sessions = [];
    for (const { slug: tenant } of DEMONSTRATION_TENANTS) {
      const played = await db.platform.tenancy.run(tenant, (tx) => listSessions(tx));
      sessions.push(...played.map(({ id }) => ({ tenant, id })));
    }
    const report = await verifySessions({ platform: db.platform }, sessions);
    expect(report).toMatchObject({ sessions: 80 + 12, identical: true, mismatches: [] });
    expect(report.snapshotsVerified).toBeGreaterThan(80);
  });

  it('has people who work in the departments of their own round', async () => {
    const { rows } = await admin.query(
      `SELECT department.name, count(*)::int AS people FROM org.user_assignments AS assignment
       JOIN org.departments AS department ON department.tenant_id = assignment.tenant_id AND department.id = assignment.department_id
       JOIN auth.users AS person ON person.tenant_id = assignment.tenant_id AND person.id = assignment.user_id
       WHERE person.email LIKE 'scaled%' GROUP BY department.name`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { name } of rows) expect(name).toMatch(/-s1$/);
  });

  it('comes after the people that a tenant had', async () => {
    const [player] = await db.platform.tenancy.run('consumers', (tx) => listPlayers(tx, 1));
    expect(player?.email).toBe('player001@consumers.example');
  });

  it('changes nothing a second time, goes on where it is asked for more, and refuses less', async () => {
    const reached = await counts();
    await seed(db.platform, db.adminUrl);
    expect((await scaleTo(1)).rows).toBe(0);
    expect(await counts()).toEqual(reached);
    const second = await scaleTo(2);
    expect(second.tenants.map(({ people }) => people)).toEqual(
      DEMONSTRATION_TENANTS.map(({ people }) => people),
    );
    await expect(scaleTo(1)).rejects.toMatchObject({ code: 'SEED_SCALE_SMALLER' });
  });

  it('is written once by two programs that are started at once', async () => {
    const both = await Promise.all([scaleTo(3), scaleTo(3)]);
    expect(both.map(({ rows }) => rows > 0).sort()).toEqual([false, true]);
    expect((await scaleTo(3)).rows).toBe(0);
  });

  it('fills a store with whole shifts, only the difference each time, and they replay identically', async () => {
    const fillTo = (games: number, derived: boolean) =>
      fillGames(
        { platform: db.platform, adminUrl: db.adminUrl },
        { tenant: 'small-company', games, derived, onProgress: () => {} },
      );
    expect((await fillTo(5, true)).tables).toMatchObject({ 'game.sessions': 5 });
    expect((await fillTo(5, true)).rows).toBe(0);
    const more = await fillTo(105, false);
    expect(more.tables).toMatchObject({ 'game.sessions': 100 });
    expect(Object.keys(more.tables)).toEqual([
      'game.sessions',
      'game.actions',
      'game.events',
      'game.snapshots',
    ]);
    const { rows } = await admin.query(
      `SELECT count(*)::int AS wrong FROM game.session_heads AS head
       WHERE sequence <> (SELECT max(sequence) FROM game.events AS event
                          WHERE event.tenant_id = head.tenant_id AND event.session_id = head.id)`,
    );
    expect(rows[0].wrong).toBe(0);
    const sessions = (await db.platform.tenancy.run('small-company', (tx) => listSessions(tx)))
      .filter(({ days, events }) => days === 10 && events >= 300)
      .slice(0, 4);
    for (const { id } of sessions)
      expect(await db.platform.game.replay('small-company', id)).toMatchObject({ mismatches: [] });
    expect(sessions).toHaveLength(4);
  }, 120_000);

  async function counts(): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const name of SCALED_TABLES) {
      const { rows } = await admin.query(`SELECT count(*)::int AS rows FROM ${name}`);
      found[name] = rows[0].rows;
    }
    return found;
  }
});
