/** Tenants that live on several instances: each call reaches its tenant's, also when that has changed since one looked. */
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { cuttingProxy } from '../../../test/harness/cutting-proxy.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { execute } from '../../../test/harness/execute.ts';
import { flip } from '../../../test/harness/flip.ts';
import { startedSession } from '../../../test/harness/play.ts';
import type { TenantTx } from './index.ts';

const MOVING = 'mid-company';
const STAYING = 'consumers';

const addDepartment = (tx: TenantTx, name: string) =>
  execute(tx, sql`INSERT INTO org.departments (tenant_id, name) VALUES (${tx.tenantId}, ${name})`);
const databaseOf = async (tx: TenantTx): Promise<unknown> =>
  (await execute(tx, 'SELECT current_database() AS name')).rows[0]?.name;

describe('a tenant that lives on another instance', () => {
  const db = useDatabase({ instances: { second: { from: 'copy' }, third: { from: 'copy' } } });
  let tenantId = '';
  const clients: Record<string, SqlClient> = {};
  let at = 'main';

  beforeAll(async () => {
    for (const instance of ['main', 'second', 'third']) clients[instance] = await db.connectAsAdmin(instance);
    tenantId = (await db.platform.tenancy.locate(MOVING)).id;
  });
  beforeEach(() => moveTo('second'));

  async function moveTo(to: string, purged = false): Promise<void> {
    if (at === to) return;
    const [control, source, target] = [clients.main!, clients[at]!, clients[to]!];
    at = to;
    await flip({ tenantId, control, source, target, to, purged });
  }
  const nameOf = (instance: string) => new URL(db.instance(instance).adminUrl).pathname.slice(1);
  async function departmentsAt(instance: string, name: string): Promise<number> {
    const text = 'SELECT count(*)::int AS n FROM org.departments WHERE name = $1';
    return (await clients[instance]!.query(text, [name])).rows[0].n;
  }

  it('is served there, and the others where they are', async () => {
    const { tenancy } = db.open({});
    expect(await tenancy.run(MOVING, databaseOf)).toBe(nameOf('second'));
    expect(await tenancy.run(STAYING, databaseOf)).toBe(nameOf('main'));
    const open = tenancy.pools().map(({ instance, open: count }) => [instance, count]);
    expect(open).toEqual([
      ['main', 1],
      ['second', 1],
    ]);
  });

  describe.each([
    ['departed from', false],
    ['was purged from', true],
  ])('and %s the place that a router remembers', (_, purged) => {
    it('is reached at the new one by run, with the work done once and there alone', async () => {
      const { tenancy } = db.open({});
      const name = `moved by run ${purged}`;
      await tenancy.run(MOVING, async () => {});
      await moveTo('third', purged);
      const work = vi.fn((tx: TenantTx) => addDepartment(tx, name));
      const onRetry = vi.fn();
      await tenancy.run(MOVING, work, { onRetry });
      expect(work).toHaveBeenCalledTimes(1);
      expect(onRetry.mock.calls.map(([{ code }]) => code)).toEqual(['TENANCY_MOVED']);
      expect([await departmentsAt('second', name), await departmentsAt('third', name)]).toEqual([0, 1]);
    });

    it('is reached at the new one by the calls of the event store, with prepared statements made before', async () => {
      const { game, tenancy } = db.open({ poolSize: 1 });
      const { sessionId } = await startedSession(db.platform, MOVING);
      // The copies of both places know the session; what is appended after the flip is at the new one alone.
      const action = { type: 'acknowledge_day' } as const;
      const [old, next] = ['second', 'third'] as const;
      await copySession(sessionId, old, next);
      await tenancy.run(MOVING, databaseOf);
      await moveTo(next, purged);
      const accepted = await game.act(MOVING, { sessionId, actionId: uuidv7(), action });
      expect(await headAt(old, sessionId)).toBeLessThan(accepted.lastSequence);
      expect(await headAt(next, sessionId)).toBe(accepted.lastSequence);
    });
  });

  it('waits while it is nowhere, and is served where it arrives', async () => {
    const { tenancy } = db.open({});
    await tenancy.run(MOVING, databaseOf);
    await clients.second!.query("UPDATE public.residents SET state = 'departed' WHERE tenant_id = $1", [
      tenantId,
    ]);
    const waiting = tenancy.run(MOVING, databaseOf);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await moveTo('third');
    expect(await waiting).toBe(nameOf('third'));
  });

  it('is unknown, at once, where the register names an instance that does not know it', async () => {
    const { tenancy } = db.open({ retryMs: 60_000 });
    await clients.second!.query('DELETE FROM public.residents WHERE tenant_id = $1', [tenantId]);
    try {
      const refused = tenancy.run(MOVING, databaseOf);
      await expect(refused).rejects.toMatchObject({ code: 'TENANCY_UNKNOWN_TENANT', retryable: false });
    } finally {
      await moveTo('third');
    }
  });

  it('is refused with a word on its instance where no address of that is known', async () => {
    const { tenancy } = db.open({ retryMs: 0 });
    await clients.main!.query("UPDATE public.instances SET name = 'elsewhere' WHERE name = 'second'");
    try {
      await expect(tenancy.run(MOVING, databaseOf)).rejects.toMatchObject({
        code: 'INSTANCE_UNKNOWN',
        found: 'elsewhere',
      });
      expect(await tenancy.run(STAYING, databaseOf)).toBe(nameOf('main'));
    } finally {
      await clients.main!.query("UPDATE public.instances SET name = 'second' WHERE name = 'elsewhere'");
    }
    expect(await tenancy.run(MOVING, databaseOf)).toBe(nameOf('second'));
  });

  it('is served on while the control database is away', async () => {
    const proxy = await cuttingProxy(db.appUrl);
    const { openPlatform } = await import('../../platform.ts');
    const appUrlOf = async (instance: string) => db.instance(instance).appUrl;
    const platform = openPlatform({ appUrl: proxy.url, appUrlOf, retryMs: 5_000 });
    try {
      expect(await platform.tenancy.run(MOVING, databaseOf)).toBe(nameOf('second'));
      await proxy.close();
      await clients.main!.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = 'dmz_app'",
        [nameOf('second')],
      );
      expect(await platform.tenancy.run(MOVING, databaseOf)).toBe(nameOf('second'));
    } finally {
      await platform.close();
    }
  });

  async function headAt(instance: string, sessionId: string): Promise<number> {
    const text = 'SELECT sequence::int AS head FROM game.session_heads WHERE id = $1';
    return (await clients[instance]!.query(text, [sessionId])).rows[0]?.head ?? 0;
  }
  /** As a move copies rows: with triggers off. */
  async function copySession(sessionId: string, from: string, to: string): Promise<void> {
    const target = clients[to]!;
    await target.query('BEGIN');
    await target.query("SET LOCAL session_replication_role = 'replica'");
    for (const [table, key] of [
      ['sessions', 'id'],
      ['session_heads', 'id'],
      ['actions', 'session_id'],
      ['events', 'session_id'],
    ]) {
      const text = `SELECT jsonb_agg(to_jsonb(t)) AS rows FROM game.${table} AS t WHERE ${key} = $1`;
      const { rows } = await clients[from]!.query(text, [sessionId]);
      await target.query(
        `INSERT INTO game.${table} SELECT * FROM jsonb_populate_recordset(null::game.${table}, $1::jsonb)`,
        [JSON.stringify(rows[0].rows)],
      );
    }
    await target.query('COMMIT');
  }
});
