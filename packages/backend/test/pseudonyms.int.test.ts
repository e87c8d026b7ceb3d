/** Events and analytics know people by pseudonym: no id of a person is in any of their rows, nor could a column hold one. */
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { findBreaches } from '../src/kernel/check/catalogue-rule.ts';
import { pseudonymRules } from '../src/kernel/check/rules/pseudonyms.ts';
import { pseudonymsOf } from '../src/modules/governance/index.ts';
import { modules } from '../src/modules/registry.ts';
import { useDatabase } from './harness/database.ts';
import { playedGame } from './harness/play.ts';
import { schemaTenant } from './harness/schema-tenant.ts';

const STREAMS = ['game.events', 'game.snapshots', 'game.actions'];

describe('pseudonyms', () => {
  const db = useDatabase();
  let admin: pg.Client;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    const own = await schemaTenant(db, 'own-pseudonyms');
    for (const tenant of ['consumers', own.slug]) {
      await playedGame(db.platform, tenant, { seed: 3, days: 2 });
      await db.platform.consumers.settle(tenant);
    }
  }, 120_000);

  /** Tables of events and analytics wherever they stand, by the catalogue. */
  async function pseudonymousTables(): Promise<string[]> {
    const { rows } = await admin.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name
       FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND (n.nspname = 'analytics'
         OR n.nspname LIKE 'tenant\\_%' AND c.relname LIKE 'analytics\\_%'
         OR n.nspname || '.' || c.relname = ANY ($1)
         OR n.nspname LIKE 'tenant\\_%' AND regexp_replace(c.relname, '_', '.') = ANY ($1)) ORDER BY 1`,
      [STREAMS],
    );
    return rows.map(({ name }) => name);
  }

  /** Rows of the tables in which the id of any person stands, anywhere. */
  async function rowsThatName(
    tables: readonly string[],
  ): Promise<{ table: string; named: number; rows: number }[]> {
    const people = `(SELECT id::text FROM auth.users UNION ALL SELECT id::text FROM tenant_own_pseudonyms.auth_users)`;
    const found = [];
    for (const table of tables) {
      const { rows } = await admin.query(
        `SELECT count(*)::int AS rows, count(*) FILTER (WHERE EXISTS (
           SELECT FROM regexp_matches(to_jsonb(t)::text, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') AS id(found)
           WHERE id.found[1] IN ${people}))::int AS named FROM ${table} AS t`,
      );
      found.push({ table, ...rows[0] });
    }
    return found;
  }

  it('stand in every table of events and analytics where a person could', async () => {
    const tables = await pseudonymousTables();
    expect(tables).toEqual(
      expect.arrayContaining(['game.events', 'analytics.events', 'tenant_own_pseudonyms.game_events']),
    );
    const looked = await rowsThatName(tables);
    expect(looked.filter(({ named }) => named > 0)).toEqual([]);
    for (const table of ['game.events', 'analytics.events', 'tenant_own_pseudonyms.analytics_events'])
      expect(looked.find((each) => each.table === table)?.rows, table).toBeGreaterThan(10);
  });

  it('are missed where somebody writes a person’s id instead', async () => {
    // The search finds what it looks for: sessions say who plays.
    const [sessions] = await rowsThatName(['game.sessions']);
    expect(sessions?.named).toBeGreaterThan(0);
    expect(sessions?.named).toBe(sessions?.rows);
  });

  it('are all that the columns of those tables can hold, by the live catalogue', async () => {
    for (const rule of pseudonymRules)
      expect(
        await findBreaches(
          admin,
          rule,
          modules.map(({ name }) => name),
        ),
      ).toEqual([]);
  });

  it('differ by purpose and person, and lead nowhere once their row is gone', async () => {
    const { rows } = await admin.query(
      `SELECT u.id FROM auth.users AS u JOIN public.tenants AS t ON t.id = u.tenant_id WHERE t.slug = 'consumers' LIMIT 2`,
    );
    const people: string[] = rows.map(({ id }) => id);
    const names = await db.platform.tenancy.run('consumers', async (tx) => {
      const events = await pseudonymsOf(tx, people, 'events');
      const analytics = await pseudonymsOf(tx, people, 'analytics');
      return people.flatMap((person) => [events(person), analytics(person)]);
    });
    expect(new Set([...names, ...people]).size).toBe(6);
    await admin.query('DELETE FROM governance.pseudonyms WHERE user_id = $1', [people[0]]);
    const anew = await db.platform.tenancy.run('consumers', (tx) => pseudonymsOf(tx, people, 'events'));
    // Random, so that nobody who has every key of the tenant can make the old one again.
    expect(names).not.toContain(anew(people[0]!));
    expect(anew(people[1]!)).toBe(names[2]);
  });
});
