/** What is tried again, and what must not be: work that may have been committed is repeated only where that is safe. */
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { allow } from '../../../test/harness/allow.ts';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { type CuttingProxy, cuttingProxy } from '../../../test/harness/cutting-proxy.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { execute } from '../../../test/harness/execute.ts';
import { streamOf } from '../../../test/harness/game-rows.ts';
import { startedSession } from '../../../test/harness/play.ts';
import { openPlatform, type Platform } from '../../platform.ts';
import type { TenantTx } from './index.ts';

const TENANT = 'small-company';

describe('a tenant’s transaction', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let tenantId: string;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    await allow(db, ['USAGE ON LANGUAGE plpgsql']);
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
  });

  const raise = (tx: TenantTx, state: string) =>
    execute(tx, sql.raw(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${state}'; END $$`));

  it.each(['40001', '40P01', '55P03', '57P01'])('is tried again after %s, from the start', async (state) => {
    const onRetry = vi.fn();
    let tries = 0;
    const result = await db.platform.tenancy.run(
      TENANT,
      async (tx) => {
        tries += 1;
        await addDepartment(tx, `try ${tries} of ${state}`);
        if (tries < 3) await raise(tx, state);
        return tries;
      },
      { onRetry },
    );
    expect([result, onRetry.mock.calls.length]).toEqual([3, 2]);
    expect(await departments(`% of ${state}`)).toEqual([`try 3 of ${state}`]);
  });

  it.each(['23505', '42501', '22012', '53100', '57014', 'ZD010'])(
    'is not tried again after %s',
    async (state) => {
      const work = vi.fn((tx: TenantTx) => raise(tx, state));
      await expect(db.platform.tenancy.run(TENANT, work)).rejects.toMatchObject({ retryable: false });
      expect(work).toHaveBeenCalledTimes(1);
    },
  );

  it('is not tried again after an error of the work itself, whatever that says', async () => {
    const work = vi.fn(() => Promise.reject(new RangeError('40001: could not serialize access')));
    await expect(db.platform.tenancy.run(TENANT, work)).rejects.toThrow(RangeError);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('is not taken for a database away when its work cannot reach another server', async () => {
    const work = vi.fn(() => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:6379')));
    await expect(db.platform.tenancy.run(TENANT, work)).rejects.toThrow('6379');
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('gets through when two of them lock each other out', async () => {
    const lock = (key: number) => sql`SELECT pg_advisory_xact_lock(${key})`;
    const both = [
      [1, 2],
      [2, 1],
    ].map(([first = 0, second = 0]) =>
      db.platform.tenancy.run(TENANT, async (tx) => {
        await execute(tx, lock(first));
        await execute(tx, 'SELECT pg_sleep(0.1)');
        await execute(tx, lock(second));
        return 'done';
      }),
    );
    expect(await Promise.all(both)).toEqual(['done', 'done']);
  });

  it('gives up when its time is over, with the last error', async () => {
    const { tenancy } = db.open({ poolSize: 1, retryMs: 1_500 });
    const work = vi.fn((tx: TenantTx) => raise(tx, '40001'));
    await expect(tenancy.run(TENANT, work)).rejects.toMatchObject({ code: 'DATABASE_CONTENTION' });
    expect(work.mock.calls.length).toBeGreaterThan(2);
  });

  it('is run where the tenant has moved to, and nobody notices', async () => {
    const onRetry = vi.fn();
    const { tenancy } = db.open({ poolSize: 2 });
    await tenancy.run(TENANT, async () => {});
    for (const table of ['placements', 'residents'])
      await admin.query(`UPDATE public.${table} SET epoch = epoch + 1 WHERE tenant_id = $1`, [tenantId]);
    const work = vi.fn(async () => 'served');
    expect(await tenancy.run(TENANT, work, { onRetry })).toBe('served');
    expect(work).toHaveBeenCalledTimes(1);
    expect(onRetry.mock.calls.map(([{ code }]) => code)).toEqual(['TENANCY_MOVED']);
    expect(await tenancy.run(tenantId, work, { onRetry })).toBe('served');
    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it('looks again when the tenant has departed, and is run where it arrives', async () => {
    const { tenancy } = db.open({ poolSize: 1, retryMs: 10_000 });
    await tenancy.run(TENANT, async () => {});
    await admin.query("UPDATE public.residents SET state = 'departed' WHERE tenant_id = $1", [tenantId]);
    const waiting = tenancy.run(TENANT, async () => 'served');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await admin.query('UPDATE public.placements SET epoch = epoch + 1 WHERE tenant_id = $1', [tenantId]);
    await admin.query(
      "UPDATE public.residents SET state = 'serving', epoch = epoch + 1 WHERE tenant_id = $1",
      [tenantId],
    );
    expect(await waiting).toBe('served');
  });

  it('does not begin while the tenant is suspended, and does again afterwards', async () => {
    const work = vi.fn(async () => {});
    const setState = (state: string) =>
      admin.query('UPDATE public.residents SET state = $2 WHERE tenant_id = $1', [tenantId, state]);
    await setState('suspended');
    try {
      await expect(db.platform.tenancy.run(TENANT, work)).rejects.toMatchObject({
        code: 'TENANCY_NOT_SERVED',
      });
      expect(work).not.toHaveBeenCalled();
      await db.platform.tenancy.run('consumers', work);
    } finally {
      await setState('serving');
    }
    await db.platform.tenancy.run(TENANT, work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  async function departments(pattern: string): Promise<string[]> {
    const { rows } = await admin.query('SELECT name FROM org.departments WHERE name LIKE $1 ORDER BY name', [
      pattern,
    ]);
    return rows.map(({ name }) => name);
  }
});

const addDepartment = (tx: TenantTx, name: string) =>
  execute(tx, sql`INSERT INTO org.departments (tenant_id, name) VALUES (${tx.tenantId}, ${name})`);

describe('a COMMIT whose answer is lost', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let proxy: CuttingProxy;
  let platform: Platform;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    proxy = await cuttingProxy(db.appUrl);
    platform = openPlatform({ appUrl: proxy.url, poolSize: 1 });
    await platform.tenancy.run(TENANT, async () => {});
  });
  afterAll(async () => {
    await platform.close();
    await proxy.close();
  });
  afterEach(async () => {
    await platform.tenancy.run(TENANT, async () => {}); // the pool has replaced what was cut
  });

  const countOf = async (name: string) =>
    (await admin.query('SELECT count(*)::int AS n FROM org.departments WHERE name = $1', [name])).rows[0].n;

  it('is reported as unknown, and the work is not done twice', async () => {
    proxy.cutNextAnswerTo('COMMIT');
    const work = vi.fn((tx: TenantTx) => addDepartment(tx, 'once'));
    await expect(platform.tenancy.run(TENANT, work)).rejects.toMatchObject({
      code: 'TENANCY_COMMIT_UNKNOWN',
      retryable: false,
    });
    expect(work).toHaveBeenCalledTimes(1);
    expect(await countOf('once')).toBe(1);
  });

  it('is tried again when the work says that doing it twice does no harm', async () => {
    proxy.cutNextAnswerTo('COMMIT');
    let run = 0;
    const work = vi.fn((tx: TenantTx) => {
      run += 1;
      return addDepartment(tx, `run ${run}`);
    });
    const onRetry = vi.fn();
    await platform.tenancy.run(TENANT, work, { idempotent: true, onRetry });
    expect(work).toHaveBeenCalledTimes(2);
    expect(onRetry.mock.calls.map(([{ code }]) => code)).toEqual(['TENANCY_COMMIT_UNKNOWN']);
  });

  it('does not make a player’s action happen twice, nor get lost', async () => {
    const { sessionId, lastSequence } = await startedSession(platform, TENANT);
    proxy.cutNextAnswerTo('append_events');
    const onRetry = vi.fn();
    const request = { sessionId, actionId: uuidv7(), action: { type: 'acknowledge_day' } };
    const accepted = await platform.game.act(TENANT, request, { onRetry });
    expect(onRetry).toHaveBeenCalledTimes(1);
    const stream = await streamOf(admin, sessionId);
    expect(stream).toHaveLength(accepted.lastSequence);
    expect(stream.filter(({ actionId }) => actionId === request.actionId)).toHaveLength(
      stream.length - lastSequence,
    );
    expect((await platform.game.replay(TENANT, sessionId)).mismatches).toEqual([]);
  });
});
