/** What the application's role may not do at all: read the register, change structures, become somebody else. */
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { attempt, describeOutcome } from '../src/kernel/isolation/attempt.ts';
import { tenantIdOf } from '../src/kernel/isolation/tenant-tables.ts';
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
  'SELECT * FROM public.context_keys',
  "SET backtrace_functions = 'x'",
  "ALTER ROLE dmz_app SET dmz.tenant_id = 'x'",
  'ALTER ROLE dmz_app BYPASSRLS',
  'SELECT dmz.active_tenants()',
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

  it('may not make a foreign key, whose check would tell which rows other tenants have', async () => {
    const { rows } = await admin.query(
      `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
         AND (has_any_column_privilege('dmz_app', oid, 'REFERENCES') OR has_table_privilege('dmz_app', oid, 'TRUNCATE')
           OR has_table_privilege('dmz_app', oid, 'TRIGGER') OR has_table_privilege('dmz_app', oid, 'MAINTAIN'))`,
    );
    expect(rows).toEqual([]);
  });

  it('owns nothing, and has no other role’s rights unless it becomes a tenant’s', async () => {
    const { rows } = await admin.query(
      `SELECT (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned,
         (SELECT count(*)::int FROM pg_auth_members WHERE member = r.oid
           AND (inherit_option OR admin_option OR roleid::regrole::text NOT LIKE 'dmz\\_tenant\\_%')) AS memberships,
         rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolconfig
       FROM pg_roles AS r WHERE rolname = 'dmz_app'`,
    );
    const no = false;
    expect(rows).toEqual([
      {
        ...{ owned: 0, memberships: 0, rolconfig: null },
        ...{ rolsuper: no, rolcreaterole: no, rolcreatedb: no, rolreplication: no, rolbypassrls: no },
      },
    ]);
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

  it('can read no view whose rows are found with somebody else’s rights', async () => {
    const { rows } = await admin.query(
      `SELECT oid::regclass::text AS name FROM pg_class
       WHERE relkind IN ('v', 'm', 'f') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
         AND has_any_column_privilege('dmz_app', oid, 'SELECT')
         AND (relkind <> 'v' OR NOT coalesce('security_invoker=true' = ANY (reloptions), false))`,
    );
    expect(rows).toEqual([]);
  });

  it('finds one tenant by its exact name, and can list none', async () => {
    const located = async (reference: string) =>
      (await app.query('SELECT id FROM dmz.locate_tenant($1)', [reference])).rows;
    expect(await located('consumers')).toEqual([{ id: tenant }]);
    for (const reference of ['', '%', 'c%', 'CONSUMERS', ' consumers', "' OR true --"])
      expect(await located(reference)).toEqual([]);
  });
});
