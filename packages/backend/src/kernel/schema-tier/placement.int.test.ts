import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { olderSchema } from '../../../test/harness/older-schema.ts';
import { playedGame } from '../../../test/harness/play.ts';
import { type SchemaTenant, schemaTenant } from '../../../test/harness/schema-tenant.ts';
import { definedSchema } from '../../defined-schema.ts';
import { checkCatalogue, checkDatabase } from '../check/index.ts';
import { checkHistory } from '../check/series.ts';
import { migrate } from '../migrations/runner.ts';
import { createSchemaPlacement, dropSchemaPlacement, upgradeSchemaPlacement } from './index.ts';

describe('a schema of a tenant’s own', { timeout: 120_000 }, () => {
  const db = useDatabase();
  let admin: pg.Client;
  let tenant: SchemaTenant;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    tenant = await schemaTenant(db, 'own-schema');
  }, 60_000);

  it('keeps every rule of the catalogue check', async () => {
    const { findings } = await checkDatabase(db.adminUrl, definedSchema());
    expect(findings).toEqual([]);
  });

  const TEAMS = 'tenant_own_schema.org_teams';
  const BREACHES: [rule: string, object: string, sql: string][] = [
    ['row-security-forced', TEAMS, `ALTER TABLE ${TEAMS} NO FORCE ROW LEVEL SECURITY`],
    [
      'tenant-policy',
      TEAMS,
      `ALTER POLICY tenant_isolation ON ${TEAMS} USING (tenant_id = (SELECT dmz.current_tenant()))`,
    ],
    [
      'no-policy-widens',
      TEAMS,
      `ALTER POLICY tenant_isolation ON ${TEAMS} USING (tenant_id = (SELECT dmz.current_tenant_in('tenant_other')))`,
    ],
    ['granted-to-known-roles', TEAMS, `GRANT SELECT ON ${TEAMS} TO dmz_app`],
    [
      'granted-to-known-roles',
      'schema tenant_own_schema',
      'GRANT USAGE ON SCHEMA tenant_own_schema TO dmz_app',
    ],
    [
      'granted-to-known-roles',
      TEAMS,
      `CREATE ROLE dmz_tenant_next; GRANT SELECT ON ${TEAMS} TO dmz_tenant_next`,
    ],
    ['every-tenant-reads-references-alone', TEAMS, `GRANT SELECT ON ${TEAMS} TO dmz_tenant`],
    ['application-cannot-change-tables', TEAMS, `GRANT TRUNCATE ON ${TEAMS} TO dmz_tenant_own_schema`],
    ['foreign-key-has-an-index', TEAMS, 'DROP INDEX tenant_own_schema.org_teams_department_id_idx'],
    [
      'append-only-refuses-change',
      'tenant_own_schema.game_events_default',
      'ALTER TABLE tenant_own_schema.game_events_default DISABLE TRIGGER refuse_change',
    ],
    ['table-has-kind', 'tenant_own_schema.guests', 'CREATE TABLE tenant_own_schema.guests (id uuid)'],
    [
      'tenant-schema-has-its-role',
      'schema tenant_own_schema',
      'REVOKE dmz_tenant FROM dmz_tenant_own_schema',
    ],
  ];

  it.each(BREACHES)('is held to the rules: %s, %s', async (rule, object, sql) => {
    await admin.query('BEGIN');
    try {
      await admin.query(sql);
      await admin.query("SET LOCAL search_path = ''");
      const { findings } = await checkCatalogue(admin, definedSchema().namespaces);
      expect(findings.map((finding) => `${finding.rule}: ${finding.object}`)).toContain(`${rule}: ${object}`);
    } finally {
      await admin.query('ROLLBACK');
    }
  });

  it('is played in as everywhere, and the module schemas do not change', async () => {
    const before = await moduleRows(admin);
    const { state, accepted } = await playedGame(db.platform, tenant.slug, { days: 2 });
    expect(state.sequence).toBeGreaterThan(20);
    const { rows } = await admin.query(
      `SELECT count(*)::int AS events, max(sequence)::int AS last FROM ${tenant.schema}.game_events`,
    );
    expect(rows).toEqual([{ events: state.sequence, last: accepted.at(-1)?.lastSequence }]);
    expect(await moduleRows(admin)).toEqual(before);
  });

  it('is left as it is by a second creation, and has nothing to upgrade', async () => {
    const again = await createSchemaPlacement(db.adminUrl, tenant.slug);
    expect(again).toEqual({ schema: tenant.schema, role: `dmz_${tenant.schema}`, applied: [] });
    expect((await upgradeSchemaPlacement(db.adminUrl, tenant.slug)).applied).toEqual([]);
  });

  it('refuses a schema that is something else', async () => {
    await admin.query('CREATE SCHEMA tenant_squatter');
    await expect(createSchemaPlacement(db.adminUrl, 'squatter')).rejects.toMatchObject({
      code: 'SCHEMA_PLACEMENT_TAKEN',
    });
    await admin.query('DROP SCHEMA tenant_squatter');
  });

  it('stays while its tenant lives there, and while a move brings it there that is not the caller’s', async () => {
    const { schema } = await createSchemaPlacement(db.adminUrl, 'wanted');
    const [tenantId, moveId] = [randomUUID(), randomUUID()];
    const drop = (by?: { moveId: string; attempt: number }) => dropSchemaPlacement(db.adminUrl, 'wanted', by);
    const inUse = { code: 'SCHEMA_PLACEMENT_IN_USE' };
    await admin.query('INSERT INTO public.residents (tenant_id, schema_name) VALUES ($1, $2)', [
      tenantId,
      schema,
    ]);
    await expect(drop()).rejects.toMatchObject(inUse);
    await admin.query('DELETE FROM public.residents WHERE tenant_id = $1', [tenantId]);
    await admin.query(
      "INSERT INTO public.move_ends (move_id, side, tenant_id, tenant_slug, attempt) VALUES ($1, 'target', $2, 'wanted', 2)",
      [moveId, tenantId],
    );
    await expect(drop()).rejects.toMatchObject(inUse);
    await expect(drop({ moveId, attempt: 1 })).rejects.toMatchObject({
      ...inUse,
      found: `move ${moveId}, attempt 2`,
    });
    await drop({ moveId, attempt: 2 });
    await admin.query('DELETE FROM public.move_ends WHERE move_id = $1', [moveId]);
    const { rows } = await admin.query('SELECT to_regnamespace($1) AS space', [schema]);
    expect(rows).toEqual([{ space: null }]);
  });

  it('goes as a whole, its role too', async () => {
    const { schema, role } = await createSchemaPlacement(db.adminUrl, 'short-lived');
    await dropSchemaPlacement(db.adminUrl, 'short-lived');
    await dropSchemaPlacement(db.adminUrl, 'short-lived');
    const { rows } = await admin.query('SELECT to_regnamespace($1) AS space, to_regrole($2) AS role', [
      schema,
      role,
    ]);
    expect(rows).toEqual([{ space: null, role: null }]);
  });
});

describe('a schema of an older version', { timeout: 120_000 }, () => {
  const db = useDatabase();
  /** The last migration that it has had. */
  const LAST = '0013';

  const older = async (slug: string) => olderSchema(await db.connectAsAdmin(), slug, LAST);
  const pending = async () => {
    const findings = await checkHistory(await db.connectAsAdmin());
    return findings.map(({ object, detail }) => `${detail.split(' ')[0]} ${object}`);
  };

  it('is found by the check, and is brought up to date by itself', async () => {
    const lacking = await older('behind');
    expect(await pending()).toEqual(lacking.map((tag) => `tenant_behind ${tag}`));
    const steps: string[] = [];
    const { applied } = await upgradeSchemaPlacement(db.adminUrl, 'behind', (tag) => steps.push(tag));
    expect(applied).toEqual(lacking);
    expect(steps).toEqual(lacking);
    expect(await pending()).toEqual([]);
    expect((await checkDatabase(db.adminUrl, definedSchema())).findings).toEqual([]);
  });

  it('is brought up to date with its database', async () => {
    const lacking = await older('carried-along');
    const { applied, placements } = await migrate(db.adminUrl);
    expect(applied).toEqual([]);
    expect(placements).toMatchObject([{ schema: 'tenant_carried_along', applied: lacking }]);
    expect(await pending()).toEqual([]);
  });

  it('keeps what was applied where a migration fails, says which one, and goes on from there', async () => {
    const lacking = await older('stuck');
    const admin = await db.connectAsAdmin();
    await admin.query('ALTER TABLE tenant_stuck.game_session_heads RENAME TO elsewhere');
    const failing = upgradeSchemaPlacement(db.adminUrl, 'stuck');
    await expect(failing).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      found: expect.stringMatching(/schema tenant_stuck: 0015_\w+, statement 1 of \d+: 42P01/),
    });
    await admin.query(`ALTER TABLE tenant_stuck.elsewhere RENAME TO game_session_heads`);
    expect((await upgradeSchemaPlacement(db.adminUrl, 'stuck')).applied).toEqual(lacking.slice(1));
    expect(await pending()).toEqual([]);
  });
});

/** How many rows each table of the module schemas has ever been given, changed or relieved of. */
async function moduleRows(admin: pg.Client): Promise<Record<string, string>[]> {
  await admin.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await admin.query(
    `SELECT schemaname || '.' || relname AS name, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables
     WHERE schemaname NOT LIKE 'tenant\\_%' AND schemaname <> 'public' ORDER BY 1`,
  );
  return rows;
}
