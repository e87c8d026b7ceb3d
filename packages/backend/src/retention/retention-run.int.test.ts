/**
 * A run of retention takes what its rehearsal said, nothing that is kept or another tenant's, and certifies it; and one that is
 * killed, wherever it is, ends with the next as if nobody had disturbed it.
 */
import { createPublicKey } from 'node:crypto';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeEntries } from '../../test/harness/audit-log.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { keepForDays } from '../../test/harness/keeping.ts';
import { contentOf, keepAside, moveIntoPast } from '../../test/harness/past.ts';
import { playedGame, startedSession } from '../../test/harness/play.ts';
import { callDmz } from '../../test/harness/run-dmz.ts';
import { killAt, type StallPoint } from '../../test/harness/stalled-command.ts';
import { isSignedBy } from '../kernel/signing/index.ts';

const TENANT = 'mid-company';
const YEAR_MS = 366 * 86_400_000;
/** What every run writes, with ids and times of its own. */
const OF_RUNS = /^(admin\.audit_(log|chain_heads|removals)|governance\.retention_runs)$/;

describe('dmz retention run', () => {
  const db = useDatabase();
  let admin: pg.Client;
  const ids: Record<string, string> = {};
  let restore: () => Promise<void>;

  async function run(...args: string[]) {
    const { status, out, err } = await callDmz(
      ['retention', 'run', '--tenant', TENANT, '--json', ...args],
      db.environment,
    );
    if (out === '') throw new Error(err);
    const [report] = JSON.parse(out).tenants;
    return { status, ...report };
  }
  async function replays() {
    const { out } = await callDmz(
      ['session', 'replay', '--verify', '--all', '--tenant', TENANT, '--json'],
      db.environment,
    );
    return JSON.parse(out);
  }
  async function settled() {
    const content = await contentOf(admin, ids[TENANT]!);
    return Object.fromEntries(
      Object.entries(content).map(([name, { rows, hash }]) => [name, OF_RUNS.test(name) ? rows : hash]),
    );
  }

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    for (const slug of ['consumers', 'mid-company', 'small-company'])
      ids[slug] = (await db.platform.tenancy.locate(slug)).id;
    await keepForDays(admin, ids[TENANT]!, 400);
    await writeEntries(db.open({ clock: { now: () => new Date(Date.now() - 3 * YEAR_MS) } }), TENANT, 12);
    await playedGame(db.platform, TENANT, { days: 2 });
    await playedGame(db.platform, TENANT, { days: 2, seed: 8 });
    const old = await startedSession(db.platform, TENANT, 9);
    await db.platform.consumers.settle(TENANT);
    await moveIntoPast(admin, ids[TENANT]!, '3 years');
    await playedGame(db.platform, TENANT, { days: 2, seed: 10 });
    expect(old.sessionId).toBeDefined();
    const putBack = await keepAside(admin, ids[TENANT]!);
    restore = async () => {
      await putBack();
      // Else the next run would take over one whose record is gone.
      await admin.query("DELETE FROM public.purges WHERE reason LIKE 'retention run %'");
    };
  });

  it('says what would go, by doing it and undoing it, and changes nothing', async () => {
    const before = await contentOf(admin, ids[TENANT]!);
    const { tables, ...report } = await run('--dry-run');
    expect(report).toMatchObject({ status: 0, tenant: TENANT, rehearsal: true, runId: null });
    const gone = Object.fromEntries(
      tables.map(({ table, purged }: { table: string; purged: number }) => [table, purged]),
    );
    expect(gone).toMatchObject({ 'admin.audit_log': 12, 'game.sessions': 2, 'game.session_heads': 2 });
    expect(gone['training.certificates']).toBeGreaterThan(50);
    expect(await contentOf(admin, ids[TENANT]!)).toEqual(before);
  });

  it('takes what its rehearsal said, records and certifies it, and then finds nothing to do', async () => {
    const others = async () => [
      await contentOf(admin, ids.consumers!),
      await contentOf(admin, ids['small-company']!),
    ];
    const [othersBefore, before, replayed] = [
      await others(),
      await contentOf(admin, ids[TENANT]!),
      await replays(),
    ];
    const rehearsed = await run('--dry-run');
    const ended = await run();
    expect(withoutTimes(ended.tables)).toEqual(withoutTimes(rehearsed.tables));
    const after = await contentOf(admin, ids[TENANT]!);
    for (const { table, purged } of ended.tables) {
      const written =
        { 'admin.audit_log': 2, 'governance.retention_runs': ended.tables.length }[table as string] ?? 0;
      expect([table, after[table]?.rows ?? 0]).toEqual([table, before[table]!.rows - purged + written]);
    }
    const touched = new Set(ended.tables.map(({ table }: { table: string }) => table));
    for (const [name, content] of Object.entries(before))
      if (!touched.has(name) && !OF_RUNS.test(name)) expect([name, after[name]]).toEqual([name, content]);
    expect(await others()).toEqual(othersBefore);
    await expectRecorded(ended);
    const { sessions, mismatches } = await replays();
    expect(sessions).toBe(replayed.sessions - 2);
    const remaining = new Set((await sessionsLeft()).map(({ id }) => id));
    expect(mismatches).toEqual(
      replayed.mismatches.filter(({ sessionId }: { sessionId: string }) => remaining.has(sessionId)),
    );
    const again = await run();
    expect(again).toMatchObject({ status: 0, runId: null });
    expect(again.tables.every(({ purged }: { purged: number }) => purged === 0)).toBe(true);
    expect(await contentOf(admin, ids[TENANT]!)).toEqual(after);
    await restore();
  });

  type Table = { table: string; purged: number; before: string };
  const withoutTimes = (tables: Table[]) => tables.map(({ before: _, ...each }) => each);
  const sessionsLeft = async () =>
    (await admin.query('SELECT id, ended_at FROM game.sessions WHERE tenant_id = $1', [ids[TENANT]])).rows;

  async function expectRecorded({ runId, tables }: { runId: string; tables: Table[] }): Promise<void> {
    const { rows: runs } = await admin.query(
      `SELECT table_name, rows_purged::int, cause, outcome FROM governance.retention_runs WHERE run_id = $1 ORDER BY table_name COLLATE "C"`,
      [runId],
    );
    const recorded = tables.map(({ table, purged }) => ({
      ...{ table_name: table, rows_purged: purged, cause: 'operator', outcome: 'completed' },
    }));
    expect(runs).toEqual(recorded.sort((one, other) => (one.table_name < other.table_name ? -1 : 1)));
    const { rows: entries } = await admin.query(
      `SELECT details FROM admin.audit_log WHERE subject_id = $1 AND action = 'governance.retention.completed'`,
      [runId],
    );
    const [{ details }] = entries;
    expect(entries).toHaveLength(1);
    expect(details.document).toMatchObject({
      tenantId: ids[TENANT],
      runId,
      auditLog: { removals: 1 },
      tables,
    });
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: details.publicKey };
    expect(isSignedBy(details.document, details, createPublicKey({ key: jwk, format: 'jwk' }))).toBe(true);
  }

  const MOMENTS: [when: string, point: StallPoint][] = [
    [
      'in the middle of a table',
      { table: 'public.purges', event: 'UPDATE', when: "NEW.table_name = 'phishing.interactions'" },
    ],
    ['while it leaves the hashes of entries', { table: 'admin.audit_removals', event: 'INSERT' }],
    [
      'when it certifies the run',
      {
        table: 'admin.audit_log',
        event: 'INSERT',
        when: "NEW.action = 'governance.retention.completed'",
      },
    ],
  ];
  it('ends as undisturbed when it was killed, and is certified once', async () => {
    const undisturbed = await run();
    const expected = await settled();
    for (const [when, point] of MOMENTS) {
      await restore();
      await killAt(admin, point, ['retention', 'run', '--tenant', TENANT], db.environment);
      const resumed = await run();
      expect([when, withoutTimes(resumed.tables)]).toEqual([when, withoutTimes(undisturbed.tables)]);
      expect([when, await settled()]).toEqual([when, expected]);
      await expectRecorded(resumed);
    }
    expect((await run()).runId).toBeNull();
  });
});
