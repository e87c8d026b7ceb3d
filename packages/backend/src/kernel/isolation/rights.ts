/** What the application's role may do at all: become somebody else, change what is built, reach out of the database. */
import { attempt, describeOutcome } from './attempt.ts';
import type { Field } from './field.ts';
import { type Group, judge } from './group.ts';
import type { Verdict } from './tally.ts';

export const rights: Group = {
  name: 'rights',
  tries:
    'Becoming each other role; creating, altering, dropping and granting objects, temporary ones too; triggers, policies and settings; files, programs, large objects, other servers, replication, and system catalogues.',
  standsFor: 'A statement injected into one tenant’s request, which looks for a way out of its role.',
  remedy: 'revoke the right from the role and from PUBLIC; pnpm db:check holds roles to what they are for',
  async attack(field, note) {
    const { admin, app, own, place } = field;
    for (const { name, why } of await exemptions(field))
      note({ rule: 'no-role-is-exempt', object: name }, why === null ? 'refused' : { through: why });
    const { rows } = await admin.query(
      "SELECT quote_ident(rolname) AS role FROM pg_roles WHERE rolname <> $1 AND rolname !~ '^dmz_tenant_' ORDER BY 1",
      [place.role],
    );
    const becoming = rows.flatMap(({ role }) => [
      `SET LOCAL ROLE ${role}`,
      `SET LOCAL SESSION AUTHORIZATION ${role}`,
    ]);
    const context = { entered: own.id } as const;
    for (const text of becoming) {
      const outcome = await attempt(app, context, text);
      const detail = outcome.state === undefined ? 'the role was taken on' : undefined;
      // A connection that became a tenant's role may go back to what it logged in as.
      const back = place.role !== LOGIN && text.endsWith(LOGIN);
      note({ rule: 'becomes-nobody-else', object: text }, judge(outcome, back ? undefined : detail, true));
    }
    for (const text of forbidden(field))
      note({ rule: 'a-right-is-not-there', object: text }, verdictOf(await attempt(app, context, text)));
  },
};

const LOGIN = 'dmz_app';
/** No such function, type, file or feature here: it proves nothing. */
const NOT_HERE = ['42883', '42704', '42P01', '58P01', '0A000', '42601', '3F000'];

function verdictOf(outcome: Awaited<ReturnType<typeof attempt>>): Verdict {
  const { state = '' } = outcome;
  if (outcome.state === undefined) return { through: describeOutcome(outcome) };
  return NOT_HERE.includes(state) ? { untried: `not to be had here: ${outcome.message}` } : 'refused';
}

/** The role itself, and those whose rights it has without asking. */
async function exemptions({ admin, place }: Field): Promise<{ name: string; why: string | null }[]> {
  const { rows } = await admin.query(
    `SELECT rolname AS name, CASE WHEN rolsuper THEN 'it is a superuser' WHEN rolbypassrls THEN 'row security does not bind it (BYPASSRLS)'
       WHEN rolname <> $1 AND rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files',
         'pg_execute_server_program', 'pg_monitor', 'pg_read_all_stats', 'pg_read_all_settings', 'pg_signal_backend', 'pg_maintain', 'dmz_owner')
         THEN format('%s has its rights', $1::text) END AS why
     FROM pg_roles WHERE rolname IN ($1, 'dmz_app') OR pg_has_role($1, oid, 'USAGE') ORDER BY 1`,
    [place.role],
  );
  return rows;
}

function forbidden({ targets, place }: Field): string[] {
  const table = targets.find(({ filled }) => filled)?.name ?? targets[0]?.name ?? 'pg_class';
  const schema = table.includes('.') ? table.slice(0, table.indexOf('.')) : 'public';
  return [
    ...['public', 'dmz', schema].map((each) => `CREATE TABLE ${each}.mine (id int)`),
    ...[
      `CREATE VIEW ${schema}.mine AS SELECT 1`,
      `CREATE FUNCTION ${schema}.mine() RETURNS int LANGUAGE sql RETURN 1`,
    ],
    ...[
      'CREATE SCHEMA mine',
      'CREATE TEMP TABLE mine (id int)',
      'CREATE TEMP SEQUENCE mine',
      'CREATE TYPE public.mine AS (one int)',
    ],
    ...[
      'CREATE ROLE mine',
      'CREATE EXTENSION pgcrypto',
      'CREATE EXTENSION plperlu',
      'CREATE PUBLICATION mine FOR ALL TABLES',
    ],
    'CREATE CAST (uuid AS integer) WITH INOUT',
    'CREATE OPERATOR public.=== (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = uuid_eq)',
    `CREATE RULE mine AS ON SELECT TO ${table} DO INSTEAD NOTHING`,
    `CREATE TRIGGER mine AFTER INSERT ON ${table} EXECUTE FUNCTION dmz.set_updated_at()`,
    `CREATE POLICY mine ON ${table} USING (true)`,
    `DROP POLICY tenant_isolation ON ${table}`,
    ...[
      'DISABLE ROW LEVEL SECURITY',
      'NO FORCE ROW LEVEL SECURITY',
      'DISABLE TRIGGER ALL',
      `OWNER TO ${place.role}`,
    ].map((change) => `ALTER TABLE ${table} ${change}`),
    ...[`DROP TABLE ${table}`, `COMMENT ON TABLE ${table} IS NULL`],
    'GRANT SELECT ON public.tenants TO PUBLIC',
    ...[
      `GRANT dmz_owner TO ${place.role}`,
      `ALTER ROLE ${LOGIN} BYPASSRLS`,
      `ALTER ROLE ${LOGIN} SET dmz.tenant_id = 'x'`,
    ],
    'ALTER FUNCTION dmz.current_tenant() OWNER TO CURRENT_USER',
    'ALTER DEFAULT PRIVILEGES FOR ROLE dmz_owner GRANT SELECT ON TABLES TO PUBLIC',
    ...[
      'SET LOCAL session_replication_role = replica',
      'SET LOCAL lo_compat_privileges = on',
      "SET LOCAL session_preload_libraries = 'x'",
    ],
    ...[
      "LOAD '$libdir/plpgsql'",
      'DO LANGUAGE c $$$$',
      "COPY (SELECT 1) TO PROGRAM 'true'",
      "COPY (SELECT 1) TO '/tmp/mine'",
    ],
    ...[
      'pg_hba_file_rules',
      'pg_authid',
      'pg_shadow',
      'pg_largeobject',
      'pg_user_mapping',
      'pg_subscription',
      'pg_file_settings',
    ].map((catalogue) => `SELECT * FROM ${catalogue}`),
    ...[
      "pg_read_file('PG_VERSION')",
      "pg_read_binary_file('PG_VERSION')",
      "pg_ls_dir('.')",
      "pg_stat_file('PG_VERSION')",
      'pg_ls_waldir()',
      'pg_ls_tmpdir()',
      'pg_ls_logdir()',
    ].map((call) => `SELECT ${call}`),
    ...["lo_import('/etc/hostname')", "lo_export(1, '/tmp/mine')", 'lo_get(1)', 'lo_unlink(1)'].map(
      (call) => `SELECT ${call}`,
    ),
    ...[
      "pg_create_logical_replication_slot('mine', 'pgoutput')",
      "pg_logical_slot_peek_changes('mine', NULL, NULL)",
      "pg_replication_origin_session_setup('x')",
      'pg_switch_wal()',
      'pg_reload_conf()',
      "pg_create_restore_point('x')",
    ].map((call) => `SELECT ${call}`),
    "SELECT dblink_connect('dbname=postgres')",
    "CREATE SERVER mine FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'localhost')",
    `SELECT set_config('session_replication_role', 'replica', true)`,
  ];
}
