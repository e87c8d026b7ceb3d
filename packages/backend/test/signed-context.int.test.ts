/**
 * An attacker who can run any SQL as `dmz_app`, within one tenant's transaction or alone on a connection, becomes no other
 * tenant: by no setting, function, role or token that it can get at.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { migrationsFolder } from '../src/kernel/migrations/journal.ts';
import type { SqlClient } from './harness/by-hand.ts';
import { useDatabase } from './harness/database.ts';
import { type Claims, enterTenant, tokenFor } from './harness/enter-tenant.ts';
import { schemaTenant } from './harness/schema-tenant.ts';
import { attempt } from './isolation/attempt.ts';

interface Party {
  readonly id: string;
  readonly schema: string | null;
}

/** What an attacker knows of its victim, who need not be a secret. */
interface Victim extends Party {
  readonly epoch: number;
  readonly hex: string;
}

interface Attack {
  readonly name: string;
  /** SQLSTATE inside a tenant's transaction; undefined where the statement is carried out, to no effect. */
  readonly state: string | undefined;
  /** The same outside, where it differs. */
  readonly alone?: string;
  readonly statement: (victim: Victim, client: pg.Client) => string | Promise<string>;
}

const entry = (claims: Claims) => async (victim: Victim, client: pg.Client) => {
  const token = await tokenFor(client, victim.id, { epoch: victim.epoch, ...claims });
  return `SELECT dmz.enter_tenant('${victim.id}', ${victim.epoch}, '${token}')`;
};
const GUESSED = Buffer.alloc(32, 7);
const caught = (statement: string) =>
  `DO $$ BEGIN PERFORM ${statement}; EXCEPTION WHEN OTHERS THEN NULL; END $$`;

const ATTACKS: readonly Attack[] = [
  ...["'dmz.tenant_id'", "'dmz.entered'", "'app.tenant'"].map((name) => ({
    name: `the variable ${name} set`,
    state: undefined,
    statement: ({ id, schema }: Victim) =>
      `SELECT set_config(${name}, '${id}${schema === null ? '' : `@${schema}`}', true)`,
  })),
  {
    name: 'the context set for the transaction',
    state: '42501',
    statement: ({ hex }) => `SELECT set_config('backtrace_functions', '${hex}', true)`,
  },
  { name: 'for the session', state: '42501', statement: ({ hex }) => `SET backtrace_functions = '${hex}'` },
  {
    name: 'by the view of settings',
    state: '42501',
    statement: ({ hex }) => `UPDATE pg_settings SET setting = '${hex}' WHERE name = 'backtrace_functions'`,
  },
  {
    name: 'for the role',
    state: '42501',
    statement: ({ hex }) => `ALTER ROLE dmz_app SET backtrace_functions = '${hex}'`,
  },
  {
    name: 'by a function with a setting',
    state: '42501',
    statement: ({ hex }) =>
      `CREATE FUNCTION pg_temp.f() RETURNS text LANGUAGE sql SET backtrace_functions = '${hex}' AS 'SELECT 1'`,
  },
  { name: 'put back', state: '42501', statement: () => 'RESET backtrace_functions' },
  { name: 'everything put back', state: undefined, statement: () => 'RESET ALL' },
  { name: 'everything thrown away', state: '25001', statement: () => 'DISCARD ALL' },
  {
    name: 'the former way in',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id }) => `SELECT dmz.enter_tenant('${id}')`,
  },
  {
    name: 'the former way in, with its refusal caught',
    state: undefined,
    statement: ({ id }) => caught(`dmz.enter_tenant('${id}')`),
  },
  {
    name: 'a function that enters by itself',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id, epoch }) => `SELECT admin.read_audit_log('${id}', ${epoch}, NULL, 0, NULL, 10)`,
  },
  {
    name: 'one that works as the owner',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id, epoch }) => `SELECT admin.open_audit_chain('${id}', ${epoch}, NULL)`,
  },
  {
    name: 'an append',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id, epoch }) =>
      `SELECT game.append_events('${id}', ${epoch}, NULL, ${"'{}', ".repeat(16)}'{}')`,
  },
  {
    name: 'what only the owner may call',
    state: '42501',
    statement: ({ id }) => `SELECT dmz.set_context('${id}', NULL)`,
  },
  { name: 'its door', state: '42501', statement: ({ id }) => `SELECT dmz.open_tenant('${id}')` },
  {
    name: 'the door of the maintenance role',
    state: '42501',
    statement: ({ id }) => `SELECT dmz.purge_tenant_rows('auth.users', '${id}', 1, 'x')`,
  },
  { name: 'the secret read', state: '42501', statement: () => 'SELECT * FROM public.context_keys' },
  {
    name: 'the secret copied',
    state: '42501',
    statement: () => 'COPY public.context_keys (inner_pad) TO STDOUT',
  },
  {
    name: 'a token tried without an entry',
    state: '42501',
    statement: ({ id }) => `SELECT dmz.verify_token('${id}', 1, 'x')`,
  },
  {
    name: 'no token',
    state: 'ZD080',
    statement: ({ id, epoch }) => `SELECT dmz.enter_tenant('${id}', ${epoch}, NULL)`,
  },
  {
    name: 'any text for a token',
    state: 'ZD080',
    statement: ({ id, epoch }) => `SELECT dmz.enter_tenant('${id}', ${epoch}, 'v1.token')`,
  },
  { name: 'a token of a key of one’s own', state: 'ZD081', statement: entry({ keyId: uuidv7() }) },
  { name: 'a token signed with a guess', state: 'ZD082', statement: entry({ secret: GUESSED }) },
  { name: 'a token for another tenant', state: 'ZD082', statement: entry({ tenantId: uuidv7() }) },
  { name: 'a token for another epoch', state: 'ZD082', statement: entry({ epoch: 77 }) },
  { name: 'a token for another database', state: 'ZD082', statement: entry({ database: 'elsewhere' }) },
  { name: 'a token of another connection', state: 'ZD083', statement: entry({ processId: 1 }) },
  { name: 'a token of earlier', state: 'ZD084', statement: entry({ aheadMs: -20_000 }) },
  { name: 'a token for later', state: 'ZD084', statement: entry({ aheadMs: 10_000 }) },
];

const BECOMING: readonly Attack[] = [
  {
    name: 'its role',
    state: undefined,
    statement: ({ schema }) => `SET LOCAL ROLE dmz_${schema}`,
  },
  {
    name: 'its role, for the session',
    state: undefined,
    statement: ({ schema }) => `SELECT set_config('role', 'dmz_${schema}', false)`,
  },
  {
    name: 'its own append as its role',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id, epoch, schema }) =>
      `SET LOCAL ROLE dmz_${schema}; SELECT ${schema}.game_append_events('${id}', ${epoch}, NULL, ${"'{}', ".repeat(16)}'{}')`,
  },
  {
    name: 'the former way in as its role',
    state: 'ZD004',
    alone: 'ZD001',
    statement: ({ id, schema }) => `SET LOCAL ROLE dmz_${schema}; SELECT dmz.enter_tenant('${id}')`,
  },
  {
    name: 'a token for the module schemas',
    state: 'ZD004',
    alone: 'ZD082',
    statement: entry({ schema: null }),
  },
];

describe('a signed context', { timeout: 120_000 }, () => {
  const db = useDatabase();
  let admin: SqlClient;
  const attackers: Record<string, Party> = {};
  const victims: Record<string, Victim> = {};

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    const owned = [await schemaTenant(db, 'signed-one'), await schemaTenant(db, 'signed-two')];
    const located = async (reference: string): Promise<Victim> => {
      const { id, schema, epoch } = await db.platform.tenancy.locate(reference);
      return { id, schema, epoch, hex: id.replaceAll('-', '') };
    };
    attackers['a shared tenant'] = await located('small-company');
    attackers['a tenant with a schema'] = await located(owned[0]!.slug);
    victims['a shared tenant'] = await located('mid-company');
    victims['a tenant with a schema'] = await located(owned[1]!.slug);
  }, 60_000);

  /** What the connection sees of a tenant's people, whichever role it has to be for that. */
  async function seen(client: pg.Client, { id, schema }: Party): Promise<number> {
    let most = 0;
    const roles = schema === null ? ['dmz_app'] : ['dmz_app', `dmz_${schema}`];
    const users = schema === null ? 'auth.users' : `${schema}.auth_users`;
    for (const role of roles) {
      await client.query('SAVEPOINT looking');
      const rows = await client
        .query(`SET LOCAL ROLE ${role}`)
        .then(() => client.query(`SELECT FROM ${users} WHERE tenant_id = '${id}'`))
        .then(({ rowCount }) => rowCount ?? 0)
        .catch(() => 0);
      most = Math.max(most, rows);
      await client.query('ROLLBACK TO SAVEPOINT looking');
    }
    return most;
  }

  /** @returns the SQLSTATE of the attack, and how many of the victim's rows could be seen afterwards */
  async function strike(client: pg.Client, attacker: Party | undefined, victim: Victim, attack: Attack) {
    await client.query('BEGIN');
    try {
      if (attacker) await enterTenant(client, attacker.id, attacker);
      const statement = await attack.statement(victim, client);
      await client.query('SAVEPOINT before');
      const state = await client.query(statement).then(
        () => undefined,
        ({ code }) => code as string,
      );
      const after = state === undefined ? await seen(client, victim) : 0;
      await client.query('ROLLBACK TO SAVEPOINT before');
      return { state, rows: after + (await seen(client, victim)) };
    } finally {
      await client.query('ROLLBACK; RESET ROLE');
    }
  }

  describe.each(['a shared tenant', 'a tenant with a schema'])('of %s', (of) => {
    const attacks = of === 'a shared tenant' ? ATTACKS : [...ATTACKS, ...BECOMING];

    it.each(['a shared tenant', 'a tenant with a schema'])('is not to be had from inside %s', async (by) => {
      const app = await db.connectAsApp();
      const attacker = attackers[by]!;
      for (const attack of attacks) {
        const outcome = await strike(app, attacker, victims[of]!, attack);
        expect(outcome, attack.name).toEqual({ state: attack.state, rows: 0 });
      }
    });

    it('is not to be had outside of any tenant', async () => {
      const app = await db.connectAsApp();
      for (const attack of attacks) {
        const outcome = await strike(app, undefined, victims[of]!, attack);
        expect(outcome, attack.name).toEqual({ state: attack.alone ?? attack.state, rows: 0 });
      }
    });

    it('is there with an honest token, or none of this would prove anything', async () => {
      const app = await db.connectAsApp();
      const honest: Attack = { name: 'honest', state: undefined, statement: entry({}) };
      const { state, rows } = await strike(app, undefined, victims[of]!, honest);
      expect([state, rows > 0]).toEqual([undefined, true]);
    });
  });

  it('is not carried to another connection by a token that was captured, and ends with its transaction', async () => {
    const [one, other] = [await db.connectAsApp(), await db.connectAsApp()];
    const victim = victims['a shared tenant']!;
    const enter = await entry({})(victim, one);
    expect((await attempt(other, 'none', enter)).state).toBe('ZD083');
    await one.query('BEGIN');
    await one.query(enter);
    expect(await seen(one, victim)).toBeGreaterThan(0);
    await one.query('COMMIT');
    expect((await attempt(one, 'none', 'SELECT FROM auth.users')).state).toBe('ZD001');
  });

  it('is gone where the savepoint is that it was entered behind', async () => {
    const app = await db.connectAsApp();
    const victim = victims['a shared tenant']!;
    await app.query('BEGIN; SAVEPOINT outside');
    await enterTenant(app, victim.id, victim);
    await app.query('ROLLBACK TO SAVEPOINT outside');
    expect((await app.query('SELECT FROM auth.users').catch((error) => error)).code).toBe('ZD001');
    await app.query('ROLLBACK');
  });

  it('is each transaction’s own for a prepared statement, which knows no tenant', async () => {
    const app = await db.connectAsApp();
    await app.query('PREPARE people AS SELECT DISTINCT tenant_id FROM auth.users');
    for (const tenant of [attackers['a shared tenant']!, victims['a shared tenant']!]) {
      const { rows } = await attempt(app, { entered: tenant.id }, 'EXECUTE people');
      expect(rows).toEqual([{ tenant_id: tenant.id }]);
    }
    expect((await attempt(app, 'none', 'EXECUTE people')).state).toBe('ZD001');
  });

  it('is seen by the workers of a parallel query', async () => {
    const app = await db.connectAsApp();
    await app.query('SET debug_parallel_query = on');
    const { id } = victims['a shared tenant']!;
    const { rows } = await attempt(app, { entered: id }, 'SELECT DISTINCT tenant_id FROM auth.users');
    expect(rows).toEqual([{ tenant_id: id }]);
  });

  it('lets programs of before in without a token, until the migration that they are waited for with', async () => {
    const statementOf = (tag: string) =>
      readFileSync(path.join(migrationsFolder, `${tag}.sql`), 'utf8')
        .split('--> statement-breakpoint')
        .findLast((each) => each.includes('CREATE OR REPLACE FUNCTION "dmz"."enter_tenant"')) ?? '';
    const { id, epoch } = victims['a shared tenant']!;
    const app = await db.connectAsApp();
    const calls = [
      `SELECT dmz.enter_tenant('${id}', ${epoch})`,
      `SELECT admin.read_audit_log('${id}', ${epoch}, NULL, 0, NULL, 10)`,
    ];
    const states = async () => {
      const outcomes = [];
      for (const call of calls) outcomes.push((await attempt(app, 'none', call)).state);
      return outcomes;
    };
    await admin.query(statementOf('0047_sign_entries_into_tenants'));
    const between = await states();
    await admin.query(statementOf('0048_close_unsigned_entries'));
    expect([between, await states()]).toEqual([
      [undefined, undefined],
      ['ZD001', 'ZD001'],
    ]);
  });

  it.each([
    ['the keys are granted', 'GRANT SELECT ON public.context_keys TO dmz_app', 'the secret read'],
    [
      'nobody verifies',
      `CREATE OR REPLACE FUNCTION dmz.verify_token(tenant uuid, known_epoch bigint, token text) RETURNS text
         LANGUAGE plpgsql STABLE SET search_path = '' AS $$ BEGIN RETURN pg_catalog.split_part(token, '.', 5); END $$`,
      'a token signed with a guess',
    ],
    [
      'the context is set for whoever asks',
      'ALTER FUNCTION dmz.set_context(uuid, text) SECURITY DEFINER; GRANT EXECUTE ON FUNCTION dmz.set_context(uuid, text) TO dmz_app',
      'what only the owner may call',
    ],
    [
      'a tenant is opened for whoever asks',
      'ALTER FUNCTION dmz.open_tenant(uuid, bigint) SECURITY DEFINER; GRANT EXECUTE ON FUNCTION dmz.open_tenant(uuid, bigint) TO dmz_app',
      'its door',
    ],
  ])('would be found open where %s', async (_, breach, name) => {
    const attack = ATTACKS.find((each) => each.name === name)!;
    const victim = victims['a shared tenant']!;
    const app = await db.connectAsApp();
    const { rows } = await admin.query(
      `SELECT pg_get_functiondef(oid) AS text FROM pg_proc WHERE oid IN ('dmz.verify_token'::regproc, 'dmz.open_tenant'::regproc, 'dmz.set_context'::regproc)`,
    );
    await admin.query(breach);
    const outcome = await strike(app, undefined, victim, attack);
    await admin.query(rows.map(({ text }) => text).join(';'));
    await admin.query(
      `REVOKE ALL ON FUNCTION dmz.open_tenant, dmz.set_context FROM dmz_app; REVOKE ALL ON public.context_keys FROM dmz_app`,
    );
    expect(outcome).not.toEqual({ state: attack.state, rows: 0 });
    expect(await strike(app, undefined, victim, attack)).toEqual({ state: attack.state, rows: 0 });
  });
});
