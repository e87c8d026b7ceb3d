/** What rules about the catalogue select from: gathered with each query, or once for many. */
import pg, { type ClientBase } from 'pg';

/**
 * What every rule may select from. `spaces` are the schemas that the rules hold in: those of modules, the platform's
 * functions, and tenants' own, which have a `role` each. `tables` are theirs without partitions, by the kind that a table's
 * comment names; `canonical` is its name in its module, wherever it stands; a placement's history of migrations is none.
 * `partitions` belong to one of `tables`, and are held by the rules of that table. `months_apart` are tables that a log
 * is about to get or was detached from, as `apart` says, and are guarded as its partitions are.
 */
const RELATIONS: readonly (readonly [name: string, query: string])[] = [
  [
    'spaces',
    `
  SELECT oid, nspname AS name, nspowner, nspacl, CASE WHEN nspname LIKE 'tenant\\_%' THEN 'dmz_' || nspname END AS role
  FROM pg_namespace
  WHERE nspname = ANY ($1::text[]) OR nspname = 'dmz' OR nspname LIKE 'tenant\\_%'`,
  ],
  [
    'relations',
    `
  SELECT c.oid, s.name || '.' || c.relname AS object, c.relname AS name, s.name AS space, s.role,
    CASE WHEN s.role IS NULL THEN s.name || '.' || c.relname ELSE regexp_replace(c.relname, '_', '.') END AS canonical, c.relkind, c.relowner, c.relacl,
    c.reloptions, c.relispartition, c.relpersistence, c.relreplident, c.relrowsecurity, c.relforcerowsecurity, c.relpartbound,
    said.description AS comment, substring(said.description FROM '@month (prepared|detached)$') AS apart
  FROM pg_class AS c JOIN spaces AS s ON s.oid = c.relnamespace
  LEFT JOIN pg_description AS said ON said.classoid = 'pg_class'::regclass AND said.objoid = c.oid AND said.objsubid = 0`,
  ],
  [
    'tables',
    `
  SELECT *, substring(comment FROM '@kind (\\S+)') AS kind
  FROM relations WHERE relkind IN ('r', 'p') AND NOT relispartition AND apart IS NULL
    AND NOT (role IS NOT NULL AND name = '__drizzle_migrations')`,
  ],
  [
    'months_apart',
    `
  SELECT * FROM relations WHERE NOT relispartition AND apart IS NOT NULL`,
  ],
  [
    'of_tenants',
    `
  SELECT * FROM tables WHERE kind IN ('tenant', 'append_only', 'partitioned_log')`,
  ],
  [
    'partitions',
    `
  SELECT part.*, parent.oid AS parent, parent.object AS parent_object
  FROM relations AS part JOIN pg_inherits ON inhrelid = part.oid JOIN tables AS parent ON parent.oid = inhparent
  WHERE part.relispartition AND part.relkind IN ('r', 'p')`,
  ],
  [
    'columns',
    `
  SELECT t.oid AS table_oid, t.object AS table_object, t.object || '.' || a.attname AS object, t.canonical AS canonical_table, t.kind, a.attnum,
    a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required, a.attacl,
    pg_get_expr(d.adbin, d.adrelid) AS default_value, said.description AS comment
  FROM tables AS t JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_description AS said ON said.classoid = 'pg_class'::regclass AND said.objoid = a.attrelid AND said.objsubid = a.attnum`,
  ],
  [
    'functions',
    `
  SELECT p.*, s.name AS space, s.name || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS object,
    obj_description(p.oid, 'pg_proc') AS comment
  FROM pg_proc AS p JOIN spaces AS s ON s.oid = p.pronamespace`,
  ],
];

/** In front of one rule. */
export const AS_QUERIES = `WITH ${RELATIONS.map(([name, query]) => `${name} AS (${query})`).join(', ')}`;
/** In front of a rule, once they are gathered: a rule may go on with further queries of its own. */
export const AS_TABLES = 'WITH gathered AS (SELECT $1::text[])';

/**
 * Gathers the relations into temporary tables, and counts them. With a hundred placements they are a hundred thousand,
 * which PostgreSQL would otherwise gather anew for each rule, and compare with each other one by one, since it cannot know
 * how many come out of a query.
 *
 * @param client      in a transaction, which cannot write from then on
 * @param namespaces  the modules' names, each a schema
 */
export async function gatherRelations(client: ClientBase, namespaces: readonly string[]): Promise<void> {
  const given = pg.escapeLiteral(`{${namespaces.join(',')}}`);
  for (const [name, query] of RELATIONS)
    await client.query(
      `CREATE TEMPORARY TABLE ${name} ON COMMIT DROP AS ${query.replace('$1', given)}; ANALYZE ${name}`,
    );
  await client.query('SET TRANSACTION READ ONLY');
}
