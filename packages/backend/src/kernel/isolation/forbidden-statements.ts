/**
 * What nobody who logs in as the application has a right to, tenant or not. None of them would leave anything behind
 * that outlives a rolled back transaction, were it allowed.
 */

/** Objects of one's own, by which others' statements could be turned. */
const making = (schema: string, table: string): string[] => [
  ...['public', 'dmz', schema].map((each) => `CREATE TABLE ${each}.mine (id int)`),
  `CREATE VIEW ${schema}.mine AS SELECT 1`,
  `CREATE FUNCTION ${schema}.mine() RETURNS int LANGUAGE sql RETURN 1`,
  'CREATE SCHEMA mine',
  'CREATE TEMP TABLE mine (id int)',
  'CREATE TEMP SEQUENCE mine',
  'CREATE TYPE public.mine AS (one int)',
  'CREATE ROLE mine',
  'CREATE EXTENSION pgcrypto',
  'CREATE EXTENSION plperlu',
  'CREATE PUBLICATION mine FOR ALL TABLES',
  'CREATE CAST (uuid AS integer) WITH INOUT',
  'CREATE OPERATOR public.=== (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = uuid_eq)',
  `CREATE RULE mine AS ON SELECT TO ${table} DO INSTEAD NOTHING`,
  `CREATE TRIGGER mine AFTER INSERT ON ${table} EXECUTE FUNCTION dmz.set_updated_at()`,
  `CREATE POLICY mine ON ${table} USING (true)`,
  "CREATE SERVER mine FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'localhost')",
];

/** Others' objects, rights and roles. */
const altering = (role: string, table: string): string[] => [
  `DROP POLICY tenant_isolation ON ${table}`,
  `DROP TABLE ${table}`,
  `COMMENT ON TABLE ${table} IS NULL`,
  `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
  `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`,
  `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
  `ALTER TABLE ${table} OWNER TO ${role}`,
  'ALTER FUNCTION dmz.current_tenant() OWNER TO CURRENT_USER',
  'ALTER DEFAULT PRIVILEGES FOR ROLE dmz_owner GRANT SELECT ON TABLES TO PUBLIC',
  'ALTER ROLE dmz_app BYPASSRLS',
  "ALTER ROLE dmz_app SET backtrace_functions = 'x'",
  `GRANT dmz_owner TO ${role}`,
  'GRANT SELECT ON public.tenants TO PUBLIC',
  'SET LOCAL session_replication_role = replica',
  "SELECT set_config('session_replication_role', 'replica', true)",
  'SET LOCAL lo_compat_privileges = on',
  "SET LOCAL session_preload_libraries = 'x'",
];

/** Ways out of the database: files, programs, other servers, the log of changes; and catalogues with secrets in them. */
const REACHING_OUT: readonly string[] = [
  "LOAD '$libdir/plpgsql'",
  'DO LANGUAGE c $$$$',
  "COPY (SELECT 1) TO PROGRAM 'true'",
  "COPY (SELECT 1) TO '/dev/null'",
  ...['pg_authid', 'pg_shadow', 'pg_largeobject', 'pg_user_mapping', 'pg_subscription'].map(readingAll),
  // What a session has prepared is there for whoever it serves next.
  ...['pg_hba_file_rules', 'pg_file_settings', 'pg_prepared_statements'].map(readingAll),
  ...["pg_read_file('PG_VERSION')", "pg_read_binary_file('PG_VERSION')", "pg_stat_file('PG_VERSION')"].map(
    calling,
  ),
  ...["pg_ls_dir('.')", 'pg_ls_waldir()', 'pg_ls_tmpdir()', 'pg_ls_logdir()'].map(calling),
  ...[
    "lo_import('/etc/hostname')",
    "lo_export(1, '')",
    'lo_get(1)',
    'lo_unlink(1)',
    "lo_from_bytea(0, 'x')",
    'lo_open(1, 262144)',
  ].map(calling),
  ...[
    "pg_create_logical_replication_slot('mine', 'pgoutput', true)",
    "pg_logical_slot_peek_changes('mine', NULL, NULL)",
  ].map(calling),
  ...[
    "pg_replication_origin_session_setup('x')",
    'pg_switch_wal()',
    'pg_reload_conf()',
    "pg_create_restore_point('x')",
  ].map(calling),
  "SELECT dblink_connect('dbname=postgres')",
];

function readingAll(catalogue: string): string {
  return `SELECT * FROM ${catalogue}`;
}

function calling(call: string): string {
  return `SELECT ${call}`;
}

/** @param table  some table of tenants' rows, with its schema */
export const forbiddenStatements = (role: string, table: string): string[] => [
  ...making(table.slice(0, table.indexOf('.')), table),
  ...altering(role, table),
  ...REACHING_OUT,
];
