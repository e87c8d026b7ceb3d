/**
 * For every rule of the catalogue check, what somebody could do to the database to break it. The statements run as the
 * administrator in a transaction that is rolled back, so that they may alter the real tables.
 */

import { type Breach, breach } from './breach.ts';
import { secretBreaches } from './secret-breaches.ts';
import { stealthyBreaches } from './stealthy-breaches.ts';

const kindComment = (table: string, kind: string) =>
  `COMMENT ON TABLE ${table} IS E'Things for a test.\\n@kind ${kind}\\n@retention tenant'`;

const roles = [
  breach('role-exists', 'dmz_maintenance', 'ALTER ROLE dmz_maintenance RENAME TO dmz_caretaker'),
  breach('role-has-no-special-attributes', 'dmz_app', 'ALTER ROLE dmz_app BYPASSRLS'),
  breach('role-has-no-special-attributes', 'dmz_owner', 'ALTER ROLE dmz_owner LOGIN'),
  breach('role-is-no-member', 'dmz_app', 'GRANT dmz_owner TO dmz_app'),
  breach('role-is-no-member', 'dmz_mover', 'GRANT pg_read_all_data TO dmz_mover'),
  breach(
    'role-is-no-member',
    'dmz_app',
    'CREATE ROLE dmz_tenant_heir; GRANT dmz_tenant_heir TO dmz_app WITH INHERIT TRUE',
  ),
  breach(
    'role-is-no-member',
    'dmz_tenant_one',
    'CREATE ROLE dmz_tenant_one; CREATE ROLE dmz_tenant_other; GRANT dmz_tenant_other TO dmz_tenant_one',
  ),
  breach('role-has-no-special-attributes', 'dmz_tenant_guest', 'CREATE ROLE dmz_tenant_guest LOGIN'),
  breach('every-tenant-reads-references-alone', 'org.teams', 'GRANT SELECT ON org.teams TO dmz_tenant'),
  breach(
    'every-tenant-reads-references-alone',
    'public.locales',
    'REVOKE SELECT ON public.locales FROM dmz_tenant',
  ),
  breach(
    'granted-to-known-roles',
    'org.teams',
    'CREATE ROLE dmz_tenant_thief; GRANT SELECT ON org.teams TO dmz_tenant_thief',
  ),
  breach('tenant-schema-has-its-role', 'schema tenant_alone', 'CREATE SCHEMA tenant_alone'),
  breach('role-creates-nothing', 'dmz_app', 'GRANT CREATE ON SCHEMA game TO dmz_app'),
  breach(
    'role-creates-nothing',
    'dmz_maintenance',
    "DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $$",
  ),
];

const namespaces = [
  breach('namespace-owned-by-a-module', 'strays', 'CREATE SCHEMA strays'),
  breach('module-has-its-namespace', 'content', 'ALTER SCHEMA content RENAME TO tenant_content'),
  breach('objects-owned-by-dmz-owner', 'org.teams', 'ALTER TABLE org.teams OWNER TO CURRENT_USER'),
];

const kinds = [
  breach('table-has-kind', 'game.notes', 'CREATE TABLE game.notes (id uuid)'),
  breach(
    'table-has-kind',
    'game.notes',
    `CREATE TABLE game.notes (id uuid); ${kindComment('game.notes', 'heap')}`,
  ),
  breach(
    'table-has-kind',
    'tenant_acme.notes',
    'CREATE SCHEMA tenant_acme; CREATE TABLE tenant_acme.notes (id uuid)',
  ),
  breach('table-has-purpose', 'org.teams', "COMMENT ON TABLE org.teams IS '@kind tenant'"),
  breach(
    'table-says-its-retention',
    'org.teams',
    "COMMENT ON TABLE org.teams IS E'Teams of one.\\n@kind tenant'",
  ),
  breach('table-name-is-plural-snake-case', 'org.teamLists', 'ALTER TABLE org.teams RENAME TO "teamLists"'),
  breach('table-name-is-plural-snake-case', 'org.team', 'ALTER TABLE org.teams RENAME TO team'),
  breach(
    'relation-can-be-guarded',
    'org.team_counts',
    'CREATE MATERIALIZED VIEW org.team_counts AS SELECT 1 AS one',
  ),
  breach('view-runs-as-its-caller', 'org.team_views', 'CREATE VIEW org.team_views AS SELECT 1 AS one'),
  breach('reference-table-has-no-tenant', 'public.locales', 'ALTER TABLE public.locales ADD tenant_id uuid'),
  breach('platform-table-not-writable', 'public.locales', 'GRANT INSERT ON public.locales TO dmz_app'),
  breach('platform-table-not-writable', 'public.tenants', 'GRANT UPDATE (name) ON public.tenants TO dmz_app'),
  breach('control-table-not-readable', 'public.tenants', 'GRANT SELECT (slug) ON public.tenants TO dmz_app'),
];

const tenantTables = [
  breach(
    'tenant-id-column',
    'game.notes',
    `CREATE TABLE game.notes (tenant_id uuid, id uuid); ${kindComment('game.notes', 'tenant')}`,
  ),
  breach('id-column', 'org.teams', 'ALTER TABLE org.teams ALTER id DROP DEFAULT'),
  breach(
    'primary-key',
    'game.notes',
    `CREATE TABLE game.notes (tenant_id uuid, id uuid PRIMARY KEY); ${kindComment('game.notes', 'tenant')}`,
  ),
  breach(
    'primary-key',
    'game.notes',
    `CREATE TABLE game.notes (tenant_id uuid, id uuid); ${kindComment('game.notes', 'partitioned_log')}`,
  ),
  breach('unique-key-begins-with-tenant', 'org.teams', 'ALTER TABLE org.teams ADD UNIQUE (id, tenant_id)'),
  breach('unique-key-begins-with-tenant', 'game.actions', 'CREATE UNIQUE INDEX ON game.actions (id)'),
  breach(
    'foreign-key-begins-with-tenant',
    'org.teams',
    'CREATE UNIQUE INDEX ON auth.users (id); ALTER TABLE org.teams ADD lead_id uuid REFERENCES auth.users (id)',
  ),
  breach(
    'platform-table-points-at-no-tenant-row',
    'public.locales',
    `ALTER TABLE public.locales ADD owner_tenant uuid, ADD owner_id uuid,
       ADD FOREIGN KEY (owner_tenant, owner_id) REFERENCES auth.users (tenant_id, id)`,
  ),
  breach('row-times', 'org.teams', 'ALTER TABLE org.teams ALTER updated_at DROP DEFAULT'),
  breach('row-times', 'game.actions', 'ALTER TABLE game.actions ALTER created_at DROP NOT NULL'),
  breach('updated-at-kept-by-trigger', 'org.teams', 'ALTER TABLE org.teams DISABLE TRIGGER set_updated_at'),
  breach('updated-at-kept-by-trigger', 'public.locales', 'DROP TRIGGER set_updated_at ON public.locales'),
];

const rowSecurity = [
  breach('row-security-forced', 'org.teams', 'ALTER TABLE org.teams NO FORCE ROW LEVEL SECURITY'),
  breach(
    'row-security-forced',
    'game.events_default',
    'ALTER TABLE game.events_default DISABLE ROW LEVEL SECURITY',
  ),
  breach('tenant-policy', 'org.teams', 'DROP POLICY tenant_isolation ON org.teams'),
  breach('tenant-policy', 'org.teams', 'ALTER POLICY tenant_isolation ON org.teams USING (true)'),
  breach('tenant-policy', 'org.teams', 'ALTER POLICY tenant_isolation ON org.teams TO dmz_app'),
  breach('tenant-policy', 'game.events_default', 'DROP POLICY tenant_isolation ON game.events_default'),
  breach(
    'tenant-policy',
    'org.teams',
    'ALTER POLICY tenant_isolation ON org.teams USING (tenant_id = (SELECT dmz.current_tenant()))',
  ),
  breach(
    'policy-is-asked-first',
    'pg_catalog.uuid_eq',
    'ALTER FUNCTION pg_catalog.uuid_eq(uuid, uuid) COST 1',
  ),
  breach('no-policy-widens', 'org.teams', 'CREATE POLICY everyone ON org.teams FOR SELECT USING (true)'),
  breach(
    'no-policy-widens',
    'game.events',
    'CREATE POLICY anything ON game.events FOR INSERT WITH CHECK (true)',
  ),
];

const appendOnly = [
  breach(
    'append-only-has-no-time-of-change',
    'game.actions',
    'ALTER TABLE game.actions ADD updated_at timestamptz',
  ),
  breach(
    'append-only-has-no-time-of-change',
    'game.events',
    'ALTER TABLE game.events ADD deleted_at timestamptz',
  ),
  breach('append-only-grants', 'game.actions', 'GRANT DELETE ON game.actions TO dmz_maintenance'),
  breach('append-only-grants', 'game.events', 'GRANT UPDATE (event_data) ON game.events TO dmz_app'),
  breach('append-only-grants', 'game.events_default', 'GRANT TRUNCATE ON game.events_default TO dmz_mover'),
  breach('append-only-refuses-change', 'game.actions', 'DROP TRIGGER refuse_change ON game.actions'),
  breach(
    'append-only-refuses-change',
    'game.events',
    'ALTER TABLE ONLY game.events DISABLE TRIGGER refuse_change',
  ),
  breach(
    'append-only-refuses-change',
    'game.events_default',
    'ALTER TABLE game.events_default ENABLE REPLICA TRIGGER refuse_change',
  ),
  breach(
    'append-only-refuses-change',
    'game.actions',
    `DROP TRIGGER refuse_change ON game.actions; CREATE TRIGGER refuse_change BEFORE UPDATE OF payload OR DELETE ON game.actions
       FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change()`,
  ),
];

/** The partition two months ahead, which is not the last one. */
const DROP_A_MONTH = `DO $$ BEGIN
  EXECUTE 'DROP TABLE game.events' || to_char(date_trunc('month', now() AT TIME ZONE 'UTC') + interval '2 months', '"_y"YYYY"m"MM');
END $$`;

const FILL_DEFAULT = `SET LOCAL session_replication_role = replica;
INSERT INTO game.events_default (tenant_id, session_id, sequence, event_type, event_data, action_id, server_time)
  VALUES (uuidv7(), uuidv7(), 1, 'game.day.started', '{}', uuidv7(), '2001-01-01Z');
SET LOCAL session_replication_role = origin`;

const OLD_MONTH = 'game.events_y2001m01';
const DETACH_OLD_MONTH = `SELECT dmz.ensure_partition('game.events', '2001-01-01'); SELECT dmz.detach_month('game.events', '2001-01-01')`;

const partitions = [
  breach(
    'log-divided-by-time',
    'game.traces',
    `CREATE TABLE game.traces (day date) PARTITION BY RANGE (day); ${kindComment('game.traces', 'partitioned_log')}`,
  ),
  breach(
    'log-divided-by-time',
    'game.traces',
    `CREATE TABLE game.traces (id uuid); ${kindComment('game.traces', 'partitioned_log')}`,
  ),
  breach(
    'partitioned-table-is-a-log',
    'game.traces',
    `CREATE TABLE game.traces (day date) PARTITION BY RANGE (day); ${kindComment('game.traces', 'append_only')}`,
  ),
  breach('months-have-partitions', 'game.events', DROP_A_MONTH),
  breach('default-partition-is-empty', 'game.events', FILL_DEFAULT),
  breach('default-partition-is-empty', 'game.events', 'DROP TABLE game.events_default'),
  breach(
    'partition-has-its-parents-triggers',
    'game.events_default',
    'DROP TRIGGER advance_session_heads ON game.events_default',
  ),
  breach('partition-has-no-grants', 'game.events_default', 'GRANT INSERT ON game.events_default TO dmz_app'),
  breach(
    'partition-has-no-grants',
    OLD_MONTH,
    `${DETACH_OLD_MONTH}; GRANT SELECT ON ${OLD_MONTH} TO dmz_app`,
  ),
  breach(
    'row-security-forced',
    OLD_MONTH,
    `${DETACH_OLD_MONTH}; ALTER TABLE ${OLD_MONTH} NO FORCE ROW LEVEL SECURITY`,
  ),
  breach('tenant-policy', OLD_MONTH, `${DETACH_OLD_MONTH}; DROP POLICY tenant_isolation ON ${OLD_MONTH}`),
  breach(
    'append-only-refuses-change',
    OLD_MONTH,
    `${DETACH_OLD_MONTH}; DROP TRIGGER refuse_change ON ${OLD_MONTH}`,
  ),
  breach('month-is-whole-made', OLD_MONTH, "SELECT dmz.prepare_month('game.events', '2001-01-01')"),
  breach(
    'month-is-whole-detached',
    OLD_MONTH,
    `SELECT dmz.ensure_partition('game.events', '2001-01-01'); SET LOCAL allow_system_table_mods = on;
     UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = '${OLD_MONTH}'::regclass`,
  ),
];

const columns = [
  breach('times-have-a-zone', 'org.teams.met_at', 'ALTER TABLE org.teams ADD met_at timestamp'),
  breach(
    'personal-data-is-declared',
    'org.teams.contact_email',
    'ALTER TABLE org.teams ADD contact_email text',
  ),
  breach('personal-data-is-declared', 'org.teams.seen_from', 'ALTER TABLE org.teams ADD seen_from inet'),
  breach('personal-data-is-declared', 'org.teams.birth_date', 'ALTER TABLE org.teams ADD birth_date date'),
  breach(
    'personal-data-is-declared',
    'game.worksheets.comment',
    'ALTER TABLE game.worksheets ADD comment text',
  ),
  breach(
    'fictional-table-exists',
    'game.email_headers',
    'ALTER TABLE game.email_headers RENAME TO email_header_lines',
  ),
  breach(
    'impersonal-column-exists',
    'training.policy_versions.body',
    'ALTER TABLE training.policy_versions RENAME body TO wording',
  ),
  breach(
    'personal-data-says-whose-it-is',
    'ugc.reviews',
    "COMMENT ON TABLE ugc.reviews IS E'What players think.\\n@kind tenant\\n@retention tenant'",
  ),
  breach('way-to-a-person-has-an-index', 'ugc.reviews.reviewer_id', 'DROP INDEX ugc.reviews_reviewer_id_idx'),
  breach(
    'personal-data-says-what-erasure-does',
    'auth.users.email',
    "COMMENT ON COLUMN auth.users.email IS E'Kept for signing in.\\n@pii contact'",
  ),
  breach(
    'personal-data-says-what-erasure-does',
    'auth.users.email',
    "COMMENT ON COLUMN auth.users.email IS E'Kept for signing in.\\n@pii contact\\n@erasure null'",
  ),
  breach(
    'personal-data-says-what-erasure-does',
    'game.actions.payload',
    "COMMENT ON COLUMN game.actions.payload IS E'Kept for replay.\\n@pii free_text\\n@erasure replace'",
  ),
];

const indexes = [
  breach('foreign-key-has-an-index', 'auth.api_keys', 'DROP INDEX auth.api_keys_user_id_idx'),
  breach(
    'foreign-key-has-an-index',
    'auth.api_keys',
    'DROP INDEX auth.api_keys_user_id_idx; CREATE INDEX ON auth.api_keys (tenant_id, user_id) WHERE revoked_at IS NULL',
  ),
  breach('index-says-its-query', 'org.teams', 'CREATE INDEX ON org.teams (tenant_id, name)'),
  breach(
    'index-sorts-as-queries-do',
    'org.teams',
    'CREATE INDEX ON org.teams (tenant_id, name DESC NULLS LAST)',
  ),
  breach(
    'index-is-valid',
    'auth.api_keys',
    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'auth.api_keys_user_id_idx'::regclass",
  ),
];

const LOOSE = "CREATE FUNCTION game.loose() RETURNS int LANGUAGE sql AS 'SELECT 1'";

const functions = [
  breach('function-has-fixed-search-path', 'game.loose()', LOOSE),
  breach('function-says-what-it-does', 'game.loose()', LOOSE),
  breach(
    'security-definer-has-a-reason',
    'dmz.set_updated_at()',
    'ALTER FUNCTION dmz.set_updated_at() SECURITY DEFINER',
  ),
  breach(
    'function-owned-by-dmz-owner',
    'dmz.set_updated_at()',
    'ALTER FUNCTION dmz.set_updated_at() OWNER TO CURRENT_USER',
  ),
  breach(
    'function-not-for-public',
    'dmz.refuse_change()',
    'GRANT EXECUTE ON FUNCTION dmz.refuse_change() TO PUBLIC',
  ),
  breach('function-not-for-public', 'game.loose()', LOOSE),
];

const privileges = [
  breach('nothing-granted-to-public', 'public.locales', 'GRANT SELECT ON public.locales TO PUBLIC'),
  breach('nothing-granted-to-public', 'org.teams.name', 'GRANT SELECT (name) ON org.teams TO PUBLIC'),
  breach('nothing-granted-to-public', 'schema game', 'GRANT USAGE ON SCHEMA game TO PUBLIC'),
  breach('application-cannot-change-tables', 'org.teams', 'GRANT TRUNCATE ON org.teams TO dmz_app'),
  breach('application-cannot-change-tables', 'auth.users', 'GRANT REFERENCES ON auth.users TO PUBLIC'),
  breach(
    'new-functions-not-for-public',
    'default privileges of dmz_owner',
    'ALTER DEFAULT PRIVILEGES FOR ROLE dmz_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC',
  ),
];

export const breaches: readonly Breach[] = [
  ...roles,
  ...namespaces,
  ...kinds,
  ...tenantTables,
  ...rowSecurity,
  ...appendOnly,
  ...partitions,
  ...columns,
  ...secretBreaches,
  ...indexes,
  ...functions,
  ...privileges,
  ...stealthyBreaches,
];
