/**
 * Further breaches of the catalogue's rules: what leaves tables and policies as they were, and opens or weakens them
 * all the same. As the others, they run as the administrator in a transaction that is rolled back.
 */
import { type Breach, breach } from './breach.ts';

const constraints = [
  breach(
    'constraint-binds-at-once',
    'auth.api_keys',
    `ALTER TABLE auth.api_keys DROP CONSTRAINT api_keys_user_id_fk; ALTER TABLE auth.api_keys
       ADD FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id) NOT VALID`,
  ),
  breach(
    'constraint-binds-at-once',
    'org.teams',
    "ALTER TABLE org.teams ADD CHECK (name <> 'x') NOT ENFORCED",
  ),
  breach(
    'constraint-binds-at-once',
    'auth.api_keys',
    'ALTER TABLE auth.api_keys ALTER CONSTRAINT api_keys_user_id_fk DEFERRABLE INITIALLY DEFERRED',
  ),
  breach(
    'foreign-key-changes-no-key',
    'auth.api_keys',
    'ALTER TABLE auth.api_keys ADD FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id) ON DELETE SET NULL',
  ),
  breach(
    'foreign-key-changes-no-key',
    'auth.api_keys',
    'ALTER TABLE auth.api_keys ADD FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id) ON UPDATE CASCADE',
  ),
  breach(
    'append-only-does-not-cascade',
    'game.actions',
    `ALTER TABLE game.actions ADD owner_id uuid,
       ADD FOREIGN KEY (tenant_id, owner_id) REFERENCES auth.users (tenant_id, id) ON DELETE CASCADE`,
  ),
  breach(
    'trigger-fires',
    'economy.transactions',
    'ALTER TABLE economy.transactions DISABLE TRIGGER check_transaction',
  ),
  breach(
    'trigger-fires',
    'economy.transactions',
    'ALTER TABLE economy.transactions ENABLE REPLICA TRIGGER check_transaction',
  ),
  breach('trigger-fires', 'auth.users', 'ALTER TABLE auth.users DISABLE TRIGGER ALL'),
  breach(
    'no-rewrite-rule',
    'game.actions',
    'CREATE RULE quietly AS ON UPDATE TO game.actions DO INSTEAD NOTHING',
  ),
];

const strangers = [
  breach('nothing-outside-the-modules', 'drizzle.notes', 'CREATE TABLE drizzle.notes (id uuid)'),
  breach(
    'nothing-outside-the-modules',
    'information_schema.notes',
    'CREATE TABLE information_schema.notes (id uuid)',
  ),
  breach('nothing-outside-the-modules', 'dmz.notes', 'CREATE TABLE dmz.notes (id uuid)'),
  breach(
    'nothing-outside-the-modules',
    'drizzle.open_teams',
    'CREATE VIEW drizzle.open_teams AS SELECT * FROM org.teams',
  ),
  breach(
    'nothing-outside-the-modules',
    'drizzle.events_of_2040',
    "CREATE TABLE drizzle.events_of_2040 PARTITION OF game.events FOR VALUES FROM ('2040-01-01Z') TO ('2040-02-01Z')",
  ),
  breach(
    'nothing-outside-the-modules',
    'drizzle.loose()',
    "CREATE FUNCTION drizzle.loose() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
  ),
  breach(
    'nothing-across-the-database',
    'watcher',
    `CREATE FUNCTION game.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
     CREATE EVENT TRIGGER watcher ON ddl_command_end EXECUTE FUNCTION game.watch()`,
  ),
  breach('nothing-across-the-database', 'elsewhere', 'CREATE FOREIGN DATA WRAPPER elsewhere'),
  breach(
    'nothing-across-the-database',
    'abroad',
    'CREATE FOREIGN DATA WRAPPER elsewhere; CREATE SERVER abroad FOREIGN DATA WRAPPER elsewhere',
  ),
  breach(
    'nothing-across-the-database',
    'text AS integer',
    'CREATE CAST (text AS integer) WITH INOUT AS IMPLICIT',
  ),
  breach('nothing-across-the-database', '4242', 'SELECT lo_create(4242)'),
  breach(
    'nothing-across-the-database',
    'c',
    "UPDATE pg_language SET lanpltrusted = true WHERE lanname = 'c'",
  ),
  breach('publication-names-its-tables', 'everything', 'CREATE PUBLICATION everything FOR ALL TABLES'),
  breach(
    'publication-names-its-tables',
    'everything',
    'CREATE PUBLICATION everything FOR TABLES IN SCHEMA org',
  ),
  breach('extension-is-closed', 'dblink', 'CREATE EXTENSION dblink SCHEMA public'),
  breach('no-type-of-its-own', 'org.mood', "CREATE TYPE org.mood AS ENUM ('good')"),
  breach('no-type-of-its-own', 'org.moment', 'CREATE DOMAIN org.moment AS timestamp'),
  breach('no-type-of-its-own', 'org.pair', 'CREATE TYPE org.pair AS (one int, other int)'),
];

const roles = [
  breach(
    'no-stranger-is-exempt',
    'watching_reader',
    'CREATE ROLE watching_reader BYPASSRLS; GRANT SELECT ON org.teams TO watching_reader',
  ),
];

const tables = [
  breach('table-name-is-plural-snake-case', 'org.team_status', 'ALTER TABLE org.teams RENAME TO team_status'),
  breach(
    'table-name-fits-every-placement',
    `org.${'a'.repeat(54)}s`,
    `ALTER TABLE org.teams RENAME TO ${'a'.repeat(54)}s`,
  ),
  breach('table-survives-a-crash', 'auth.api_keys', 'ALTER TABLE auth.api_keys SET UNLOGGED'),
  breach('table-has-no-heirs', 'org.sub_teams', 'CREATE TABLE org.sub_teams () INHERITS (org.teams)'),
  breach('replica-identity-is-the-key', 'org.teams', 'ALTER TABLE org.teams REPLICA IDENTITY NOTHING'),
  breach(
    'replica-identity-is-the-key',
    'game.events_default',
    'ALTER TABLE game.events_default REPLICA IDENTITY FULL',
  ),
  breach('no-sequence', 'org.numbers', 'CREATE SEQUENCE org.numbers'),
  breach('no-sequence', 'org.teams_number_seq', 'ALTER TABLE org.teams ADD number serial'),
  breach('evolving-table-has-version', 'threat.campaigns', 'ALTER TABLE threat.campaigns DROP version'),
  breach(
    'evolving-table-has-version',
    'threat.campaigns',
    'ALTER TABLE threat.campaigns ALTER version DROP NOT NULL',
  ),
  breach('evolving-table-has-version', 'org.teams', 'ALTER TABLE org.teams ADD version integer'),
  breach(
    'partition-has-no-trigger-of-its-own',
    'game.events_default',
    'CREATE TRIGGER tap BEFORE INSERT ON game.events_default FOR EACH STATEMENT EXECUTE FUNCTION dmz.set_updated_at()',
  ),
  breach(
    'partition-has-no-grants',
    'game.events_default',
    'GRANT SELECT (tenant_id) ON game.events_default TO dmz_app',
  ),
  breach(
    'partition-has-its-parents-indexes',
    'game.events_default',
    'CREATE UNIQUE INDEX ON game.events_default (id)',
  ),
  breach('log-has-few-indexes', 'analytics.events', 'CREATE INDEX ON analytics.events (tenant_id, id)'),
];

const columns = [
  ...['timestamp[]', 'time'].map((type) =>
    breach('times-have-a-zone', 'org.teams.met_at', `ALTER TABLE org.teams ADD met_at ${type}`),
  ),
  ...['json', 'char(3)', 'varchar(30)', 'money', 'real', 'xml', 'oid'].map((type) =>
    breach('column-has-a-known-type', 'org.teams.thing', `ALTER TABLE org.teams ADD thing ${type}`),
  ),
  breach('money-is-whole-units', 'org.teams.price', 'ALTER TABLE org.teams ADD price numeric(10,2)'),
  breach(
    'money-is-whole-units',
    'org.teams.net_amount',
    'ALTER TABLE org.teams ADD net_amount double precision',
  ),
  breach('column-name-is-snake-case', 'org.teams.metAt', 'ALTER TABLE org.teams ADD "metAt" timestamptz'),
  breach(
    'tenant-is-given',
    'org.teams.tenant_id',
    'ALTER TABLE org.teams ALTER tenant_id SET DEFAULT uuidv7()',
  ),
  breach('column-is-explained', 'org.teams.shape', 'ALTER TABLE org.teams ADD shape jsonb'),
  breach('column-is-explained', 'org.teams.origin_id', 'ALTER TABLE org.teams ADD origin_id uuid'),
  breach('column-is-explained', 'game.snapshots.state', 'COMMENT ON COLUMN game.snapshots.state IS NULL'),
  ...[
    'mail_addr text',
    'emails text[]',
    'emailaddress text',
    'phones jsonb',
    'ssn text',
    'tax_id text',
    'card_number text',
    'birth date',
    'birthdate date',
    'ip inet',
    'seen_at_addresses inet[]',
    'whereabouts point',
    'latitude numeric',
    'age integer',
    'salary bigint',
    'ethnicity text',
    'health_condition text',
    'note text',
    'pwd bytea',
  ].map((column) =>
    breach(
      'personal-data-is-declared',
      `org.teams.${column.split(' ')[0]}`,
      `ALTER TABLE org.teams ADD ${column}`,
    ),
  ),
];

const indexes = [
  breach(
    'index-is-valid',
    'auth.api_keys',
    "UPDATE pg_index SET indisready = false WHERE indexrelid = 'auth.api_keys_user_id_idx'::regclass",
  ),
  breach('index-begins-with-tenant', 'auth.api_keys', 'CREATE INDEX ON auth.api_keys (user_id)'),
  breach('index-begins-with-tenant', 'org.teams', 'CREATE INDEX ON org.teams (lower(name))'),
];

const functions = [
  ...['public', 'pg_temp, org', '"$user"'].map((path) =>
    breach(
      'function-has-fixed-search-path',
      'game.loose()',
      `CREATE FUNCTION game.loose() RETURNS int LANGUAGE sql SET search_path = ${path} AS 'SELECT 1'`,
    ),
  ),
  breach(
    'function-stays-behind-the-wall',
    'dmz.set_updated_at()',
    'ALTER FUNCTION dmz.set_updated_at() LEAKPROOF',
  ),
  breach(
    'function-stays-behind-the-wall',
    'dmz.set_updated_at()',
    'ALTER FUNCTION dmz.set_updated_at() SET row_security = off',
  ),
  breach(
    'function-stays-behind-the-wall',
    'game.process()',
    "CREATE FUNCTION game.process() RETURNS int LANGUAGE internal AS 'pg_backend_pid'",
  ),
];

const privileges = [
  breach(
    'granted-to-known-roles',
    'org.teams',
    'CREATE ROLE dmz_reader_of_tests; GRANT SELECT ON org.teams TO dmz_reader_of_tests',
  ),
  breach('granted-to-known-roles', 'org.teams', 'GRANT SELECT ON org.teams TO dmz_app WITH GRANT OPTION'),
  breach(
    'nothing-granted-in-advance',
    'default privileges of dmz_owner',
    'ALTER DEFAULT PRIVILEGES FOR ROLE dmz_owner GRANT ALL ON TABLES TO dmz_app',
  ),
  breach(
    'nothing-granted-in-advance',
    'default privileges of dmz_owner',
    'ALTER DEFAULT PRIVILEGES FOR ROLE dmz_owner IN SCHEMA game GRANT EXECUTE ON FUNCTIONS TO PUBLIC',
  ),
  breach(
    'only-the-administrator-becomes-the-owner',
    'dmz_reader_of_tests',
    'CREATE ROLE dmz_reader_of_tests; GRANT dmz_owner TO dmz_reader_of_tests',
  ),
  breach(
    'role-sets-no-guarded-parameter',
    'session_replication_role',
    'GRANT SET ON PARAMETER session_replication_role TO dmz_app',
  ),
  breach('session-begins-without-settings', 'dmz_app', 'ALTER ROLE dmz_app SET row_security = off'),
  breach(
    'session-begins-without-settings',
    'dmz_app',
    'ALTER ROLE dmz_app SET default_transaction_read_only = on',
  ),
  breach(
    'session-begins-without-settings',
    'every role',
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = replica', current_database()); END $$`,
  ),
];

export const stealthyBreaches: readonly Breach[] = [
  ...constraints,
  ...strangers,
  ...roles,
  ...tables,
  ...columns,
  ...indexes,
  ...functions,
  ...privileges,
];
