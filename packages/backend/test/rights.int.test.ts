/** What the application's role may not do at all: read the register, change structures, become somebody else. */
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { definedSchema } from '../src/defined-schema.ts';
import { attempt, describeOutcome } from '../src/kernel/isolation/attempt.ts';
import { tokenFor, tokenToLocate } from '../src/kernel/isolation/enter-tenant.ts';
import { tenantIdOf } from '../src/kernel/isolation/tenant-tables.ts';
import { differenceAt, findingsOf } from '../src/kernel/rights/index.ts';
import { useDatabase } from './harness/database.ts';

const REGISTER = ['tenants', 'placements', 'residents', 'instances'];

const FORBIDDEN = [
  ...REGISTER.flatMap((table) => [
    `SELECT count(*) FROM public.${table}`,
    `INSERT INTO public.${table} DEFAULT VALUES`,
    `UPDATE public.${table} SET updated_at = now()`,
    `DELETE FROM public.${table}`,
  ]),
  'UPDATE public.locales SET name = name',
  'DELETE FROM public.countries',
  "INSERT INTO public.locales (tag, name) VALUES ('xx', 'x')",
  'CREATE TABLE public.mine (id int)',
  'CREATE TABLE game.mine (id int)',
  'CREATE VIEW org.mine AS SELECT 1',
  'CREATE FUNCTION dmz.mine() RETURNS int LANGUAGE sql RETURN 1',
  'CREATE SCHEMA mine',
  'CREATE TEMP TABLE mine (id int)',
  'CREATE EXTENSION pgcrypto',
  'CREATE ROLE mine',
  'TRUNCATE game.sessions CASCADE',
  'TRUNCATE game.events_default',
  'ALTER TABLE game.events DISABLE TRIGGER ALL',
  'ALTER TABLE game.events DISABLE ROW LEVEL SECURITY',
  'DROP POLICY tenant_isolation ON game.events',
  'CREATE POLICY mine ON game.events USING (true)',
  'CREATE TRIGGER mine AFTER INSERT ON game.events EXECUTE FUNCTION dmz.set_updated_at()',
  'DROP TABLE game.events_default',
  'ALTER TABLE game.events DETACH PARTITION game.events_default',
  'COMMENT ON TABLE game.events IS NULL',
  'GRANT SELECT ON public.tenants TO dmz_app',
  'SET ROLE dmz_owner',
  'SET ROLE dmz_maintenance',
  'SET SESSION AUTHORIZATION dmz_owner',
  'SET session_replication_role = replica',
  'SET lo_compat_privileges = on',
  "LOAD '$libdir/plpgsql'",
  "COPY (SELECT 1) TO PROGRAM 'true'",
  "COPY (SELECT 1) TO '/tmp/mine'",
  "SELECT pg_read_file('PG_VERSION')",
  'SELECT * FROM pg_authid',
  'SELECT * FROM pg_largeobject',
  'SELECT * FROM pg_user_mapping',
  'SELECT * FROM pg_prepared_statements',
  'SELECT * FROM pg_publication_rel',
  'SELECT * FROM pg_publication_tables',
  'SELECT * FROM pg_get_publication_tables(NULL)',
  'SELECT * FROM public.context_keys',
  "SET backtrace_functions = 'x'",
  "ALTER ROLE dmz_app SET backtrace_functions = 'x'",
  'ALTER ROLE dmz_app BYPASSRLS',
  'SELECT dmz.active_tenants()',
  "SELECT dmz.locate_tenant('consumers')",
  "SELECT dmz.ensure_partition('game.events', current_date)",
  "SELECT dmz.ensure_partitions('game.events', 3)",
  "SELECT dmz.guard_partition('game.events', 'game.events_default')",
  "SELECT dmz.prepare_month('game.events', current_date)",
  "SELECT dmz.attach_month('game.events', current_date)",
  "SELECT dmz.move_strays('game.events', current_date)",
  "SELECT dmz.detach_month('game.events', current_date)",
  "SELECT dmz.drop_month('game.events', current_date, 'because', '{}')",
  "SELECT * FROM dmz.count_strays('game.events')",
  "SELECT * FROM dmz.count_month('game.events', current_date)",
  'SELECT dmz.secure_database()',
  "SELECT pg_replication_origin_session_setup('x')",
  "SELECT pg_create_logical_replication_slot('mine', 'pgoutput')",
  'DO LANGUAGE c $$$$',
  'DO $$ BEGIN PERFORM 1; END $$',
  'INSERT INTO game.session_heads (tenant_id, id) VALUES (uuidv7(), uuidv7())',
  'UPDATE game.session_heads SET sequence = 99',
  'DELETE FROM game.session_heads',
];

describe('the application’s role', () => {
  const db = useDatabase();
  let app: pg.Client;
  let admin: pg.Client;
  let tenant: string;
  beforeAll(async () => {
    app = await db.connectAsApp();
    admin = await db.connectAsAdmin();
    tenant = await tenantIdOf(admin, 'consumers');
  });

  it.each(FORBIDDEN)('may not: %s', async (statement) => {
    const outcome = await attempt(app, { entered: tenant }, statement);
    expect(outcome.state, describeOutcome(outcome)).toBe('42501');
  });

  it('finds no function that runs as a superuser, or that looks names up where its caller says', async () => {
    const { rows } = await admin.query(
      `SELECT p.oid::regprocedure::text AS name, rolname FROM pg_proc AS p JOIN pg_roles AS r ON r.oid = proowner
       WHERE prosecdef AND pronamespace <> 'pg_catalog'::regnamespace
         AND (rolname <> 'dmz_owner' OR rolbypassrls OR rolsuper
           OR NOT coalesce('search_path=""' = ANY (proconfig), false))`,
    );
    expect(rows).toEqual([]);
  });

  it.each(['postgres', 'template1'])('may not connect to the database %s', async (name) => {
    const url = new URL(db.appUrl);
    url.pathname = `/${name}`;
    const client = new pg.Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  it('can read no view whose rows are found with somebody else’s rights', async () => {
    const { rows } = await admin.query(
      `SELECT oid::regclass::text AS name FROM pg_class
       WHERE relkind IN ('v', 'm', 'f') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
         AND has_any_column_privilege('dmz_app', oid, 'SELECT')
         AND (relkind <> 'v' OR NOT coalesce('security_invoker=true' = ANY (reloptions), false))`,
    );
    expect(rows).toEqual([]);
  });

  it('finds one tenant by its exact name, as a program that signs what it asks, and can list none', async () => {
    const asked = (reference: string, token: string) =>
      app.query('SELECT id FROM dmz.locate_tenant($1, $2)', [reference, token]);
    const located = async (reference: string) =>
      (await asked(reference, await tokenToLocate(app, reference))).rows;
    expect(await located('consumers')).toEqual([{ id: tenant }]);
    const code = ({ code }: { code: string }) => code;
    const ofAnother = asked('consumers', await tokenToLocate(app, 'small-company')).catch(code);
    const ofEntry = asked('consumers', await tokenFor(app, tenant)).catch(code);
    expect([await ofAnother, await ofEntry]).toEqual(['ZD082', 'ZD082']);
    for (const reference of ['', '%', 'c%', 'CONSUMERS', ' consumers', "' OR true --"])
      expect(await located(reference)).toEqual([]);
  });
});

const SUPERFLUOUS = [
  ['a table', 'table game.sessions', 'GRANT DELETE ON game.sessions TO dmz_app'],
  ['a table that nobody writes', 'table auth.sessions', 'GRANT INSERT ON auth.sessions TO dmz_app'],
  ['a register', 'table public.tenants', 'GRANT SELECT ON public.tenants TO dmz_maintenance'],
  ['a partition', 'table game.events_default', 'GRANT SELECT ON game.events_default TO dmz_app'],
  ['a column', 'column game.sessions.seed', 'GRANT UPDATE (seed) ON game.sessions TO dmz_app'],
  ['passing on', 'table game.sessions', 'GRANT SELECT ON game.sessions TO dmz_app WITH GRANT OPTION'],
  ['what others call', 'function dmz.drop_month', 'GRANT EXECUTE ON FUNCTION dmz.drop_month TO dmz_app'],
  ['a function', 'function dmz.context_key', 'GRANT EXECUTE ON FUNCTION dmz.context_key TO PUBLIC'],
  ['a schema', 'schema org', 'GRANT CREATE ON SCHEMA org TO dmz_app'],
  ['a schema for everybody', 'schema org', 'GRANT USAGE ON SCHEMA org TO PUBLIC'],
  ['a membership', 'membership dmz_maintenance', 'GRANT dmz_maintenance TO dmz_app'],
  ['a membership of PostgreSQL’s own', 'membership pg_monitor', 'GRANT pg_monitor TO dmz_mover'],
  ['an attribute', 'attribute', 'ALTER ROLE dmz_app CREATEDB'],
  [
    'a sequence',
    'sequence org.numbers',
    'CREATE SEQUENCE org.numbers; GRANT USAGE ON SEQUENCE org.numbers TO dmz_app',
  ],
  ['a type', 'type org.moods', "CREATE TYPE org.moods AS ENUM ('one')"],
  ['a parameter', 'parameter log_statement', 'GRANT SET ON PARAMETER log_statement TO dmz_app'],
  ['a language', 'language plpgsql', 'GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC'],
  [
    'the database',
    'database',
    "DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO dmz_mover', current_database()); END $$",
  ],
  [
    'what is made next',
    'default privileges tables of dmz_owner',
    'ALTER DEFAULT PRIVILEGES FOR ROLE dmz_owner GRANT SELECT ON TABLES TO dmz_app',
  ],
  [
    'PostgreSQL’s own functions',
    'function pg_read_file',
    'GRANT EXECUTE ON FUNCTION pg_read_file(text) TO dmz_app',
  ],
  [
    'the same for everybody',
    'function pg_read_file',
    'GRANT EXECUTE ON FUNCTION pg_read_file(text) TO PUBLIC',
  ],
  ['PostgreSQL’s own tables', 'table pg_authid', 'GRANT SELECT ON pg_authid TO PUBLIC'],
  [
    'a column of PostgreSQL’s own',
    'column pg_authid.rolpassword',
    'GRANT SELECT (rolpassword) ON pg_authid TO PUBLIC',
  ],
  ['PostgreSQL’s own schema', 'schema pg_catalog', 'GRANT CREATE ON SCHEMA pg_catalog TO PUBLIC'],
  [
    'the standard’s schema',
    'table information_schema.sql_features',
    'GRANT INSERT ON information_schema.sql_features TO PUBLIC',
  ],
  ['a tablespace', 'tablespace pg_default', 'GRANT CREATE ON TABLESPACE pg_default TO PUBLIC'],
  [
    'becoming what tenants are',
    'membership dmz_tenant',
    'CREATE ROLE dmztest_stranger LOGIN; GRANT dmz_tenant TO dmztest_stranger WITH INHERIT FALSE',
  ],
  [
    'the list of prepared statements',
    'function pg_prepared_statement',
    'GRANT EXECUTE ON FUNCTION pg_prepared_statement() TO PUBLIC',
  ],
  ['large objects, for everybody', 'function lo_get', 'GRANT EXECUTE ON FUNCTION lo_get(oid) TO PUBLIC'],
  [
    'what tells which tenant moves',
    'table pg_publication_rel',
    'GRANT SELECT ON pg_publication_rel TO PUBLIC',
  ],
  [
    'a large object',
    'large object 4711',
    'SELECT lo_create(4711); GRANT SELECT ON LARGE OBJECT 4711 TO dmz_app',
  ],
  [
    'a kind of object that the platform has none of',
    'foreign-data wrapper mine',
    'CREATE FOREIGN DATA WRAPPER mine; GRANT USAGE ON FOREIGN DATA WRAPPER mine TO dmz_mover',
  ],
] as const;

const MISSING = [
  ['a table', 'table game.sessions', 'REVOKE INSERT ON game.sessions FROM dmz_app'],
  ['a column', 'column game.sessions.day', 'REVOKE UPDATE (day) ON game.sessions FROM dmz_app'],
  [
    'what an erasure changes',
    'column ugc.projects.title',
    'REVOKE UPDATE (title) ON ugc.projects FROM dmz_app',
  ],
  [
    'a function',
    'function dmz.enter_tenant/2',
    'REVOKE EXECUTE ON FUNCTION dmz.enter_tenant(uuid, bigint) FROM dmz_tenant',
  ],
  ['a schema', 'schema lrs', 'REVOKE USAGE ON SCHEMA lrs FROM dmz_maintenance'],
  ['an attribute', 'attribute', 'ALTER ROLE dmz_mover NOBYPASSRLS'],
  [
    'a parameter',
    'parameter session_replication_role',
    'REVOKE SET ON PARAMETER session_replication_role FROM dmz_owner',
  ],
] as const;

describe('rights and needs', () => {
  const db = useDatabase();
  const { needs } = definedSchema();
  let admin: pg.Client;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
  });

  async function findingsAfter(statement: string) {
    await admin.query('BEGIN');
    try {
      await admin.query(statement);
      await admin.query("SET LOCAL search_path = ''");
      return findingsOf(await differenceAt(admin, needs));
    } finally {
      await admin.query('ROLLBACK');
    }
  }

  it('are the same after the migrations', async () => {
    expect(await findingsAfter('SELECT 1')).toEqual([]);
  });

  it.each(SUPERFLUOUS)('find a grant too many on %s', async (_, object, statement) => {
    const findings = await findingsAfter(statement);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'grant-without-a-need',
      remedy: expect.stringContaining('revoke'),
    });
    expect(findings[0]?.object.startsWith(object), findings[0]?.object).toBe(true);
  });

  it.each(MISSING)('find the lack of one on %s', async (_, object, statement) => {
    const findings = await findingsAfter(statement);
    expect(findings).toMatchObject([{ rule: 'need-without-a-grant', object }]);
  });

  it('find a column’s right met by that of its table, which is too much', async () => {
    const findings = await findingsAfter(
      'REVOKE UPDATE (title) ON ugc.projects FROM dmz_app; GRANT UPDATE ON ugc.projects TO dmz_app',
    );
    expect(findings).toMatchObject([{ rule: 'grant-without-a-need', object: 'table ugc.projects' }]);
  });
});
