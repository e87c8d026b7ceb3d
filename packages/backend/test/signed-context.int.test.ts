/**
 * An attacker who can run any SQL as `dmz_app`, within one tenant's transaction or alone on a connection, becomes no other
 * tenant: by no setting, function, role or token that it can get at.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { attempt } from '../src/kernel/isolation/attempt.ts';
import { enterTenant } from '../src/kernel/isolation/enter-tenant.ts';
import { migrationsFolder } from '../src/kernel/migrations/journal.ts';
import { allow } from './harness/allow.ts';
import type { SqlClient } from './harness/by-hand.ts';
import { useDatabase } from './harness/database.ts';
import { schemaTenant } from './harness/schema-tenant.ts';
import {
  ATTACKS,
  type Attack,
  BECOMING,
  entry,
  type Party,
  type Victim,
} from './isolation/context-attacks.ts';

describe('a signed context', { timeout: 120_000 }, () => {
  const db = useDatabase();
  let admin: SqlClient;
  const attackers: Record<string, Party> = {};
  const victims: Record<string, Victim> = {};

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    // What an attacker can do with code of their own is tried too, although the application may write none.
    await allow(db, ['USAGE ON LANGUAGE plpgsql', 'USAGE ON LANGUAGE sql']);
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
    await admin.query(statementOf('0048_sign_entries_into_tenants'));
    const between = await states();
    await admin.query(statementOf('0049_close_unsigned_entries'));
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
