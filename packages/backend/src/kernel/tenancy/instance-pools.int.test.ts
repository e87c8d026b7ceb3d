/** A program's connections to several instances: limits hold, one instance that hangs keeps no other waiting. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { execute } from '../../../test/harness/execute.ts';
import { flip } from '../../../test/harness/flip.ts';
import type { Tenancy, TenantTx } from './index.ts';

const ON_MAIN = 'consumers';
const ON_SECOND = 'mid-company';
const ON_THIRD = 'small-company';

const seen = async (tx: TenantTx) =>
  (await execute(tx, 'SELECT DISTINCT tenant_id FROM auth.users')).rows.map((row) => row.tenant_id);
const hold = (ms: number) => (tx: TenantTx) => execute(tx, `SELECT pg_sleep(${ms / 1000})`);

describe('the pools of a program', () => {
  const db = useDatabase({ instances: { second: { from: 'copy' }, third: { from: 'copy' } } });
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    const control = await db.connectAsAdmin();
    for (const tenant of [ON_MAIN, ON_SECOND, ON_THIRD])
      ids[tenant] = (await db.platform.tenancy.locate(tenant)).id;
    for (const [tenant, to] of [
      [ON_SECOND, 'second'],
      [ON_THIRD, 'third'],
    ] as const)
      await flip({
        ...{ tenantId: ids[tenant]!, control, source: control, to },
        target: await db.connectAsAdmin(to),
      });
  });

  const openOf = (tenancy: Tenancy) => tenancy.pools().reduce((sum, { open }) => sum + open, 0);

  it('keep no instance waiting for another one that hangs', async () => {
    const { tenancy } = db.open({ poolSize: 2, poolTotal: 4, retryMs: 0 });
    const stuck = [1, 2, 3, 4].map(() => tenancy.run(ON_SECOND, hold(1_500)));
    await sleep(200);
    const startedAt = performance.now();
    expect(await tenancy.run(ON_MAIN, seen)).toEqual([ids[ON_MAIN]]);
    expect(await tenancy.run(ON_THIRD, seen)).toEqual([ids[ON_THIRD]]);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(tenancy.pools().find(({ instance }) => instance === 'second')).toMatchObject({
      open: 2,
      waiting: 2,
    });
    await Promise.all(stuck);
  });

  it('tell who waits too long for a connection, and go on serving when one is free again', async () => {
    const { tenancy } = db.open({ poolSize: 1, retryMs: 0 });
    await tenancy.run(ON_SECOND, seen);
    const stuck = tenancy.run(ON_SECOND, hold(6_500));
    await sleep(50);
    await expect(tenancy.run(ON_SECOND, seen)).rejects.toMatchObject({
      code: 'TENANCY_POOL_EXHAUSTED',
      retryable: true,
      found: expect.stringContaining('second'),
    });
    await stuck;
    expect(await tenancy.run(ON_SECOND, seen)).toEqual([ids[ON_SECOND]]);
  }, 20_000);

  it('have no more connections together than allowed, and none of them with another tenant’s context', async () => {
    const { tenancy } = db.open({ poolSize: 3, poolTotal: 4, retryMs: 0 });
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, openOf(tenancy));
    }, 1);
    const tenants = [ON_MAIN, ON_SECOND, ON_THIRD];
    const runs = Array.from({ length: 120 }, async (_, at) => {
      const tenant = tenants[at % 3]!;
      await sleep((at % 10) * 15);
      const failure = at % 7 === 0 ? new RangeError() : undefined;
      const run = tenancy.run(tenant, async (tx) => {
        const ours = await seen(tx);
        if (failure) throw failure;
        await hold(3)(tx);
        return ours;
      });
      return failure ? run.catch((error) => error === failure) : (await run)[0] === ids[tenant];
    });
    expect(await Promise.all(runs)).toEqual(runs.map(() => true));
    clearInterval(watching);
    expect(most).toBe(4);
  });

  it('close what nobody has used for a while', async () => {
    const { tenancy } = db.open({ idlePoolMs: 200 });
    await tenancy.run(ON_SECOND, seen);
    expect(tenancy.pools().map(({ instance }) => instance)).toEqual(['main', 'second']);
    await sleep(600);
    expect(tenancy.pools()).toEqual([]);
    expect(await tenancy.run(ON_SECOND, seen)).toEqual([ids[ON_SECOND]]);
  });

  it('keep a connection on which the database refused a call, and close one whose call was killed', async () => {
    const { tenancy } = db.open({ poolSize: 1, retryMs: 0 });
    const backend = async () =>
      (await tenancy.run(ON_SECOND, (tx) => execute(tx, 'SELECT pg_backend_pid() AS pid'))).rows[0]?.pid;
    const before = await backend();
    await expect(tenancy.run(ON_SECOND, (tx) => execute(tx, 'SELECT 1 / 0'))).rejects.toMatchObject({
      code: 'DATABASE_REFUSED',
    });
    expect(await backend()).toBe(before);
    const admin = await db.connectAsAdmin('second');
    const killed = expect(tenancy.run(ON_SECOND, hold(5_000))).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    await sleep(200);
    await admin.query('SELECT pg_terminate_backend($1)', [before]);
    await killed;
    expect(await backend()).not.toBe(before);
  });
});
