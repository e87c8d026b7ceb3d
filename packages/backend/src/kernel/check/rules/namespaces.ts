/** Every schema belongs to exactly one module of the registry, and every module has its schema. */
import type { CatalogueRule } from '../catalogue-rule.ts';

export const namespaceRules: readonly CatalogueRule[] = [
  {
    name: 'namespace-owned-by-a-module',
    remedy: 'add the module to modules/registry.ts, or drop the schema',
    sql: `
SELECT nspname AS object, 'the schema belongs to no module of the registry' AS detail
FROM pg_namespace
WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT LIKE 'tenant\\_%' AND nspname <> ALL ($1::text[])
  AND nspname NOT IN ('information_schema', 'dmz', 'drizzle')`,
  },
  {
    name: 'module-has-its-namespace',
    remedy: 'make the migration that creates it: pnpm db:generate create_<module>_tables',
    sql: `
SELECT module AS object, CASE WHEN count(*) > 1 THEN 'the registry lists the module more than once'
  ELSE 'the module has no schema in the database' END AS detail
FROM unnest($1::text[]) AS module
GROUP BY module HAVING count(*) > 1 OR NOT EXISTS (SELECT FROM spaces WHERE name = module)`,
  },
  {
    name: 'objects-owned-by-dmz-owner',
    remedy: 'run the migration as dmz_owner, or ALTER … OWNER TO dmz_owner',
    sql: `
SELECT object, 'owned by ' || owner::regrole AS detail FROM (
  SELECT name AS object, nspowner AS owner FROM spaces
  UNION ALL SELECT object, relowner FROM relations WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
) AS owned WHERE owner::regrole::text <> 'dmz_owner'`,
  },
];
