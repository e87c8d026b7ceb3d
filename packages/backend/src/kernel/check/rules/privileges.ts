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
];
