/** Months are there before they are needed; what came too early or too late is moved to them, and nobody waits for it. */
import { once } from 'node:events';
import type pg from 'pg';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { insertEvents, insertSession, inTenant } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { monthFindings } from '../../../test/harness/month-findings.ts';
import { playedGame } from '../../../test/harness/play.ts';
import { callDmz, expectFailure, startDmz } from '../../../test/harness/run-dmz.ts';
import { isDmzError } from '../errors/index.ts';
import { tenantIdOf } from '../isolation/tenant-tables.ts';
import { ensurePartitions, listPartitions, type PartitionPlace, sharedPlace } from './index.ts';
import { tend } from './place.ts';

const LOGS = ['admin.audit_log', 'analytics.events', 'game.events'];

describe('keeping months ready', () => {
  const db = useDatabase();
  let admin: pg.Client;
  let app: pg.Client;
  let tenant: string;
  let place: PartitionPlace;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    app = await db.connectAsApp();
    tenant = await tenantIdOf(admin, 'consumers');
    place = sharedPlace(db.adminUrl);
  });

  const findings = () => monthFindings(admin);
  const stateOf = async (partition: string) =>
    (await listPartitions(place)).find((each) => each.partition === partition)?.state;

  async function appendByHand(serverTimes: readonly string[]): Promise<string> {
    const sessionId = await insertSession(app, tenant);
    const events = serverTimes.map((serverTime, at) => ({ sessionId, sequence: at + 1, serverTime }));
    await inTenant(app, tenant, () => insertEvents(app, tenant, events));
    return sessionId;
  }

  /** Everything that is stored of a stream, and its head. */
  async function storedOf(sessionId: string) {
    const events = await admin.query(
      'SELECT to_jsonb(e) AS event FROM game.events AS e WHERE session_id = $1 ORDER BY sequence',
      [sessionId],
    );
    const heads = await admin.query('SELECT to_jsonb(h) AS head FROM game.session_heads AS h WHERE id = $1', [
      sessionId,
    ]);
    return { events: events.rows, heads: heads.rows };
  }

  async function nobodyTends(): Promise<boolean> {
    const { rows } = await admin.query(
      "SELECT FROM pg_stat_activity WHERE application_name = 'dmz-partitions' AND datname = current_database()",
    );
    return rows.length === 0;
  }

  async function partitionsOf(sessionId: string): Promise<string[]> {
    const { rows } = await admin.query(
      'SELECT DISTINCT tableoid::regclass::text AS name FROM game.events WHERE session_id = $1 ORDER BY 1',
      [sessionId],
    );
    return rows.map(({ name }) => name);
  }

  it('makes this month and three more of every log, each guarded as the log is, and does it once', async () => {
    const report = await ensurePartitions(place, { now: new Date('2040-11-30T23:59:59.999Z') });
    expect(report).toMatchObject({ moved: [], left: [] });
    const months = ['2040-11', '2040-12', '2041-01', '2041-02'];
    expect(report.made).toEqual(LOGS.flatMap((log) => months.map((month) => ({ log, month }))));
    expect(await findings()).toEqual([]);
    const { rows } = await admin.query(
      "SELECT count(*)::int AS n FROM pg_constraint WHERE conname = 'within_month' AND connamespace = 'game'::regnamespace",
    );
    expect(rows).toEqual([{ n: 0 }]);
    const again = await ensurePartitions(place, { now: new Date('2040-11-01T00:00:00Z') });
    expect(again).toEqual({ made: [], moved: [], left: [] });
  });

  it('moves rows out of the default partition unchanged, says why they were there, and leaves the heads alone', async () => {
    const sessionId = await appendByHand([
      new Date().toISOString(),
      '2042-05-31T23:59:59.999999Z',
      '2042-06-01T00:00:00Z',
      '2043-01-15T12:00:00Z',
    ]);
    const before = await storedOf(sessionId);
    expect(await partitionsOf(sessionId)).toContain('game.events_default');
    const report = await ensurePartitions(place, { now: new Date('2042-05-20T00:00:00Z'), monthsAhead: 1 });
    expect(report.moved).toEqual([
      {
        log: 'game.events',
        month: '2042-05',
        rows: 1,
        why: expect.stringContaining('came before its partition'),
      },
      { log: 'game.events', month: '2042-06', rows: 1, why: expect.stringContaining('dated ahead') },
      { log: 'game.events', month: '2043-01', rows: 1, why: expect.stringContaining('further ahead') },
    ]);
    expect(await storedOf(sessionId)).toEqual(before);
    expect((await partitionsOf(sessionId)).slice(1)).toEqual([
      'game.events_y2042m05',
      'game.events_y2042m06',
      'game.events_y2043m01',
    ]);
    expect(await findings()).toEqual([]);
    await inTenant(app, tenant, () =>
      insertEvents(app, tenant, [{ sessionId, sequence: 5, serverTime: '2043-01-16T00:00:00Z' }]),
    );
  });

  it('moves rows of every tenant, those that are not served too', async () => {
    const other = await tenantIdOf(admin, 'mid-company');
    const served = await appendByHand(['2044-02-10T00:00:00Z']);
    const suspended = await insertSession(app, other);
    await inTenant(app, other, () =>
      insertEvents(app, other, [{ sessionId: suspended, sequence: 1, serverTime: '2044-02-11T00:00:00Z' }]),
    );
    await admin.query("UPDATE public.residents SET state = 'suspended' WHERE tenant_id = $1", [other]);
    const report = await ensurePartitions(place, { now: new Date('2044-02-20T00:00:00Z'), monthsAhead: 0 });
    await admin.query("UPDATE public.residents SET state = 'serving' WHERE tenant_id = $1", [other]);
    expect(report.moved).toMatchObject([{ month: '2044-02', rows: 2 }]);
    for (const session of [served, suspended])
      expect(await partitionsOf(session)).toEqual(['game.events_y2044m02']);
  });

  it('leaves a time that no month holds where it is, and says so', async () => {
    const sessionId = await appendByHand(['2044-03-01T00:00:00Z', 'infinity']);
    const ended = await callDmz(['partitions', 'ensure', '--json'], { DATABASE_URL: db.adminUrl });
    expect(ended.status).toBe(1);
    expect(JSON.parse(ended.out)).toMatchObject({
      moved: [{ log: 'game.events', month: '2044-03', rows: 1 }],
      left: [{ log: 'game.events', month: null, rows: 1, why: expect.stringContaining('no month') }],
    });
    expect(await partitionsOf(sessionId)).toEqual(['game.events_default', 'game.events_y2044m03']);
    expect(await findings()).toEqual(['default-partition-is-empty: game.events']);
    await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
    await admin.query('DELETE FROM game.events_default; COMMIT');
    await admin.query('VACUUM game.events_default');
    expect(await findings()).toEqual([]);
  });

  it('touches no table that has the name of a month and is none', async () => {
    await admin.query(
      "CREATE TABLE game.events_y2045m01 (note text); INSERT INTO game.events_y2045m01 VALUES ('mine')",
    );
    const refused = ensurePartitions(place, { now: new Date('2045-01-01T00:00:00Z'), monthsAhead: 0 });
    await expect(refused).rejects.toMatchObject({ code: 'PARTITION_NAME_TAKEN' });
    expect((await admin.query('SELECT note FROM game.events_y2045m01')).rows).toEqual([{ note: 'mine' }]);
    expect(await stateOf('game.events_y2045m01')).toBe('taken');
    await admin.query('DROP TABLE game.events_y2045m01');
  });

  it('done by two at once, is done once', async () => {
    const now = new Date('2046-01-01T00:00:00Z');
    const reports = await Promise.all([ensurePartitions(place, { now }), ensurePartitions(place, { now })]);
    expect(reports.map(({ made }) => made.length).sort((a, b) => a - b)).toEqual([0, 4 * LOGS.length]);
    expect(await findings()).toEqual([]);
  });

  it('gives up where a long transaction holds the default partition, names it, and lets writers pass meanwhile', async () => {
    const holder = await db.connectAsAdmin();
    await holder.query('BEGIN; LOCK TABLE game.events_default IN ACCESS SHARE MODE');
    let over = false;
    const refused = ensurePartitions(place, { now: new Date('2047-01-01T00:00:00Z'), patienceMs: 1_500 })
      .catch((error: unknown) => error)
      .finally(() => {
        over = true;
      });
    const waits: number[] = [];
    while (!over) {
      const startedAt = performance.now();
      await appendByHand(['2048-01-01T00:00:00Z']); // into the very partition that is waited for
      waits.push(performance.now() - startedAt);
    }
    const error = await refused;
    await holder.query('ROLLBACK');
    const { processID } = holder as unknown as { processID: number };
    expect(isDmzError(error, 'PARTITION_LOCK_TIMEOUT') && error.found).toContain(
      `process ${processID} (postgres, test)`,
    );
    // Eight statements each, on a machine that others use too. Who queued for all of the patience would take 1,500.
    expect(Math.max(...waits)).toBeLessThan(1_000);
    expect(waits.length).toBeGreaterThan(3);
    expect(await findings()).toContain('month-is-whole-made: game.events_y2047m01');
    await ensurePartitions(place, { now: new Date('2047-01-01T00:00:00Z') });
    expect(await findings()).toEqual([]);
  });

  /** As it was before anybody made this month: its rows are in the default partition. */
  async function unmakeThisMonth(): Promise<{ part: string; month: string }> {
    const month = new Date().toISOString().slice(0, 7);
    const part = `game.events_y${month.replace('-', 'm')}`;
    await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
    await admin.query(`ALTER TABLE game.events DETACH PARTITION ${part}`);
    await admin.query(`INSERT INTO game.events SELECT * FROM ${part}`);
    await admin.query(`DROP TABLE ${part}; COMMIT`);
    return { part, month: `${month}-01` };
  }

  it('killed between making a month and attaching it, goes on from there the next time', {
    timeout: 120_000,
  }, async () => {
    const holder = await db.connectAsAdmin();
    // Of a tenant whose streams are all real: consumers are stuck on those that were made by hand.
    const { sessionId } = await playedGame(db.platform, 'small-company', { events: 20 });
    const { part } = await unmakeThisMonth();
    const before = await storedOf(sessionId);
    await holder.query('BEGIN; LOCK TABLE game.events_default IN ACCESS SHARE MODE');
    // It would try for longer than this test lasts.
    const program = startDmz(['partitions', 'ensure', '--wait-ms', '600000'], { DATABASE_URL: db.adminUrl });
    const exited = once(program, 'exit');
    await vi.waitUntil(async () => (await stateOf(part)) === 'prepared', { timeout: 60_000, interval: 50 });
    program.kill('SIGKILL');
    expect(await exited).toEqual([null, 'SIGKILL']);
    // The server may still wait for the lock on behalf of the dead: given it now, it would attach the month, rightly.
    await vi.waitUntil(nobodyTends, { timeout: 60_000, interval: 20 });
    await holder.query('ROLLBACK');
    expect(await storedOf(sessionId)).toEqual(before);
    expect(await findings()).toContain(`month-is-whole-made: ${part}`);
    const ended = await callDmz(['partitions', 'ensure'], { DATABASE_URL: db.adminUrl });
    expect(ended.out).toMatch(
      /game\.events .*: \d+ rows moved out of the default partition; .*not tended in time/,
    );
    expect(ended.status).toBe(0);
    expect(await storedOf(sessionId)).toEqual(before);
    expect(await partitionsOf(sessionId)).toEqual([part]);
    expect((await db.platform.game.replay('small-company', sessionId)).mismatches).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  it('killed right after attaching a month, gives the room of its rows back the next time', async () => {
    const { sessionId } = await playedGame(db.platform, 'small-company', { events: 20 });
    const { part, month } = await unmakeThisMonth();
    const before = await storedOf(sessionId);
    await tend(place, async (caretaker) => {
      await caretaker.ask('SELECT dmz.prepare_month($1, $2)', ['game.events', month]);
      await caretaker.ask('SELECT dmz.attach_month($1, $2)', ['game.events', month]);
    });
    expect(await storedOf(sessionId)).toEqual(before);
    expect(await partitionsOf(sessionId)).toEqual([part]);
    expect(await findings()).toEqual(['default-partition-is-empty: game.events']);
    expect(await ensurePartitions(place)).toEqual({ made: [], moved: [], left: [] });
    expect(await storedOf(sessionId)).toEqual(before);
    expect(await findings()).toEqual([]);
  });

  it('rather rolls back than hold writers up for longer than it may', async () => {
    const sessionId = await appendByHand(['2049-01-01T00:00:00Z']);
    await inTenant(app, tenant, () =>
      insertEvents(
        app,
        tenant,
        Array.from({ length: 20_000 }, (_, at) => ({
          sessionId,
          sequence: at + 2,
          serverTime: '2049-01-02T00:00:00Z',
        })),
      ),
    );
    const options = { now: new Date('2049-01-15T00:00:00Z'), monthsAhead: 0 };
    const refused = ensurePartitions(place, { ...options, holdMs: 1, patienceMs: 200 });
    await expect(refused).rejects.toMatchObject({ code: 'PARTITION_HOLD_TOO_SHORT' });
    expect(await partitionsOf(sessionId)).toEqual(['game.events_default']);
    const report = await ensurePartitions(place, { ...options, holdMs: 20_000 });
    expect(report.moved).toMatchObject([{ month: '2049-01', rows: 20_001 }]);
    expect(await partitionsOf(sessionId)).toEqual(['game.events_y2049m01']);
  });

  it('keeps nobody from migrating or starting the server, where a month must wait', async () => {
    const month = new Date();
    month.setUTCMonth(month.getUTCMonth() + 2, 1);
    const part = `game.events_y${month.toISOString().slice(0, 7).replace('-', 'm')}`;
    await admin.query(`DROP TABLE ${part}`);
    const holder = await db.connectAsAdmin();
    await holder.query('BEGIN; LOCK TABLE game.events_default IN ACCESS SHARE MODE');
    const started = callDmz(['stack', 'up'], db.environment);
    expect((await started).status).toBe(0);
    await holder.query('ROLLBACK');
    expect(await findings()).toContain(`month-is-whole-made: ${part}`);
    expect((await callDmz(['db', 'migrate'], { DATABASE_URL: db.adminUrl })).status).toBe(0);
    expect(await stateOf(part)).toBe('attached');
  });

  it('refuses a limit that is no number', async () => {
    const ended = await callDmz(['partitions', 'ensure', '--hold-ms', 'long'], { DATABASE_URL: db.adminUrl });
    expectFailure(ended, 'CLI_OPTION_INVALID', 2);
  });
});
