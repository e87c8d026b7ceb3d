/** What is done to the database is done to every instance: migrations, reference data, checks, months, consumers, sessions. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { cuttingProxy } from '../../test/harness/cutting-proxy.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { flip } from '../../test/harness/flip.ts';
import { startedSession } from '../../test/harness/play.ts';
import { callDmz } from '../../test/harness/run-dmz.ts';
import { openPlatform } from '../platform.ts';

const MOVED = 'mid-company';
const STAYED = 'consumers';

describe('a fleet of two instances', () => {
  const db = useDatabase({ instances: { second: { from: 'copy' } } });
  let control: SqlClient;
  let second: SqlClient;

  beforeAll(async () => {
    control = await db.connectAsAdmin();
    second = await db.connectAsAdmin('second');
    const { id: tenantId } = await db.platform.tenancy.locate(MOVED);
    await flip({ tenantId, control, source: control, target: second, to: 'second' });
  });

  const dmz = (...args: string[]) => callDmz(args, db.environment);
  const json = async (...args: string[]) => JSON.parse((await dmz(...args, '--json')).out);

  it('is migrated as a whole', async () => {
    const last = 'SELECT name FROM drizzle.__drizzle_migrations ORDER BY id DESC LIMIT 1';
    const run = await json('db', 'migrate');
    expect(run).toMatchObject({ applied: [], instances: [{ instance: 'second', applied: [] }] });
    expect(run.instances[0].total).toBe(run.total);
    expect((await second.query(last)).rows).toEqual((await control.query(last)).rows);
  });

  it('gets its reference data everywhere', async () => {
    await second.query("DELETE FROM public.locales WHERE tag = 'de-AT'");
    expect(await json('db', 'seed')).toMatchObject({ reference: 1 });
    expect(await json('db', 'seed')).toMatchObject({ reference: 0 });
  });

  it('is checked everywhere, and a finding names its instance', async () => {
    expect((await json('db', 'check')).findings).toEqual([]);
    await second.query('ALTER TABLE auth.users NO FORCE ROW LEVEL SECURITY');
    const { findings } = await json('db', 'check');
    expect(findings).toContainEqual(expect.objectContaining({ object: 'second: auth.users' }));
    expect(findings.filter(({ object }: { object: string }) => !object.startsWith('second: '))).toEqual([]);
    await second.query('ALTER TABLE auth.users FORCE ROW LEVEL SECURITY');
  });

  it('has its months tended everywhere', async () => {
    const month = `'game.events' || to_char(now() AT TIME ZONE 'UTC' + interval '2 months', '"_y"YYYY"m"MM')`;
    const { rows } = await second.query(`SELECT ${month} AS part`);
    await second.query(`DROP TABLE ${rows[0].part}`);
    const listed = await json('partitions', 'list');
    expect(new Set(listed.map(({ instance }: { instance: string }) => instance))).toEqual(
      new Set(['main', 'second']),
    );
    const { made } = await json('partitions', 'ensure');
    expect(made).toMatchObject([{ log: 'game.events', instance: 'second' }]);
    expect(await json('partitions', 'ensure', '--instance', 'second')).toMatchObject({ made: [] });
    const only = await json('partitions', 'list', '--instance', 'second');
    expect(only.every(({ instance }: { instance: string }) => instance === 'second')).toBe(true);
  });

  it('shows and verifies the sessions of all of it, and its consumers finish everywhere', async () => {
    const [there, here] = [
      await startedSession(db.platform, MOVED),
      await startedSession(db.platform, STAYED),
    ];
    const sessions = await json('session', 'list', '--limit', '2');
    expect(sessions.map(({ id }: { id: string }) => id).sort()).toEqual(
      [there.sessionId, here.sessionId].sort(),
    );
    expect(await json('session', 'replay', '--verify', '--all')).toMatchObject({ identical: true });
    await json('consumers', 'run', '--until-idle');
    const behind = (await json('consumers', 'status')).filter(
      ({ sessionsBehind }: { sessionsBehind: number }) => sessionsBehind > 0,
    );
    expect(behind).toEqual([]);
    for (const tenant of [MOVED, STAYED])
      expect((await dmz('simulate', '--players', '2', '--actions', '10', '--tenant', tenant)).status).toBe(0);
  });

  it('keeps no consumer waiting for an instance that is away', async () => {
    const proxy = await cuttingProxy(db.instance('second').appUrl);
    const platform = openPlatform({ appUrl: db.appUrl, appUrlOf: async () => proxy.url, retryMs: 20_000 });
    const away = await startedSession(db.platform, MOVED);
    try {
      await platform.tenancy.run(MOVED, async () => {});
      await proxy.close();
      platform.consumers.start({ tenants: async () => [MOVED, STAYED], pollMs: 200 });
      await sleep(500);
      const { sessionId } = await startedSession(db.platform, STAYED);
      await expect
        .poll(
          async () =>
            (await db.platform.consumers.status(STAYED)).every(({ sessionsBehind }) => sessionsBehind === 0),
          { timeout: 8_000 },
        )
        .toBe(true);
      expect(sessionId).not.toBe(away.sessionId);
    } finally {
      await platform.close();
    }
  }, 60_000);
});
