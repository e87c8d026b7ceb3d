/**
 * What belongs to no module and yet reaches into all of them: objects in schemas that no rule looks at, and objects
 * without a schema. Object ids below 16384 are PostgreSQL’s own (FirstNormalObjectId), and extensions bring theirs.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

const OF_EXTENSION = (oid: string) => `EXISTS (SELECT FROM pg_depend WHERE objid = ${oid} AND deptype = 'e')`;

export const strangerRules: readonly CatalogueRule[] = [
  {
    name: 'nothing-outside-the-modules',
    remedy: 'move it into a module’s namespace, where the rules hold, or drop it',
    sql: `
SELECT object, detail FROM (
  SELECT c.oid, c.relnamespace AS space, c.oid::regclass::text AS object, 'a relation outside the modules’ namespaces' AS detail
  FROM pg_class AS c WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
  UNION ALL SELECT p.oid, p.pronamespace, p.oid::regprocedure::text, 'a function outside the modules’ namespaces'
  FROM pg_proc AS p WHERE pronamespace <> 'dmz'::regnamespace
) AS known
WHERE oid >= 16384 AND NOT ${OF_EXTENSION('oid')} AND object NOT IN ('drizzle.__drizzle_migrations', 'drizzle.__migration_progress', 'drizzle.__backfill_progress')
  AND space NOT IN (SELECT oid FROM spaces WHERE name <> 'dmz')
  AND space NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_(toast|temp)')`,
  },
  {
    name: 'nothing-across-the-database',
    remedy: 'drop it: it acts on every namespace, and no rule of a table holds it',
    sql: `
SELECT object, detail FROM (
  SELECT oid, evtname::text AS object, 'an event trigger' AS detail FROM pg_event_trigger
  UNION ALL SELECT oid, srvname, 'a foreign server' FROM pg_foreign_server
  UNION ALL SELECT oid, fdwname, 'a foreign-data wrapper' FROM pg_foreign_data_wrapper
  UNION ALL SELECT oid, castsource::regtype || ' AS ' || casttarget::regtype, 'a cast' FROM pg_cast
  UNION ALL SELECT oid, oid::regoperator::text, 'an operator' FROM pg_operator
) AS known WHERE oid >= 16384 AND NOT ${OF_EXTENSION('oid')}
UNION ALL SELECT lanname, 'an untrusted language that everybody may write functions in'
FROM pg_language WHERE lanpltrusted AND lanname IN ('c', 'internal')
UNION ALL SELECT oid::text, 'a large object, which knows no row-level security' FROM pg_largeobject_metadata`,
  },
  {
    name: 'extension-is-closed',
    remedy:
      'DROP EXTENSION, or revoke its functions from PUBLIC: they look at files, pages and other servers past every policy',
    // pg_stat_statements shows statements without their values, and to whoever ran them.
    sql: `
SELECT extname AS object, 'the application may call its ' || min(p.oid::regprocedure::text) AS detail
FROM pg_extension AS e JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
JOIN pg_proc AS p ON p.oid = d.objid
WHERE extname NOT IN ('plpgsql', 'pg_stat_statements') AND has_function_privilege('dmz_app', p.oid, 'EXECUTE') GROUP BY extname`,
  },
  {
    name: 'publication-names-its-tables',
    remedy: 'drop the publication, and make it FOR TABLE … with what it is for',
    sql: `
SELECT pubname AS object, 'it publishes every table, those of the future included' AS detail
FROM pg_publication AS p WHERE puballtables OR EXISTS (SELECT FROM pg_publication_namespace WHERE pnpubid = p.oid)`,
  },
  {
    name: 'no-type-of-its-own',
    remedy:
      'use text with a CHECK, or a reference table: a type cannot be expanded and contracted by migrations',
    sql: `
SELECT s.name || '.' || t.typname AS object, 'it is a type, and everybody may use it' AS detail
FROM pg_type AS t JOIN spaces AS s ON s.oid = t.typnamespace LEFT JOIN pg_class AS c ON c.oid = t.typrelid
WHERE t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c'`,
  },
];
