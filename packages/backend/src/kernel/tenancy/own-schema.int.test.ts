/** In a schema of the tenant's own, a transaction works as that schema's role; the role ends with it, however it ends. */
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { execute } from '../../../test/harness/execute.ts';
import { type SchemaTenant, schemaTenant } from '../../../test/harness/schema-tenant.ts';
import { dropSchemaPlacement } from '../schema-tier/index.ts';
import { type TenantTx, tenantFunction } from './index.ts';

const SHARED = 'consumers';

/** What a transaction works as, what it has entered, and whose people it sees. */
interface Standing {
  readonly role: string;
  readonly tenant: string;
  readonly people: readonly string[];
}

describe('a tenant in a schema of its own', { timeout: 60_000 }, () => {
  const db = useDatabase();
  let admin: SqlClient;
  let own: SchemaTenant;
  let neighbour: SchemaTenant;
  let sharedId: string;
  const borrowed = vi.spyOn(pg.Pool.prototype, 'connect');

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    own = await schemaTenant(db, 'schema-one');
    neighbour = await schemaTenant(db, 'schema-two');
    const { rows } = await admin.query('SELECT id FROM public.tenants WHERE slug = $1', [SHARED]);
    sharedId = rows[0].id;
  }, 60_000);
  afterEach(() => borrowed.mockClear());

  const ENDINGS: [string, string | undefined, (tx: TenantTx, pid: number) => Promise<unknown>][] = [
    ['succeeds', undefined, (tx) => execute(tx, 'SELECT 1')],
    ['throws', 'its own', () => Promise.reject(Object.assign(new Error('own'), { code: 'its own' }))],
    ['fails in a statement', 'DATABASE_REFUSED', (tx) => execute(tx, 'SELECT 1 / 0')],
    [
      'fails in a statement and keeps it to itself',
      'TENANCY_ROLLED_BACK',
      (tx) => execute(tx, 'SELECT 1 / 0').catch(() => 'nobody needs to know'),
    ],
    [
      'takes too long',
      'DATABASE_CANCELLED',
      async (tx) => {
        await execute(tx, "SET LOCAL statement_timeout = '50ms'");
        await execute(tx, 'SELECT pg_sleep(5)');
      },
    ],
    [
      'is cancelled',
      'DATABASE_CANCELLED',
      (tx, pid) => Promise.all([execute(tx, 'SELECT pg_sleep(5)'), later('pg_cancel_backend', pid)]),
    ],
    [
      'loses its backend in the middle of a statement',
      'DATABASE_UNAVAILABLE',
      (tx, pid) => Promise.all([execute(tx, 'SELECT pg_sleep(5)'), later('pg_terminate_backend', pid)]),
    ],
    [
      'loses its backend before COMMIT',
      'TENANCY_COMMIT_UNKNOWN',
      (_, pid) => later('pg_terminate_backend', pid),
    ],
    ['becomes the program’s role again', undefined, (tx) => execute(tx, 'RESET ROLE')],
    [
      'tries to become its neighbour',
      undefined,
      (tx) => execute(tx, `SET LOCAL ROLE dmz_${neighbour.schema}`),
    ],
  ];

  it.each(ENDINGS)('leaves nothing of itself on the connection when its work %s', async (_, code, work) => {
    const { tenancy } = db.open({ poolSize: 1, retryMs: 0 });
    const first = tenancy.run(own.slug, async (tx) => {
      expect(await standing(tx)).toEqual(standingOf(own));
      return work(tx, await pidOf(tx));
    });
    expect(await codeOf(first)).toBe(code);
    expect(await idle()).toEqual({ role: 'dmz_app', tenant: '' });
    expect(await tenancy.run(neighbour.slug, standing)).toEqual(standingOf(neighbour));
    const shared = await tenancy.run(SHARED, standing);
    expect(shared).toEqual({ role: 'dmz_app', tenant: sharedId, people: [sharedId] });
    expect(await idle()).toEqual({ role: 'dmz_app', tenant: '' });
  });

  it('leaves nothing when many share few connections, some fail and some find none', async () => {
    const { tenancy } = db.open({ poolSize: 2, retryMs: 0 });
    const places = [own, neighbour, undefined];
    const runs = Array.from({ length: 90 }, async (_, at) => {
      const place = places[at % 3];
      const wanted = place ? standingOf(place) : { role: 'dmz_app', tenant: sharedId, people: [sharedId] };
      try {
        return await tenancy.run(place?.slug ?? SHARED, async (tx) => {
          expect(await standing(tx)).toEqual(wanted);
          if (at % 5 === 0) throw new RangeError();
          await execute(tx, 'SELECT pg_sleep(0.002)');
          expect(await standing(tx)).toEqual(wanted);
          return 'done';
        });
      } catch (error) {
        if (error instanceof RangeError) return 'thrown';
        throw error;
      }
    });
    expect((await Promise.all(runs)).filter((end) => end === 'done')).toHaveLength(72);
  });

  it('keeps its role in a snapshot too', async () => {
    const seen = await db.platform.tenancy.run(own.slug, standing, { snapshot: true });
    expect(seen).toEqual(standingOf(own));
  });

  it('cannot reach the module schemas’ rows, nor its neighbour’s, not even as the program’s role', async () => {
    for (const table of ['auth.users', `${neighbour.schema}.auth_users`]) {
      const reading = db.platform.tenancy.run(own.slug, (tx) => execute(tx, `SELECT FROM ${table}`));
      await expect(reading).rejects.toMatchObject({ code: 'DATABASE_REFUSED', found: 'SQLSTATE 42501' });
    }
    const reset = db.platform.tenancy.run(own.slug, async (tx) => {
      await execute(tx, 'RESET ROLE');
      return execute(tx, 'SELECT FROM auth.users');
    });
    await expect(reset).rejects.toMatchObject({ code: 'TENANCY_UNKNOWN_TENANT' });
  });

  it('is closed to a program that has not become its role', async () => {
    const app = await db.connectAsApp();
    await expect(app.query(`SELECT FROM ${own.schema}.auth_users`)).rejects.toMatchObject({ code: '42501' });
  });

  describe('a call of one statement', () => {
    /** Says what it runs as; `0` divides by it, and what is longer than a second is slept. */
    const probe = tenantFunction<[number], { role: string; tenant: string }>('game', 'probe', 1);

    beforeAll(async () => {
      for (const { schema } of [own, neighbour]) {
        await admin.query(`CREATE FUNCTION ${schema}.game_probe(tenant uuid, epoch bigint, at_time timestamptz, how numeric, OUT role text, OUT tenant_id text)
          LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN
            PERFORM dmz.enter_tenant(tenant, epoch), 1 / how, CASE WHEN how > 1 THEN pg_catalog.pg_sleep(how) END;
            SELECT current_user, pg_catalog.left(pg_catalog.current_setting('backtrace_functions'), 32)::uuid INTO role, tenant_id;
          END $$`);
        await admin.query(`REVOKE ALL ON FUNCTION ${schema}.game_probe FROM PUBLIC`);
        await admin.query(`GRANT EXECUTE ON FUNCTION ${schema}.game_probe TO dmz_${schema}`);
      }
    });

    it.each([
      ['succeeds', 1, undefined],
      ['fails', 0, 'DATABASE_REFUSED'],
      ['is cancelled', 5, 'DATABASE_CANCELLED'],
      ['loses its backend', 6, 'DATABASE_UNAVAILABLE'],
    ])('is made as the role, and leaves nothing of it when it %s', async (_, how, code) => {
      const { tenancy } = db.open({ poolSize: 1, retryMs: 0 });
      const pid = await tenancy.run(SHARED, pidOf);
      const ended = codeOf(tenancy.call(own.slug, probe, [how]));
      if (how > 1) await later(how === 5 ? 'pg_cancel_backend' : 'pg_terminate_backend', pid);
      expect(await ended).toBe(code);
      expect(await idle()).toEqual({ role: 'dmz_app', tenant: '' });
      for (const { id, slug, schema } of [neighbour, own])
        expect(await tenancy.call(slug, probe, [1])).toEqual({ role: `dmz_${schema}`, tenant_id: id });
      expect((await tenancy.run(SHARED, standing)).role).toBe('dmz_app');
    });
  });

  it('is told that it has moved, not that a schema is gone, by a router that slept meanwhile', async () => {
    const gone = await schemaTenant(db, 'schema-gone');
    const { tenancy } = db.open({ retryMs: 0 });
    await tenancy.run(gone.slug, standing);
    await admin.query("UPDATE public.residents SET state = 'departed' WHERE tenant_id = $1", [gone.id]);
    await dropSchemaPlacement(db.adminUrl, gone.slug);
    expect(await codeOf(tenancy.run(gone.slug, standing))).toBe('TENANCY_MOVED');
    const probe = tenantFunction<[number], unknown>('game', 'probe', 1);
    expect(await codeOf(tenancy.call(gone.slug, probe, [1]))).toBe('TENANCY_MOVED');
  });

  const standingOf = ({ id, schema }: SchemaTenant): Standing => ({
    role: `dmz_${schema}`,
    tenant: id,
    people: [id],
  });

  async function standing(tx: TenantTx): Promise<Standing> {
    const users = sql.raw(
      tx.placement.schema === null ? 'auth.users' : `"${tx.placement.schema}".auth_users`,
    );
    const { rows } = await execute(
      tx,
      sql`SELECT current_user AS role, left(current_setting('backtrace_functions'), 32)::uuid AS tenant, array(SELECT DISTINCT tenant_id FROM ${users}) AS people`,
    );
    return rows[0] as unknown as Standing;
  }
  async function pidOf(tx: TenantTx): Promise<number> {
    const { rows } = await execute(tx, 'SELECT pg_backend_pid() AS pid');
    return Number(rows[0]?.pid);
  }
  async function later(blow: 'pg_cancel_backend' | 'pg_terminate_backend', pid: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await admin.query(`SELECT ${blow}($1)`, [pid]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error) => error.code,
    );
  /** What the connection that was used last works as while nobody uses it; as a new one where it is closed. */
  async function idle(): Promise<{ role: string; tenant: string }> {
    const client = await (borrowed.mock.results.at(-1)?.value as Promise<pg.PoolClient>);
    try {
      const { rows } = await client.query(
        "SELECT current_user AS role, current_setting('backtrace_functions') AS tenant",
      );
      return rows[0];
    } catch {
      return { role: 'dmz_app', tenant: '' };
    }
  }
});
