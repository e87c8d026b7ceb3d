/**
 * A schema of a tenant's own is the module schemas under other names: the same tables, keys, indexes, guards and
 * functions, which reach nothing of another placement. All of it is read from the live catalogue.
 */
import { loadModule, scanSync } from 'libpg-query';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { definedSchema } from '../src/defined-schema.ts';
import { listCatalogue } from '../src/kernel/check/index.ts';
import { placedName } from '../src/kernel/db/index.ts';
import { useDatabase } from './harness/database.ts';
import { type SchemaTenant, schemaTenant } from './harness/schema-tenant.ts';

const { namespaces } = definedSchema();
const modules = namespaces.filter((name) => name !== 'public');

describe('a schema of a tenant’s own', { timeout: 120_000 }, () => {
  const db = useDatabase();
  let admin: pg.Client;
  let tenant: SchemaTenant;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    tenant = await schemaTenant(db, 'mirror-of-modules');
    await loadModule();
  }, 60_000);

  const column = async (text: string, values: unknown[] = []): Promise<string[]> =>
    (await admin.query({ text, values, rowMode: 'array' })).rows.map(([value]) => value);

  /** Tables that belong to no tenant, and stay where they are. */
  const platformTables = () =>
    column(
      `SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND obj_description(oid, 'pg_class') ~ '@kind (reference|control)'`,
    );

  it('has the catalogue of the module schemas, but for names', async () => {
    const platform = await platformTables();
    const ofModules = (await listing(modules)).filter(
      (block) => !platform.some((table) => block.startsWith(`CREATE TABLE ${table} (`)),
    );
    const back = await canonicalNames();
    const ofTenant = (await listing([tenant.schema])).map((block) =>
      sorted(withModuleNames(block, tenant, back)),
    );
    expect(ofTenant.length).toBeGreaterThan(200);
    const expected = ofModules.map(sorted);
    expect(ofTenant.filter((block) => !expected.includes(block))).toEqual([]);
    expect(expected.filter((block) => !ofTenant.includes(block))).toEqual([]);
  });

  it('gives every constraint and index a name of its own, which PostgreSQL has not cut', async () => {
    const named = await column(
      `SELECT conname FROM pg_constraint JOIN pg_class AS c ON c.oid = conrelid
       WHERE connamespace = $1::regnamespace AND contype NOT IN ('t', 'n') AND NOT relispartition AND relname <> '__drizzle_migrations'`,
      [tenant.schema],
    );
    expect(named.length).toBeGreaterThan(1_000);
    expect(new Set(named).size).toBe(named.length);
    const names = await canonicalNames();
    expect(named.filter((name) => !names.has(name))).toEqual([]); // cut by PostgreSQL, it would be another
  });

  it('has functions whose every name leads into the schema itself, or to what all placements share', async () => {
    const { rows } = await admin.query(
      `SELECT proname AS name, prosrc AS source, array_to_string(proconfig, ',') AS settings FROM pg_proc
       WHERE pronamespace = $1::regnamespace`,
      [tenant.schema],
    );
    expect(rows.length).toBeGreaterThan(12);
    const platform = await platformTables();
    const known = new Set(
      await column(
        `SELECT n.nspname || '.' || relname FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
       UNION SELECT n.nspname || '.' || proname FROM pg_proc JOIN pg_namespace AS n ON n.oid = pronamespace`,
      ),
    );
    for (const { name, source, settings } of rows) {
      expect(settings, name).toMatch(/^search_path=""(,enable_\w+=off)*$/); // so that nothing is found by a bare name
      const named = schemaQualified(source, [...namespaces, 'dmz', tenant.schema]);
      expect(
        named.filter((each) => !known.has(each)),
        name,
      ).toEqual([]);
      const elsewhere = named.filter(
        (each) => !each.startsWith(`${tenant.schema}.`) && !each.startsWith('dmz.'),
      );
      expect(
        elsewhere.filter((each) => !platform.includes(each)),
        name,
      ).toEqual([]);
    }
  });

  it('has triggers and defaults that call its own functions, or the guards that all placements share', async () => {
    const callers = await column(
      `SELECT DISTINCT n.nspname FROM pg_trigger JOIN pg_proc AS p ON p.oid = tgfoid JOIN pg_namespace AS n ON n.oid = p.pronamespace
       JOIN pg_class AS c ON c.oid = tgrelid WHERE NOT tgisinternal AND c.relnamespace = $1::regnamespace ORDER BY 1`,
      [tenant.schema],
    );
    expect(callers).toEqual(['dmz', tenant.schema]);
  });

  it('depends on nothing outside but the functions, reference tables and roles of the database, so its dump is the tenant', async () => {
    const outside = await column(
      `WITH own AS (
         SELECT 'pg_class'::regclass AS classid, oid FROM pg_class WHERE relnamespace = $1::regnamespace
         UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint WHERE connamespace = $1::regnamespace
         UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE pronamespace = $1::regnamespace
         UNION ALL SELECT 'pg_trigger'::regclass, t.oid FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = tgrelid WHERE relnamespace = $1::regnamespace
         UNION ALL SELECT 'pg_policy'::regclass, p.oid FROM pg_policy AS p JOIN pg_class AS c ON c.oid = polrelid WHERE relnamespace = $1::regnamespace
       )
       SELECT DISTINCT coalesce(c.relnamespace::regnamespace || '.' || c.relname, p.pronamespace::regnamespace || '.' || p.proname)
       FROM pg_depend AS d JOIN own ON own.classid = d.classid AND own.oid = d.objid
       LEFT JOIN pg_class AS c ON d.refclassid = 'pg_class'::regclass AND c.oid = d.refobjid AND c.relnamespace <> $1::regnamespace
       LEFT JOIN pg_proc AS p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid AND p.pronamespace <> $1::regnamespace
       WHERE (c.oid IS NOT NULL OR p.oid IS NOT NULL) AND coalesce(c.relnamespace, p.pronamespace) <> 'pg_catalog'::regnamespace ORDER BY 1`,
      [tenant.schema],
    );
    const platform = await platformTables();
    // Keys of platform tables are named after them.
    const unshared = outside.filter(
      (name) =>
        !name.startsWith('dmz.') &&
        !platform.some(
          (table) =>
            name === table ||
            name.startsWith(`${table}_`) ||
            `public.${table}` === name ||
            name.startsWith(`public.${table}_`),
        ),
    );
    expect(outside.length).toBeGreaterThan(5);
    expect(unshared).toEqual([]);
  });

  it('holds every row of its tenant: no other table of the database has one, but for the register', async () => {
    const tables = await column(
      `SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
       WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace <> $1::regnamespace`,
      [tenant.schema],
    );
    const holding: string[] = [];
    for (const table of tables) {
      const { rows } = await admin.query(`SELECT FROM ${table} WHERE tenant_id = $1 LIMIT 1`, [tenant.id]);
      if (rows.length > 0) holding.push(table);
    }
    expect(tables.length).toBeGreaterThan(190);
    expect(holding.sort()).toEqual(['placements', 'residents']);
    const people = await admin.query(`SELECT count(*)::int AS n FROM ${tenant.schema}.auth_users`);
    expect(people.rows[0].n).toBeGreaterThan(0);
  });

  async function listing(spaces: readonly string[]): Promise<string[]> {
    await admin.query("BEGIN READ ONLY; SET LOCAL search_path = ''");
    const text = await listCatalogue(admin, spaces);
    await admin.query('ROLLBACK');
    return text
      .split('\n\n')
      .filter((block) => /^CREATE (?!SCHEMA)/.test(block))
      .filter((block) => !/^CREATE (OR REPLACE FUNCTION dmz\.|TABLE \S+__drizzle_migrations)/.test(block))
      .map((block) => block.trim());
  }

  /** Names of constraints and indexes in module schemas, by what they are called at the placement. */
  async function canonicalNames(): Promise<ModuleNames> {
    const { rows } = await admin.query(
      `SELECT connamespace::regnamespace::text AS space, conname AS name FROM pg_constraint WHERE connamespace::regnamespace::text = ANY ($1)
       UNION SELECT relnamespace::regnamespace::text, relname FROM pg_class WHERE relkind IN ('i', 'I') AND relnamespace::regnamespace::text = ANY ($1)`,
      [modules],
    );
    return new Map(rows.map(({ space, name }) => [placedName(space, name), { space, name }]));
  }
});

/** Constraints and indexes of modules, by their names at a placement. */
type ModuleNames = ReadonlyMap<string, { readonly space: string; readonly name: string }>;

const moduleOf = (functionText: string) => /FUNCTION \w+\.([a-z]+)_/.exec(functionText)?.[1];

/** The listing of a placement as it would be of the modules. */
function withModuleNames(text: string, { schema }: SchemaTenant, back: ModuleNames): string {
  return text
    .replaceAll(
      `dmz.current_tenant_in('${schema}'::text) AS current_tenant_in`,
      'dmz.current_tenant() AS current_tenant',
    )
    .replaceAll(`dmz_${schema}`, 'dmz_app')
    .replaceAll(new RegExp(`\\b${schema}\\.(\\w+)`, 'g'), (_, placed: string) => {
      const known = back.get(placed);
      return known ? `${known.space}.${known.name}` : placed.replace('_', '.');
    })
    .replaceAll(/TABLE(_NAME)? = '[a-z]+_(\w+)'/g, "TABLE$1 = '$2'")
    .replaceAll(`SCHEMA = '${schema}'`, () => `SCHEMA = '${moduleOf(text)}'`)
    .replaceAll(/\w+/g, (word) => back.get(word)?.name ?? word);
}

/** Names decide in which order the catalogue is listed. */
const sorted = (block: string): string => block.split('\n').sort().join('\n');

/** Every `schema.name` in the text of a function, in strings too. */
function schemaQualified(source: string, schemas: readonly string[]): string[] {
  const tokens = scanSync(source).tokens.filter(({ tokenName }) => !tokenName.endsWith('COMMENT'));
  const bare = tokens.map(({ text, tokenName }) => (tokenName === 'SCONST' ? text : text.toLowerCase()));
  const pairs = bare.flatMap((text, at) =>
    bare[at + 1] === '.' && bare[at - 1] !== '.' && schemas.includes(text) ? [`${text}.${bare[at + 2]}`] : [],
  );
  // What an audit entry calls an act, module.object.verb, names nothing of the database's.
  const strings = tokens
    .filter(({ tokenName, text }) => tokenName === 'SCONST' && !/^'[a-z_]+\.[a-z_]+\.[a-z_]+'$/.test(text))
    .flatMap(({ text }) => text.match(/[a-z_]+\.[a-z_]+/g) ?? []);
  return [...pairs, ...strings.filter((text) => schemas.includes(text.split('.')[0] ?? ''))];
}
