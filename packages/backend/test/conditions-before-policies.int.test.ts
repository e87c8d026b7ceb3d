/**
 * PostgreSQL asks conditions that it holds for harmless before a policy, so whether the policy was asked at all told what a
 * row of another tenant holds. No condition of an attacker's is asked of such a row, whatever it costs.
 */
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { attempt, type Context } from '../src/kernel/isolation/attempt.ts';
import { SCAN_ALL } from '../src/kernel/isolation/group.ts';
import { useDatabase } from './harness/database.ts';
import { schemaTenant } from './harness/schema-tenant.ts';

/** By what they cost the planner: more than the policy, as much, half as much, and nothing. */
const CONDITIONS = [
  "lower(email) < 'm'",
  "email < 'm'",
  "email < ANY ('{m}')",
  "id = ANY (ARRAY['00000000-0000-0000-0000-000000000000'::uuid])",
  'deleted_at IS NOT NULL',
  'CASE WHEN tenant_id IS NOT NULL THEN (SELECT 1 / (CASE WHEN random() < 2 THEN 0 ELSE 1 END) = 1) END',
];

describe('a condition on rows of another tenant', { timeout: 60_000 }, () => {
  const db = useDatabase();
  let app: pg.Client;
  let admin: pg.Client;
  const users: Record<string, string> = { 'a shared tenant': 'auth.users' };
  const victims: Record<string, string> = {};
  let attacker: string;

  beforeAll(async () => {
    [app, admin] = [await db.connectAsApp(), await db.connectAsAdmin()];
    const owned = await schemaTenant(db, 'asked');
    users['a tenant with a schema'] = `${owned.schema}.auth_users`;
    victims['a tenant with a schema'] = owned.id;
    victims['a shared tenant'] = (await db.platform.tenancy.locate('mid-company')).id;
    attacker = (await db.platform.tenancy.locate('small-company')).id;
  }, 60_000);

  /** A row of the victim's by its place in the file, which an attacker can go through. */
  async function preyOf(of: string) {
    const { rows } = await admin.query(
      `SELECT ctid::text AS at, email FROM ${users[of]} WHERE tenant_id = $1 LIMIT 1`,
      [victims[of]],
    );
    return rows[0] as { readonly at: string; readonly email: string };
  }

  /** As the role that may name the table; the attacker may become it. */
  const ask = (of: string, context: Context, condition: string, explain = '') => {
    const role = of === 'a shared tenant' ? 'dmz_app' : 'dmz_tenant_asked';
    return attempt(
      app,
      context,
      `${SCAN_ALL}; SET LOCAL ROLE ${role}; ${explain}SELECT FROM ${users[of]} WHERE ${condition}`,
    );
  };

  describe.each(['a shared tenant', 'a tenant with a schema'])('%s', (of) => {
    it.each(CONDITIONS)('tells nothing without a tenant: %s', async (condition) => {
      const { at } = await preyOf(of);
      for (const each of [condition, `NOT coalesce(${condition}, false)`]) {
        const outcome = await ask(of, 'none', `ctid = '${at}' AND ${each}`);
        expect(outcome.state, each).toBe('ZD001');
      }
    });

    it('tells nothing by what is never run behind it, in a tenant of the attacker’s', async () => {
      const { at, email } = await preyOf(of);
      const plan = async (guess: string) => {
        const behind = 'tenant_id <> ANY (ARRAY[(SELECT uuidv7() WHERE random() < 2)])';
        const { rows } = await ask(
          of,
          { entered: attacker },
          `ctid = '${at}' AND email = ANY ('{${guess}}') AND ${behind}`,
          'EXPLAIN (ANALYZE, BUFFERS off, COSTS off, TIMING off, SUMMARY off) ',
        );
        return rows.map((row) => String(row['QUERY PLAN']).replace(guess, ''));
      };
      expect(await plan(email)).toEqual(await plan('nobody'));
    });
  });

  it('would tell where the comparison were made once', async () => {
    const { at } = await preyOf('a shared tenant');
    const isAsked = async (condition: string) =>
      (await ask('a shared tenant', 'none', `ctid = '${at}' AND ${condition}`)).state;
    const { rows } = await admin.query(
      "SELECT pg_get_expr(polqual, polrelid) AS sound FROM pg_policy WHERE polrelid = 'auth.users'::regclass",
    );
    await admin.query(
      'ALTER POLICY tenant_isolation ON auth.users USING (tenant_id = (SELECT dmz.current_tenant()))',
    );
    const told = [await isAsked('deleted_at IS NOT NULL'), await isAsked('deleted_at IS NULL')];
    await admin.query(`ALTER POLICY tenant_isolation ON auth.users USING (${rows[0].sound})`);
    expect(told).toEqual([undefined, 'ZD001']);
    expect(await isAsked('deleted_at IS NOT NULL')).toBe('ZD001');
  });
});
