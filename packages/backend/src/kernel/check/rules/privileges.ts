/** Who may do what: nothing is for everybody, and the application can neither empty nor change what it works on. */
import type { CatalogueRule } from '../catalogue-rule.ts';

export const privilegeRules: readonly CatalogueRule[] = [
  {
    name: 'nothing-granted-to-public',
    remedy: 'REVOKE it FROM PUBLIC, and grant it to the roles that need it',
    sql: `
SELECT object, 'PUBLIC was granted ' || string_agg(DISTINCT privilege_type, ', ') AS detail FROM (
  SELECT 'schema ' || name AS object, nspacl AS acl FROM spaces
  UNION ALL SELECT object, relacl FROM relations
  UNION ALL SELECT r.object || '.' || attname, attacl FROM relations AS r JOIN pg_attribute ON attrelid = r.oid
  UNION ALL SELECT 'database ' || datname, coalesce(datacl, acldefault('d', datdba)) FROM pg_database WHERE datname = current_database()
  UNION ALL SELECT 'default privileges of ' || defaclrole::regrole, defaclacl FROM pg_default_acl
) AS granted, aclexplode(acl) WHERE grantee = 0 GROUP BY object`,
  },
  {
    name: 'application-cannot-change-tables',
    remedy: 'revoke the right: the application reads and writes rows, and nothing else',
    sql: `
SELECT object, 'dmz_app may ' || right_of AS detail
FROM relations, unnest('{TRUNCATE,REFERENCES,TRIGGER,MAINTAIN}'::text[]) AS right_of
WHERE relkind IN ('r', 'p', 'v') AND has_table_privilege('dmz_app', oid, right_of)`,
  },
  {
    name: 'new-functions-not-for-public',
    remedy: 'ALTER DEFAULT PRIVILEGES FOR ROLE dmz_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
    sql: `
SELECT 'default privileges of dmz_owner' AS object, 'PUBLIC may execute every function that is made next' AS detail
WHERE NOT EXISTS (SELECT FROM pg_default_acl WHERE defaclrole::regrole::text = 'dmz_owner' AND defaclobjtype = 'f' AND defaclnamespace = 0)`,
  },
  {
    name: 'granted-to-known-roles',
    remedy:
      'revoke it: only the platform’s own roles reach its tables, and none of them passes its rights on',
    sql: `
SELECT object, grantee::regrole || ' was granted ' || privilege_type || CASE WHEN is_grantable THEN ' with grant option' ELSE '' END AS detail FROM (
  SELECT object, relowner AS owner, relacl AS acl FROM relations
  UNION ALL SELECT r.object || '.' || attname, relowner, attacl FROM relations AS r JOIN pg_attribute ON attrelid = r.oid
  UNION ALL SELECT 'schema ' || name, nspowner, nspacl FROM spaces
  UNION ALL SELECT object, proowner, proacl FROM functions
) AS held, aclexplode(acl)
WHERE grantee NOT IN (0, owner) AND (is_grantable OR grantee::regrole::text NOT IN ('dmz_owner', 'dmz_app', 'dmz_mover', 'dmz_maintenance'))`,
  },
  {
    name: 'nothing-granted-in-advance',
    remedy: 'ALTER DEFAULT PRIVILEGES … REVOKE: each table says in its own migration who may do what',
    sql: `
SELECT 'default privileges of ' || defaclrole::regrole AS object, 'whatever is made next is granted to '
  || CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS detail
FROM pg_default_acl, aclexplode(defaclacl) WHERE grantee <> defaclrole`,
  },
];
