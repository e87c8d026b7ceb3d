/** The context of a tenant ends with its transaction, however that ends; and no pooled connection carries it on. */
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { execute } from '../../../test/harness/execute.ts';
import { authTables } from '../../modules/auth/schema.ts';
import { prepared, type TenantTx } from './index.ts';

const OWN = 'consumers';
const OTHER = 'small-company';

/** Under the names that the code knows ours by; each would take something from whoever executes it. */
const IN_THE_PLACE_OF_OURS = [
  `PREPARE enter_tenant (uuid, bigint, text) AS
     SELECT dmz.enter_tenant($1, $2, $3) AS now, set_config('test.taken', $3, false)`,
  "PREPARE people AS SELECT set_config('test.taken', 'everything', false)",
];

describe('the context of a tenant', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let ids: Record<string, string>;
  const borrowed = vi.spyOn(pg.Pool.prototype, 'connect');

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    const { rows } = await admin.query('SELECT slug, id FROM public.tenants');
    ids = Object.fromEntries(rows.map(({ slug, id }) => [slug, id]));
  });
  afterEach(() => borrowed.mockClear());

  /** How a transaction of one tenant can end, and with which error. */
  const ENDINGS: [string, string | undefined, (tx: TenantTx, pid: number) => Promise<unknown>][] = [
    ['succeeds', undefined, (tx) => execute(tx, 'SELECT count(*) FROM auth.users')],
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
      'is cancelled in the middle of a statement',
      'DATABASE_CANCELLED',
      (tx, pid) => Promise.all([execute(tx, 'SELECT pg_sleep(5)'), later('pg_cancel_backend', pid)]),
    ],
    [
      'loses its connection in the middle of a statement',
      'DATABASE_UNAVAILABLE',
      (tx, pid) => Promise.all([execute(tx, 'SELECT pg_sleep(5)'), later('pg_terminate_backend', pid)]),
    ],
    [
      'loses its connection between two statements',
      'DATABASE_UNAVAILABLE',
      async (tx, pid) => {
        await later('pg_terminate_backend', pid);
        await execute(tx, 'SELECT 1');
      },
    ],
    [
      'loses its connection before COMMIT',
      'TENANCY_COMMIT_UNKNOWN',
      (_, pid) => later('pg_terminate_backend', pid),
    ],
    [
      'leaves a setting for the session behind',
      undefined,
      (tx) => execute(tx, "SET LOCAL TimeZone = 'Asia/Tokyo'"),
    ],
  ];

  it.each(ENDINGS)('is gone from the connection when the work %s', async (_, code, work) => {
    const { tenancy } = db.open({ poolSize: 1, retryMs: 0 });
    const first = tenancy.run(OWN, async (tx) => {
      expect(await seen(tx)).toEqual([ids[OWN]]);
      return work(tx, await pidOf(tx));
    });
    expect(
      await first.then(
        () => undefined,
        (error) => error.code,
      ),
    ).toBe(code);
    expect(await contextOfIdle()).toBe('');
    expect(await tenancy.run(OTHER, seen)).toEqual([ids[OTHER]]);
    expect(await contextOfIdle()).toBe('');
  });

  it('is each transaction’s own, when many share few connections', async () => {
    const { tenancy } = db.open({ poolSize: 3, retryMs: 0 });
    const runs = Array.from({ length: 90 }, (_, at) => {
      const tenant = [OWN, OTHER, 'mid-company'][at % 3]!;
      return tenancy
        .run(tenant, async (tx) => {
          const before = await seen(tx);
          if (at % 5 === 0) throw new RangeError();
          await execute(tx, 'SELECT pg_sleep(0.002)');
          return [...before, ...(await seen(tx))].every((id) => id === ids[tenant]);
        })
        .catch((error) => error instanceof RangeError);
    });
    expect(await Promise.all(runs)).toEqual(runs.map(() => true));
  });

  it('ends with its transaction: one that is kept serves nobody inside the next tenant’s', async () => {
    const { tenancy } = db.open({ poolSize: 1, retryMs: 0 });
    const kept = await tenancy.run(OWN, async (tx) => ({ tx }));
    await tenancy.run(OTHER, async (tx) => {
      const late = seen(kept.tx);
      await expect(late).rejects.toMatchObject({ cause: { code: 'TENANCY_TRANSACTION_ENDED' } });
      expect(await seen(tx)).toEqual([ids[OTHER]]);
    });
  });

  it('serves no statement that another tenant has prepared in the place of ours', async () => {
    const { tenancy } = db.open({ poolSize: 1 });
    const people = (tx: TenantTx) =>
      prepared(tx, 'people', (database, name) => {
        const { users } = authTables(tx);
        return database.selectDistinct({ tenantId: users.tenantId }).from(users).prepare(name);
      }).execute();
    await tenancy.run(OWN, people);
    const names = tenancy.run(OWN, (tx) => execute(tx, 'SELECT name FROM pg_prepared_statements'));
    await expect(names).rejects.toMatchObject({ code: 'DATABASE_REFUSED' });
    await tenancy.run(OWN, async (tx) => {
      for (const statement of ['DEALLOCATE ALL', ...IN_THE_PLACE_OF_OURS]) await execute(tx, statement);
    });
    expect(await tenancy.run(OTHER, people)).toEqual([{ tenantId: ids[OTHER] }]);
    const { rows } = await tenancy.run(OTHER, (tx) =>
      execute(tx, "SELECT coalesce(current_setting('test.taken', true), '') AS taken"),
    );
    expect(rows).toEqual([{ taken: '' }]);
  });

  it('cannot be exchanged for another one within a transaction', async () => {
    const change = db.platform.tenancy.run(OWN, (tx) =>
      execute(tx, sql`SELECT dmz.enter_tenant(${ids[OTHER]}::uuid)`),
    );
    await expect(change).rejects.toMatchObject({ code: 'TENANCY_NO_CONTEXT' });
  });

  it.each(['nobody', '', ' consumers', "x' OR 'a'='a", '00000000-0000-0000-0000-000000000000'])(
    'is not there for a tenant that does not exist: %j',
    async (reference) => {
      const work = vi.fn();
      const run = db.platform.tenancy.run(reference, work);
      await expect(run).rejects.toMatchObject({ code: 'TENANCY_UNKNOWN_TENANT' });
      expect(work).not.toHaveBeenCalled();
    },
  );

  it('is found by a tenant’s id as by its slug', async () => {
    expect(await db.platform.tenancy.run(ids[OTHER]!, seen)).toEqual([ids[OTHER]]);
  });

  /** @returns the tenants whose people the transaction sees, asked for without any condition */
  async function seen(tx: TenantTx): Promise<unknown[]> {
    const { rows } = await execute(tx, 'SELECT DISTINCT tenant_id FROM auth.users');
    return rows.map((row) => row.tenant_id);
  }
  async function pidOf(tx: TenantTx): Promise<number> {
    const { rows } = await execute(tx, 'SELECT pg_backend_pid() AS pid');
    return Number(rows[0]?.pid);
  }
  async function later(blow: 'pg_cancel_backend' | 'pg_terminate_backend', pid: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 100));
    await admin.query(`SELECT ${blow}($1)`, [pid]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  /** What the connection that was used last has for a context, while nobody uses it; '' when it is closed. */
  async function contextOfIdle(): Promise<string> {
    const client = await (borrowed.mock.results.at(-1)?.value as Promise<pg.PoolClient>);
    try {
      const { rows } = await client.query("SELECT current_setting('backtrace_functions') AS context");
      return rows[0].context;
    } catch {
      return '';
    }
  }
});
