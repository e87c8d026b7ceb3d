/**
 * A rule about the live database, as one query over PostgreSQL's catalogue that returns what breaks the rule. Rules
 * read the migrated catalogue and never the TypeScript that made it: what somebody did by hand is found too.
 */
import type { ClientBase } from 'pg';
import type { Finding } from './finding.ts';

export interface CatalogueRule {
  readonly name: string;
  readonly remedy: string;
  /**
   * A SELECT of `object` and `detail`, one row a breach, none while the rule is kept. It may read the relations below,
   * and `$1`, the namespaces of the modules.
   */
  readonly sql: string;
}

/**
 * What every rule may select from. `spaces` are the schemas that the rules hold in: those of modules, the platform's
 * functions, and tenants' own, which have a `role` each. `tables` are theirs without partitions, by the kind that a table's
 * comment names; `canonical` is its name in its module, wherever it stands; a placement's history of migrations is none.
 * `partitions` belong to one of `tables`, and are held by the rules of that table. `months_apart` are tables that a log
 * is about to get or was detached from, as `apart` says, and are guarded as its partitions are.
 */
const RELATIONS = `
WITH spaces AS (
  SELECT oid, nspname AS name, nspowner, nspacl, CASE WHEN nspname LIKE 'tenant\\_%' THEN 'dmz_' || nspname END AS role
  FROM pg_namespace
  WHERE nspname = ANY ($1::text[]) OR nspname = 'dmz' OR nspname LIKE 'tenant\\_%'
), relations AS (
  SELECT c.oid, s.name || '.' || c.relname AS object, c.relname AS name, s.name AS space, s.role,
    CASE WHEN s.role IS NULL THEN s.name || '.' || c.relname ELSE regexp_replace(c.relname, '_', '.') END AS canonical, c.relkind, c.relowner, c.relacl,
    c.reloptions, c.relispartition, c.relpersistence, c.relreplident, c.relrowsecurity, c.relforcerowsecurity, c.relpartbound,
    substring(obj_description(c.oid, 'pg_class') FROM '@month (prepared|detached)$') AS apart
  FROM pg_class AS c JOIN spaces AS s ON s.oid = c.relnamespace
), tables AS (
  SELECT *, obj_description(oid, 'pg_class') AS comment,
    substring(obj_description(oid, 'pg_class') FROM '@kind (\\S+)') AS kind
  FROM relations WHERE relkind IN ('r', 'p') AND NOT relispartition AND apart IS NULL
    AND NOT (role IS NOT NULL AND name = '__drizzle_migrations')
), months_apart AS (
  SELECT * FROM relations WHERE NOT relispartition AND apart IS NOT NULL
), of_tenants AS (
  SELECT * FROM tables WHERE kind IN ('tenant', 'append_only', 'partitioned_log')
), partitions AS (
  SELECT part.*, parent.oid AS parent, parent.object AS parent_object
  FROM relations AS part JOIN pg_inherits ON inhrelid = part.oid JOIN tables AS parent ON parent.oid = inhparent
  WHERE part.relispartition AND part.relkind IN ('r', 'p')
), columns AS (
  SELECT t.oid AS table_oid, t.object AS table_object, t.object || '.' || a.attname AS object, t.canonical AS canonical_table, t.kind, a.attnum,
    a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required, a.attacl,
    pg_get_expr(d.adbin, d.adrelid) AS default_value, col_description(a.attrelid, a.attnum) AS comment
  FROM tables AS t JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
), functions AS (
  SELECT p.*, s.name AS space, s.name || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS object,
    obj_description(p.oid, 'pg_proc') AS comment
  FROM pg_proc AS p JOIN spaces AS s ON s.oid = p.pronamespace
)`;

/** @param namespaces  the modules' names, each a schema */
export async function findBreaches(
  client: ClientBase,
  rule: CatalogueRule,
  namespaces: readonly string[],
): Promise<Finding[]> {
  const { rows } = await client.query<{ object: string; detail: string }>(`${RELATIONS}\n${rule.sql}`, [
    namespaces,
  ]);
  return rows
    .map(({ object, detail }) => ({ rule: rule.name, object, detail, remedy: rule.remedy }))
    .sort((one, other) => (one.object < other.object ? -1 : 1));
}
