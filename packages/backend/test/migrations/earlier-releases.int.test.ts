/**
 * Databases of earlier releases, with rows in every table that this version seeds, are brought up to this version: the
 * rows stay, and the catalogues become those of new databases. The series never changes, so an earlier release is its
 * beginning; rows are those of the demonstration tenants, in the columns that were there.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { definedSchema } from '../../src/defined-schema.ts';
import { listCatalogue } from '../../src/kernel/check/index.ts';
import { placedTable } from '../../src/kernel/db/index.ts';
import { migrationsFolder, readMigrations } from '../../src/kernel/migrations/journal.ts';
import { migrate } from '../../src/kernel/migrations/runner.ts';
import { createSchemaPlacement } from '../../src/kernel/schema-tier/index.ts';
import { useDatabase } from '../harness/database.ts';
import { nothingToSettle, type Series, useSmallSeries } from '../harness/small-series.ts';

const TENANT = 'mid-company';
const { namespaces } = definedSchema();

/** 0017 is the first with roles for schemas of tenants' own as they are now, 0026 the last before the first contraction. */
describe.each(['0017', '0021', '0026'])('a database of migration %s', { timeout: 120_000 }, (release) => {
  const db = useDatabase();
  const small = useSmallSeries();
  const own = `small-release-${release}`;
  const ownSchema = `tenant_${own.replaceAll('-', '_')}`;
  const fresh = `small-fresh-${release}`;
  let seeded: pg.Client;
  let earlier: pg.Client;
  let adminUrl = '';
  let before: Record<string, number> = {};

  beforeAll(async () => {
    const folder = small.folder(seriesUpTo(release));
    seeded = await db.connectAsAdmin();
    adminUrl = await small.database();
    earlier = await small.connect(adminUrl);
    await migrate(adminUrl, { folder, settle: nothingToSettle });
    await createSchemaPlacement(adminUrl, own, folder);
    await fill();
    before = await counts();
  }, 120_000);

  async function fill(): Promise<void> {
    const { id } = await db.platform.tenancy.locate(TENANT);
    await earlier.query("BEGIN; SET LOCAL session_replication_role = 'replica'");
    for (const { schema, table } of await filledTables(seeded)) {
      const name = `${schema}.${table}`;
      const target = await earlier.query('SELECT to_regclass($1) IS NOT NULL AS known', [name]);
      if (!target.rows[0].known) continue;
      await copyRows(seeded, earlier, name, name);
      const placed = `${ownSchema}.${placedTable(schema, table)}`;
      const there = await earlier.query('SELECT to_regclass($1) IS NOT NULL AS known', [placed]);
      if (there.rows[0].known) await copyRows(seeded, earlier, name, placed, id);
    }
    await earlier.query(`INSERT INTO org.tenant_settings (tenant_id, workdays) VALUES ('${id}', '[7, 1, 1]');
      INSERT INTO ${ownSchema}.org_tenant_settings (tenant_id, workdays) VALUES ('${id}', '[2, "x", 9]')`);
    await earlier.query('COMMIT');
  }

  async function counts(): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const { schema, table } of await filledTables(earlier)) {
      const { rows } = await earlier.query(`SELECT count(*)::int AS n FROM ${schema}.${table}`);
      found[`${schema}.${table}`] = rows[0].n;
    }
    return found;
  }

  it('comes up to this version with all of its rows, and what was chosen in the old shape is there in the new', async () => {
    const { applied, placements } = await migrate(adminUrl, { settle: nothingToSettle });
    expect(applied).toEqual(readMigrations().flatMap(({ tag }) => (tag.slice(0, 4) > release ? [tag] : [])));
    expect(placements).toMatchObject([{ schema: ownSchema, applied }]);
    const after = await counts();
    expect(Object.keys(before).length).toBeGreaterThan(60);
    for (const [name, rows] of Object.entries(before)) expect([name, after[name]]).toEqual([name, rows]);
    const days = 'SELECT DISTINCT working_days::text AS days FROM';
    expect((await earlier.query(`${days} org.tenant_settings`)).rows).toEqual([{ days: '{1,7}' }]);
    expect((await earlier.query(`${days} ${ownSchema}.org_tenant_settings`)).rows).toEqual([{ days: '{2}' }]);
  });

  it('then has the catalogue of a new database, and each schema in it that of a new schema', async () => {
    const modules = await listing(earlier, namespaces);
    expect(modules.length).toBeGreaterThan(1_000);
    expect(modules).toEqual(await listing(seeded, namespaces));
    await createSchemaPlacement(adminUrl, fresh);
    const freshSchema = `tenant_${fresh.replaceAll('-', '_')}`;
    const placed = await listing(earlier, [ownSchema]);
    const made = await listing(earlier, [freshSchema]);
    expect(placed.length).toBeGreaterThan(1_000);
    expect(placed).toEqual(made.map((line) => line.replaceAll(freshSchema, ownSchema)));
  });
});

/** The series up to a number, as that release had it. */
function seriesUpTo(last: string): Series {
  const tags = readMigrations().flatMap(({ tag }) => (tag.slice(0, 4) <= last ? [tag] : []));
  return Object.fromEntries(
    tags.map((tag) => [tag, readFileSync(path.join(migrationsFolder, `${tag}.sql`), 'utf8')]),
  );
}

/** Lines of the catalogue. */
async function listing(client: pg.Client, schemas: readonly string[]): Promise<string[]> {
  await client.query("BEGIN READ ONLY; SET LOCAL search_path = ''");
  const text = await listCatalogue(client, schemas);
  await client.query('ROLLBACK');
  return text.split('\n');
}

interface FilledTable {
  readonly schema: string;
  readonly table: string;
}

/** Tables with rows, months and the runner’s own aside. */
async function filledTables(client: pg.Client): Promise<FilledTable[]> {
  const { rows } = await client.query<FilledTable>(
    `SELECT relnamespace::regnamespace::text AS schema, relname AS table FROM pg_class
     WHERE relkind IN ('r', 'p') AND NOT relispartition AND oid >= 16384 AND relname !~ '^__'
     ORDER BY 1, 2`,
  );
  const filled: FilledTable[] = [];
  for (const row of rows) {
    const found = await client.query(`SELECT FROM ${row.schema}.${row.table} LIMIT 1`);
    if (found.rows.length > 0) filled.push(row);
  }
  return filled;
}

/** @param tenantId  whose rows are copied; everybody's unless given */
async function copyRows(
  from: pg.Client,
  to: pg.Client,
  source: string,
  target: string,
  tenantId?: string,
): Promise<void> {
  const { rows: columns } = await to.query<{ name: string }>(
    "SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
    [target],
  );
  const { rows: known } = await from.query<{ name: string }>(
    'SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped',
    [source],
  );
  const shared = columns
    .filter(({ name }) => known.some((each) => each.name === name))
    .map(({ name }) => `"${name}"`);
  const where = tenantId === undefined ? '' : `WHERE tenant_id = '${tenantId}'`;
  const { rows } = await from.query(
    `SELECT coalesce(jsonb_agg(t), '[]')::text AS rows FROM ${source} AS t ${where}`,
  );
  await to.query(
    `INSERT INTO ${target} (${shared}) OVERRIDING SYSTEM VALUE SELECT ${shared} FROM jsonb_populate_recordset(NULL::${target}, $1) ON CONFLICT DO NOTHING`,
    [rows[0].rows],
  );
}
