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
SELECT object, holder || ' may ' || right_of AS detail
FROM relations, unnest('{TRUNCATE,REFERENCES,TRIGGER,MAINTAIN}'::text[]) AS right_of,
  unnest(ARRAY['dmz_app', 'dmz_tenant', CASE WHEN to_regrole(role) IS NOT NULL THEN role END]) AS holder
WHERE relkind IN ('r', 'p', 'v') AND has_table_privilege(holder, oid, right_of)`,
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
      'revoke it: only the platform’s own roles reach its tables, a tenant’s schema is for that tenant’s role, and nobody passes rights on',
    sql: `
SELECT object, grantee::regrole || ' was granted ' || privilege_type || CASE WHEN is_grantable THEN ' with grant option' ELSE '' END AS detail FROM (
  SELECT object, space, relowner AS owner, relacl AS acl FROM relations
  UNION ALL SELECT r.object || '.' || attname, space, relowner, attacl FROM relations AS r JOIN pg_attribute ON attrelid = r.oid
  UNION ALL SELECT 'schema ' || name, name, nspowner, nspacl FROM spaces
  UNION ALL SELECT object, space, proowner, proacl FROM functions
) AS held, aclexplode(acl)
WHERE grantee NOT IN (0, owner) AND (is_grantable OR grantee::regrole::text <> ALL (ARRAY['dmz_owner', 'dmz_mover', 'dmz_maintenance']
  || CASE WHEN space LIKE 'tenant\\_%' THEN ARRAY['dmz_' || space] ELSE '{dmz_app,dmz_tenant}' END))`,
  },
  {
    name: 'every-tenant-reads-references-alone',
    remedy:
      'dmz_tenant is every tenant in a schema of its own: grant it SELECT on reference tables, USAGE of their schemas, and functions of dmz',
    sql: `
SELECT object, 'dmz_tenant was granted ' || privilege_type AS detail FROM (
  SELECT object, relacl AS acl, kind = 'reference' AS open, 'SELECT' AS wanted FROM tables
  UNION ALL SELECT object, relacl, false, 'none' FROM relations WHERE oid NOT IN (SELECT oid FROM tables)
  UNION ALL SELECT r.object || '.' || attname, attacl, false, 'none' FROM relations AS r JOIN pg_attribute ON attrelid = r.oid
  UNION ALL SELECT 'schema ' || name, nspacl, true, 'USAGE' FROM spaces
  UNION ALL SELECT object, proacl, space = 'dmz', 'EXECUTE' FROM functions
) AS held, aclexplode(acl) WHERE grantee = 'dmz_tenant'::regrole AND NOT (open AND privilege_type = wanted)
UNION ALL SELECT object, 'dmz_tenant may not read it' FROM tables
WHERE kind = 'reference' AND NOT (has_table_privilege('dmz_tenant', oid, 'SELECT') AND has_schema_privilege('dmz_tenant', space, 'USAGE'))`,
  },
  {
    name: 'tenant-schema-has-its-role',
    remedy: 'createSchemaPlacement makes the role, and what it is a member of: apply the migrations again',
    sql: `
SELECT 'schema ' || name AS object, CASE WHEN to_regrole(role) IS NULL THEN 'there is no role ' || role ELSE role || ' does not reach it' END AS detail
FROM spaces WHERE role IS NOT NULL AND NOT EXISTS (SELECT FROM pg_auth_members AS m JOIN pg_auth_members AS every ON every.member = m.roleid
  WHERE m.roleid = to_regrole(role) AND m.member = 'dmz_app'::regrole AND every.roleid = 'dmz_tenant'::regrole
    AND has_schema_privilege(role, name, 'USAGE'))`,
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
