/** Each illness that can be given to a database of one's own is found, and named with its next step. */
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { isOfTestServer } from '../../../test/harness/server-findings.ts';
import { modules } from '../../modules/registry.ts';
import { stackErrors } from '../stack/errors.ts';
import type { RunningPostgres, StackStatus } from '../stack/index.ts';
import { isAtLeast } from './host-rules.ts';
import { diagnose, unlessItGoesAway } from './index.ts';

const namespaces = modules.map(({ name }) => name);

describe('doctor', () => {
  const db = useDatabase();

  const statusOf = (postgres: Partial<RunningPostgres> = {}) =>
    ({
      postgres: { state: 'running', adminUrl: db.adminUrl, appUrl: db.appUrl, ...postgres },
      redis: { url: null, source: null, pid: null },
      dataDir: null,
    }) as StackStatus;

  async function findings(status = statusOf()) {
    const report = await diagnose(status, { namespaces });
    for (const { detail, remedy } of report.findings) expect([detail, remedy]).not.toContain('');
    return report.findings.filter((finding) => finding.object === SLOT || !isOfTestServer(finding));
  }
  const SLOT = 'doctor_forgot_this';

  it('finds nothing wrong with a fresh database', async () => {
    expect(await findings()).toEqual([]);
  });

  it('finds a slot that nobody reads', async () => {
    const admin = await db.connectAsAdmin();
    await admin.query(`SELECT pg_create_logical_replication_slot('${SLOT}', 'pgoutput')`);
    try {
      expect(await findings()).toMatchObject([
        { rule: 'replication-slots-are-used', object: SLOT, detail: expect.stringContaining('log') },
      ]);
    } finally {
      await admin.query(`SELECT pg_drop_replication_slot('${SLOT}')`);
    }
  });

  it('finds a month without its partition, and rows that fell into the default one', async () => {
    const admin = await db.connectAsAdmin();
    const { rows } = await admin.query(
      `SELECT 'game.events' || to_char(now() AT TIME ZONE 'UTC' + interval '2 months', '"_y"YYYY"m"MM') AS part`,
    );
    await admin.query(`DROP TABLE ${rows[0].part}`);
    expect(await findings()).toMatchObject([{ rule: 'months-have-partitions', object: 'game.events' }]);
    await admin.query("SELECT dmz.ensure_partitions('game.events', 3)");
    expect(await findings()).toEqual([]);
  });

  it('finds a setting that loses what was committed', async () => {
    const admin = await db.connectAsAdmin();
    const name = new URL(db.adminUrl).pathname.slice(1);
    await admin.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    expect(await findings()).toMatchObject([
      { rule: 'server-keeps-what-it-commits', object: 'synchronous_commit' },
    ]);
    await admin.query(`ALTER DATABASE ${name} RESET synchronous_commit`);
  });

  it('finds that the application cannot connect', async () => {
    const appUrl = db.appUrl.replace(/:[^:@]+@/, ':wrong@');
    expect(await findings(statusOf({ appUrl }))).toMatchObject([
      { rule: 'application-can-connect', detail: expect.stringContaining('STACK_WRONG_PASSWORD') },
    ]);
  });

  it('finds migrations that are missing, and does not stumble over what they would have made', async () => {
    const admin = await db.connectAsAdmin();
    const undo =
      'DELETE FROM drizzle.__drizzle_migrations WHERE id = (SELECT max(id) FROM drizzle.__drizzle_migrations) RETURNING *';
    const { rows } = await admin.query(undo);
    expect(await findings()).toMatchObject([
      { rule: 'database-has-every-migration', object: rows[0].name, remedy: 'pnpm db:migrate' },
    ]);
    await admin.query('DROP SCHEMA drizzle CASCADE; DROP SCHEMA dmz CASCADE');
    const all = await findings();
    expect(all.length).toBeGreaterThan(1);
    expect(new Set(all.map(({ rule }) => rule))).toEqual(new Set(['database-has-every-migration']));
  });

  it('tells what it has found where the server goes away meanwhile', async () => {
    const gone = Object.assign(new Error('Connection terminated unexpectedly'));
    expect(await unlessItGoesAway(() => Promise.reject(gone))).toMatchObject({
      findings: [{ rule: 'stack-is-running', detail: expect.stringContaining('DATABASE_UNAVAILABLE') }],
    });
    const unreachable = new URL(db.adminUrl);
    unreachable.port = '1';
    expect(await findings(statusOf({ adminUrl: unreachable.href }))).toMatchObject([
      { rule: 'stack-is-running', remedy: expect.stringContaining('stack') },
    ]);
    await expect(
      unlessItGoesAway(() => Promise.reject(stackErrors.STACK_WRONG_PASSWORD())),
    ).rejects.toThrow();
  });

  it('says how to start a server that does not run, and looks no further', async () => {
    const postgres = {
      state: 'stopped',
      source: 'embedded',
      adminUrl: null,
      appUrl: null,
      problem: null,
    } as const;
    const report = await diagnose(
      { postgres, redis: { url: null, source: null, pid: null }, dataDir: null },
      { namespaces },
    );
    expect(report).toMatchObject({ findings: [{ rule: 'stack-is-running', remedy: 'pnpm dmz stack up' }] });
  });
});

describe('versions', () => {
  it.each([
    ['20.19.0', true],
    ['20.20.2', true],
    ['24.0.0', true],
    ['20.18.9', false],
    ['18.20.0', false],
    ['20.9.0', false],
  ])('%s against 20.19.0', (version, expected) => {
    expect(isAtLeast(version, '20.19.0')).toBe(expected);
  });
});
