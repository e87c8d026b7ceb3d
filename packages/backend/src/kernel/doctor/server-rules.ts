/** What can be wrong with the server and this database as a whole, each as one query: no row while all is well. */
import type { CatalogueRule } from '../check/catalogue-rule.ts';
import { partitionRules } from '../check/rules/partitions.ts';
import { roleRules } from '../check/rules/roles.ts';

const OLDEST = 180_000;

export const serverRules: readonly CatalogueRule[] = [
  {
    name: 'server-is-new-enough',
    remedy: 'use a PostgreSQL 18 server, or unset DATABASE_URL to use the embedded one',
    sql: `
SELECT 'PostgreSQL ' || current_setting('server_version') AS object, 'the platform needs 18 or newer' AS detail
WHERE current_setting('server_version_num')::int < ${OLDEST}`,
  },
  {
    name: 'database-is-utf8',
    remedy: 'dump it, create the database anew with ENCODING UTF8, and restore it',
    sql: `
SELECT datname AS object, 'its encoding is ' || pg_encoding_to_char(encoding) AS detail
FROM pg_database WHERE datname = current_database() AND pg_encoding_to_char(encoding) <> 'UTF8'`,
  },
  {
    // An operating system's new version sorts otherwise, and an index that was sorted the old way then misses rows.
    name: 'locale-is-the-one-indexes-were-built-with',
    remedy: 'REINDEX DATABASE, then ALTER DATABASE … REFRESH COLLATION VERSION',
    sql: `
SELECT datname AS object, 'built with version ' || datcollversion || ' of its locale, the server has ' ||
  coalesce(pg_database_collation_actual_version(oid), 'none') AS detail
FROM pg_database WHERE datname = current_database() AND datcollversion <> coalesce(pg_database_collation_actual_version(oid), '')`,
  },
  {
    name: 'changes-can-be-followed',
    remedy: 'ALTER SYSTEM SET wal_level = logical, then restart the server; moving a tenant needs it',
    sql: `
SELECT 'wal_level' AS object, 'it is ' || current_setting('wal_level') || ', and not logical' AS detail
WHERE current_setting('wal_level') <> 'logical'`,
  },
  {
    name: 'server-keeps-what-it-commits',
    remedy: 'ALTER SYSTEM RESET the setting, then SELECT pg_reload_conf()',
    sql: `
SELECT name AS object, 'it is off: a crash loses or damages what was acknowledged' AS detail
FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'`,
  },
  {
    // One that nobody reads keeps the server from ever removing its log; a move that was killed leaves one.
    name: 'replication-slots-are-used',
    remedy:
      'pnpm dmz tenant move resume, or rollback, of the move that it belongs to; else SELECT pg_drop_replication_slot(<slot>)',
    sql: `
SELECT slot_name AS object, concat_ws(', ', 'nobody reads it', 'since ' || date_trunc('second', inactive_since),
  'it holds back ' || pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) || ' of log') AS detail
FROM pg_replication_slots WHERE NOT active AND NOT temporary`,
  },
];

const ofDatabase = ['role-has-no-special-attributes', 'months-have-partitions', 'default-partition-is-empty'];

/** Rules of `db check` whose breach does not wait for a review: it stops or weakens what runs. */
export const databaseRules: readonly CatalogueRule[] = [...roleRules, ...partitionRules].filter(({ name }) =>
  ofDatabase.includes(name),
);

const seeded = (tables: readonly string[]): CatalogueRule => ({
  name: 'seeds-are-present',
  remedy: 'pnpm db:seed',
  sql: `
SELECT object, 'it is empty' AS detail FROM (
  ${tables.map((table) => `SELECT '${table}' AS object, count(*) AS found FROM ${table}`).join(' UNION ALL ')}
) AS counted WHERE found = 0`,
});

const REFERENCE = ['public.locales', 'public.regulatory_frameworks'];

/** Only where the migrations have made the tables. */
export const referenceRules: readonly CatalogueRule[] = [seeded(REFERENCE)];

/** The same for the database that has the register of tenants. */
export const registerRules: readonly CatalogueRule[] = [
  seeded(['public.tenants', 'public.instances', ...REFERENCE]),
];
