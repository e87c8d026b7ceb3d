/** A month is taken out of its log in one step, stays as closed as it was, and can be put back with every row. */
import { once } from 'node:events';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertEvents, insertSession, inTenant, refusalOfSql } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { monthFindings } from '../../../test/harness/month-findings.ts';
import { callDmz, expectFailure, startDmz } from '../../../test/harness/run-dmz.ts';
import { tenantIdOf } from '../isolation/tenant-tables.ts';
import {
  attachPartition,
  detachPartition,
  listPartitions,
  type PartitionPlace,
  parseMonth,
  sharedPlace,
} from './index.ts';

const LOG = 'game.events';

describe('detaching a month', () => {
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

  /** A past month with three events of a session that began then. */
  async function filledMonth(
    text: string,
  ): Promise<{ part: string; month: ReturnType<typeof parseMonth>; sessionId: string }> {
    await admin.query('SELECT dmz.ensure_partition($1, $2)', [LOG, `${text}-01`]);
    const sessionId = await insertSession(app, tenant);
    await admin.query('UPDATE game.session_heads SET started_at = $2 WHERE id = $1', [
      sessionId,
      `${text}-01T00:00:00Z`,
    ]);
    const events = [1, 2, 3].map((sequence) => ({
      sessionId,
      sequence,
      serverTime: `${text}-1${sequence}T00:00:00Z`,
    }));
    await inTenant(app, tenant, () => insertEvents(app, tenant, events));
    return { part: `${LOG}_y${text.replace('-', 'm')}`, month: parseMonth(text), sessionId };
  }

  const rowsOf = async (table: string, sessionId: string) =>
    (
      await admin.query(
        `SELECT to_jsonb(e) AS row FROM ${table} AS e WHERE session_id = $1 ORDER BY sequence`,
        [sessionId],
      )
    ).rows;

  it('closes it to everybody, keeps its guards, is found in order by db check, and can be undone', async () => {
    const { part, month, sessionId } = await filledMonth('2019-02');
    const before = await rowsOf(LOG, sessionId);
    await admin.query(`GRANT SELECT ON ${part} TO dmz_app`);
    const ended = await callDmz(['partitions', 'detach', LOG, '2019-02', '--json'], {
      DATABASE_URL: db.adminUrl,
    });
    expect(JSON.parse(ended.out)).toMatchObject({ partition: part, state: 'detached' });
    expect(await detachPartition(place, { log: LOG, month })).toBe(part); // again, with no effect
    expect(await stateOf(part)).toBe('detached');
    expect(await findings()).toEqual([]);
    expect(await rowsOf(LOG, sessionId)).toEqual([]);
    for (const role of ['dmz_app', 'dmz_mover', 'dmz_maintenance']) {
      await admin.query(`SET ROLE ${role}`);
      for (const statement of [
        `SELECT FROM ${part}`,
        `INSERT INTO ${part} DEFAULT VALUES`,
        `DELETE FROM ${part}`,
      ])
        expect(await refusalOfSql(admin.query(statement))).toMatchObject({ state: '42501' });
      await admin.query('RESET ROLE');
    }
    const owner = await db.connectAsOwner();
    expect(await refusalOfSql(owner.query(`SELECT FROM ${part}`))).toMatchObject({ state: 'ZD001' });
    expect(await refusalOfSql(owner.query(`DELETE FROM ${part}`))).toMatchObject({ state: 'ZD010' });
    expect(await attachPartition(place, { log: LOG, month })).toBe(0);
    expect(await stateOf(part)).toBe('attached');
    expect(await rowsOf(LOG, sessionId)).toEqual(before);
    expect(await findings()).toEqual([]);
  });

  it('puts rows that came meanwhile to those that were there', async () => {
    const { part, month, sessionId } = await filledMonth('2019-03');
    await detachPartition(place, { log: LOG, month });
    await inTenant(app, tenant, () =>
      insertEvents(app, tenant, [{ sessionId, sequence: 4, serverTime: '2019-03-20T00:00:00Z' }]),
    );
    const ensured = await callDmz(['partitions', 'ensure', '--json'], { DATABASE_URL: db.adminUrl });
    expect(JSON.parse(ensured.out)).toMatchObject({
      left: [{ month: '2019-03', rows: 1, why: expect.stringContaining('detached') }],
    });
    expect(ensured.status).toBe(1);
    expect(await attachPartition(place, { log: LOG, month })).toBe(1);
    expect(await rowsOf(part, sessionId)).toHaveLength(4);
    expect(await findings()).toEqual([]);
  });

  it('refuses a month that is needed, a log that is none, a month that is not there', async () => {
    const run = (...args: string[]) => callDmz(['partitions', ...args], { DATABASE_URL: db.adminUrl });
    const present = new Date().toISOString().slice(0, 7);
    expectFailure(await run('detach', LOG, present), 'PARTITION_MONTH_NEEDED', 1);
    expectFailure(await run('detach', LOG, '2019-13'), 'PARTITION_MONTH_INVALID', 2);
    expectFailure(await run('detach', 'org.teams', '2019-01'), 'PARTITION_LOG_UNKNOWN', 2);
    expectFailure(await run('detach', LOG, '1999-01'), 'PARTITION_STATE_REFUSED', 1);
    expectFailure(await run('attach', LOG, '1999-01'), 'PARTITION_STATE_REFUSED', 1);
  });

  it('killed while it waits for a reader, changes nothing; the next one does it', async () => {
    const { part, month, sessionId } = await filledMonth('2019-04');
    const reader = await db.connectAsAdmin();
    await reader.query(`BEGIN; SELECT FROM ${LOG} LIMIT 1`);
    const program = startDmz(['partitions', 'detach', LOG, '2019-04'], { DATABASE_URL: db.adminUrl });
    await waitsForLock();
    program.kill('SIGKILL');
    await once(program, 'exit');
    expect(await stateOf(part)).toBe('attached');
    const refused = detachPartition(place, { log: LOG, month, patienceMs: 300 });
    await expect(refused).rejects.toMatchObject({ code: 'PARTITION_LOCK_TIMEOUT' });
    await reader.query('ROLLBACK');
    await detachPartition(place, { log: LOG, month });
    expect(await stateOf(part)).toBe('detached');
    expect(await rowsOf(part, sessionId)).toHaveLength(3);
  });

  it('is not done CONCURRENTLY, which PostgreSQL refuses as long as there is a default partition', async () => {
    const { part } = await filledMonth('2019-05');
    const concurrently = admin.query(`ALTER TABLE ${LOG} DETACH PARTITION ${part} CONCURRENTLY`);
    expect(await refusalOfSql(concurrently)).toMatchObject({ state: '55000' });
  });

  it('finishes what an interrupted DETACH CONCURRENTLY has left', async () => {
    const { part, month, sessionId } = await filledMonth('2019-06');
    await admin.query(`BEGIN; ALTER TABLE ${LOG} DETACH PARTITION ${LOG}_default; COMMIT`);
    const reader = await db.connectAsAdmin();
    await reader.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM ${LOG} LIMIT 1`);
    const detaching = await db.connectAsAdmin();
    const { processID } = detaching as unknown as { processID: number };
    const cut = detaching.query(`ALTER TABLE ${LOG} DETACH PARTITION ${part} CONCURRENTLY`).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 500));
    await admin.query('SELECT pg_terminate_backend($1)', [processID]);
    await cut;
    await reader.query('ROLLBACK');
    await admin.query(`ALTER TABLE ${LOG} ATTACH PARTITION ${LOG}_default DEFAULT`);
    expect(await stateOf(part)).toBe('pending');
    expect(await findings()).toEqual([`month-is-whole-detached: ${part}`]);
    expect(await detachPartition(place, { log: LOG, month })).toBe(part);
    expect(await stateOf(part)).toBe('detached');
    expect(await rowsOf(part, sessionId)).toHaveLength(3);
    expect(await findings()).toEqual([]);
  });

  /** Until the program's request stands in the server's queue, where writers would wait behind it. */
  async function waitsForLock(): Promise<void> {
    for (;;) {
      const { rows } = await admin.query(
        `SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
         WHERE NOT granted AND application_name = 'dmz-partitions' AND datname = current_database()`,
      );
      if (rows.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
});
