/**
 * What programs log in as. None of these roles is above row-level security, makes objects, or can become the owner;
 * a suite that runs as one of them proves something.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

export const ROLE_EXISTS = 'role-exists';

const PROGRAMS = "('dmz_app', 'dmz_mover', 'dmz_maintenance')";
/** `dmz_tenant`, and each tenant's of its own schema: `dmz_app` becomes one for a transaction, and has none of its rights. */
const OF_TENANT = (role: string) => `(${role} = 'dmz_tenant' OR ${role} LIKE 'dmz\\_tenant\\_%')`;

export const roleRules: readonly CatalogueRule[] = [
  {
    name: ROLE_EXISTS,
    remedy: 'pnpm db:migrate',
    sql: `
SELECT wanted AS object, 'there is no such role' AS detail
FROM unnest('{dmz_owner,dmz_app,dmz_mover,dmz_maintenance,dmz_tenant}'::text[]) AS wanted WHERE to_regrole(wanted) IS NULL`,
  },
  {
    name: 'role-has-no-special-attributes',
    remedy:
      'ALTER ROLE … NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS; the owner and tenants NOLOGIN as well; of these the mover alone has REPLICATION BYPASSRLS',
    sql: `
SELECT rolname AS object, 'it has ' || concat_ws(', ', CASE WHEN rolsuper THEN 'SUPERUSER' END,
  CASE WHEN rolbypassrls AND rolname <> 'dmz_mover' THEN 'BYPASSRLS' END, CASE WHEN rolcreaterole THEN 'CREATEROLE' END,
  CASE WHEN rolcreatedb THEN 'CREATEDB' END, CASE WHEN rolreplication AND rolname <> 'dmz_mover' THEN 'REPLICATION' END,
  CASE WHEN rolcanlogin AND rolname NOT IN ${PROGRAMS} THEN 'LOGIN' END) AS detail
FROM pg_roles WHERE (rolname IN ('dmz_owner', 'dmz_app', 'dmz_mover', 'dmz_maintenance') OR ${OF_TENANT('rolname')})
  AND (rolsuper OR rolcreaterole OR rolcreatedb OR (rolbypassrls OR rolreplication) AND rolname <> 'dmz_mover' OR rolcanlogin AND rolname NOT IN ${PROGRAMS})`,
  },
  {
    name: 'role-is-no-member',
    remedy: 'REVOKE the membership: what a role may do is granted to it by name',
    sql: `
SELECT member AS object, 'it is a member of ' || granted || concat(CASE WHEN inherits THEN ', and inherits' END,
  CASE WHEN becomes THEN ', and may become it' END, CASE WHEN admin_option THEN ', and may grant it' END) AS detail
FROM (SELECT member::regrole::text AS member, roleid::regrole::text AS granted, admin_option, inherit_option AS inherits, set_option AS becomes
  FROM pg_auth_members) AS membership
WHERE (member IN ${PROGRAMS} OR member = 'dmz_owner' OR ${OF_TENANT('member')})
  AND NOT (member = 'dmz_app' AND granted LIKE 'dmz\\_tenant\\_%' AND becomes AND NOT inherits AND NOT admin_option)
  AND NOT (member LIKE 'dmz\\_tenant\\_%' AND granted = 'dmz_tenant' AND inherits AND NOT becomes AND NOT admin_option)`,
  },
  {
    name: 'no-stranger-is-exempt',
    remedy:
      'ALTER ROLE … NOBYPASSRLS, or REVOKE what it may read: of roles past row security the mover alone reaches tables',
    sql: `
SELECT rolname AS object, 'row security does not bind it, and it may read ' || coalesce(
  (SELECT min(object) FROM relations WHERE relkind IN ('r', 'p') AND has_any_column_privilege(r.oid, relations.oid, 'SELECT')), 'nothing yet') AS detail
FROM pg_roles AS r WHERE rolbypassrls AND NOT rolsuper AND rolname <> 'dmz_mover' AND EXISTS (SELECT FROM relations
  WHERE relkind IN ('r', 'p') AND has_any_column_privilege(r.oid, relations.oid, 'SELECT'))`,
  },
  {
    name: 'role-creates-nothing',
    remedy: 'REVOKE CREATE ON SCHEMA … and TEMPORARY ON DATABASE … from the role and from PUBLIC',
    sql: `
SELECT rolname AS object, detail FROM pg_roles, LATERAL (
  SELECT 'it may create objects in schema ' || nspname AS detail FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\\_%' AND has_schema_privilege(rolname, oid, 'CREATE')
  UNION ALL SELECT 'it may ' || right_of || ' in the database' FROM unnest('{TEMPORARY,CREATE}'::text[]) AS right_of
    WHERE has_database_privilege(rolname, current_database(), right_of)
) AS allowed WHERE rolname IN ${PROGRAMS} OR ${OF_TENANT('rolname')}`,
  },
  {
    name: 'only-the-administrator-becomes-the-owner',
    remedy: 'REVOKE dmz_owner FROM it: whoever becomes the owner can switch every guard off',
    sql: `
SELECT member::regrole::text AS object, 'it can become dmz_owner' AS detail FROM pg_auth_members JOIN pg_roles AS r ON r.oid = member
WHERE roleid::regrole::text = 'dmz_owner' AND NOT rolsuper AND rolname NOT IN (current_user, session_user)`,
  },
  {
    name: 'role-sets-no-guarded-parameter',
    remedy: 'REVOKE SET, ALTER SYSTEM ON PARAMETER … from the role and from PUBLIC',
    sql: `
SELECT parname AS object, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END || ' was granted ' || privilege_type AS detail
FROM pg_parameter_acl, aclexplode(paracl) WHERE (grantee = 0 OR grantee::regrole::text LIKE 'dmz\\_%')
  -- The mover writes what was accepted elsewhere, and the owner's door for purges deletes what triggers protect.
  AND NOT (parname = 'session_replication_role' AND privilege_type = 'SET' AND grantee::regrole::text IN ('dmz_mover', 'dmz_owner'))
  -- The tenant that a transaction has entered stands in it, where the owner's functions alone can write.
  AND NOT (parname = 'backtrace_functions' AND privilege_type = 'SET' AND grantee::regrole::text = 'dmz_owner')`,
  },
  {
    name: 'session-begins-without-settings',
    remedy:
      'ALTER ROLE … RESET, or ALTER DATABASE … RESET: a session begins with triggers, row security and no tenant; and a role can set what its own begin with, so whatever dmz_app begins with somebody may have injected',
    sql: `
SELECT coalesce(nullif(setrole, 0)::regrole::text, 'every role') AS object, 'it begins with ' || setting AS detail
FROM pg_db_role_setting, unnest(setconfig) AS setting
WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  AND (setting ~ '^(row_security|session_replication_role|backtrace_functions|search_path|role|dmz\\..*)='
    OR nullif(setrole, 0)::regrole::text IN ${PROGRAMS})`,
  },
];
