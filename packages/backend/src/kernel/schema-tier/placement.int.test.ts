import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { playedGame } from '../../../test/harness/play.ts';
import { type SchemaTenant, schemaTenant } from '../../../test/harness/schema-tenant.ts';
import { definedSchema } from '../../defined-schema.ts';
import { checkDatabase } from '../check/index.ts';
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

/** How many rows each table of the module schemas has ever been given, changed or relieved of. */
async function moduleRows(admin: pg.Client): Promise<Record<string, string>[]> {
  await admin.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await admin.query(
    `SELECT schemaname || '.' || relname AS name, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables
     WHERE schemaname NOT LIKE 'tenant\\_%' AND schemaname <> 'public' ORDER BY 1`,
  );
  return rows;
}
