/**
 * Every right that the database has given to somebody who is not the object's owner, of whatever kind. Grants are found by
 * PostgreSQL's own record of which role an access list names (pg_shdepend), so that a kind of object that nobody thought
 * of here is found too; what has no such record (PUBLIC, memberships, attributes, default privileges) is read beside it.
 */
import type { ClientBase } from 'pg';
import { EVERYBODY, type HeldRight, OWN_SCHEMA, OWN_SCHEMA_ROLE } from './right.ts';

const OURS = (role: string) => `${role} LIKE 'dmz\\_%'`;
/** FirstNormalObjectId: what comes with PostgreSQL is below. */
const OF_US = 'oid >= 16384';

/** Each gives grantee, kind, schema where the object is in one, name, privilege, and whether it may be passed on. */
const SOURCES: readonly string[] = [
  // Tables and columns: most of all there is, so they are named by a join and not one by one.
  `SELECT grantee, CASE WHEN objsubid > 0 THEN 'column' WHEN relkind = 'S' THEN 'sequence' ELSE 'table' END AS kind,
     nspname AS schema, concat(nspname, '.', relname, '.' || attname) AS name, privilege_type AS privilege, is_grantable
   FROM granted JOIN pg_class AS c ON c.oid = objid JOIN pg_namespace AS n ON n.oid = relnamespace
     LEFT JOIN pg_attribute ON objsubid > 0 AND attrelid = objid AND attnum = objsubid,
     LATERAL aclexplode(CASE WHEN objsubid > 0 THEN attacl ELSE relacl END) AS a
   WHERE classid = 'pg_class'::regclass AND a.grantee = granted.role`,
  `SELECT grantee, CASE type WHEN 'procedure' THEN 'function' ELSE type END, coalesce(schema, CASE type WHEN 'schema' THEN identity END),
     CASE WHEN type = 'database' THEN '' WHEN classid = 'pg_proc'::regclass THEN objid::regprocedure::text ELSE identity END, privilege_type, is_grantable
   FROM granted, LATERAL pg_identify_object(classid, objid, objsubid), LATERAL aclexplode(pg_get_acl(classid, objid, objsubid)) AS a
   WHERE classid NOT IN ('pg_class'::regclass, 'pg_parameter_acl'::regclass, 'pg_default_acl'::regclass) AND a.grantee = granted.role`,
  `SELECT grantee, 'parameter', NULL, parname, privilege_type, is_grantable FROM pg_parameter_acl, aclexplode(paracl)
   WHERE grantee = 0 OR ${OURS('grantee::regrole::text')}`,
  `SELECT grantee, 'default privileges', NULL, format('%s of %s%s', CASE defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
     WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE 'large objects' END, defaclrole::regrole, ' in ' || nspname), privilege_type, is_grantable
   FROM pg_default_acl LEFT JOIN pg_namespace AS n ON n.oid = defaclnamespace, aclexplode(defaclacl) WHERE grantee <> defaclrole`,
  // PUBLIC: what it was given of ours, or has without being given it; of PostgreSQL's own, what did not come with it.
  `SELECT grantee, kind, schema, name, privilege_type, is_grantable FROM (
     SELECT 'schema' AS kind, nspname AS schema, nspname::text AS name, nspacl AS acl FROM pg_namespace WHERE ${OF_US} OR nspname = 'public'
     UNION ALL SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, nspname, concat(nspname, '.', relname), relacl
       FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE c.${OF_US}
     UNION ALL SELECT 'column', nspname, concat(nspname, '.', relname, '.', attname), attacl
       FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid JOIN pg_namespace AS n ON n.oid = relnamespace WHERE attacl IS NOT NULL AND c.${OF_US}
     UNION ALL SELECT 'function', nspname, p.oid::regprocedure::text, coalesce(proacl, acldefault('f', proowner))
       FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace WHERE p.${OF_US} AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
     UNION ALL SELECT 'type', nspname, t.oid::regtype::text, coalesce(typacl, acldefault('T', typowner))
       FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = typnamespace LEFT JOIN pg_class AS c ON c.oid = typrelid
       WHERE t.${OF_US} AND nspname NOT LIKE 'pg\\_%' AND typelem = 0 AND (typtype IN ('d', 'e', 'r') OR relkind = 'c')
     UNION ALL SELECT 'tablespace', NULL, spcname, spcacl FROM pg_tablespace
     UNION ALL SELECT 'language', NULL, lanname, coalesce(lanacl, acldefault('l', lanowner)) FROM pg_language WHERE lanpltrusted
     UNION ALL SELECT 'database', NULL, '', coalesce(datacl, acldefault('d', datdba)) FROM pg_database WHERE datname = current_database()
   ) AS known, aclexplode(acl) WHERE grantee = 0`,
  // What did not come with PostgreSQL: `came` where it kept no record of how an object came.
  `SELECT grantee, kind, 'pg_catalog', name, privilege_type, is_grantable FROM (
     SELECT 'pg_proc'::regclass AS classoid, oid, 0 AS part, 'function' AS kind, oid::regprocedure::text AS name, proacl AS acl, acldefault('f', proowner) AS came FROM pg_proc
     UNION ALL SELECT 'pg_class'::regclass, oid, 0, 'table', oid::regclass::text, relacl,
       CASE relnamespace::regnamespace::text WHEN 'information_schema' THEN ARRAY[makeaclitem(0, relowner, 'SELECT', false)] END FROM pg_class
     UNION ALL SELECT 'pg_class'::regclass, attrelid, attnum, 'column', concat(attrelid::regclass, '.', attname), attacl, NULL FROM pg_attribute
     UNION ALL SELECT 'pg_namespace'::regclass, oid, 0, 'schema', nspname, nspacl, ARRAY[makeaclitem(0, nspowner, 'USAGE', false)] FROM pg_namespace WHERE nspname <> 'public'
   ) AS known LEFT JOIN pg_init_privs AS i ON i.objoid = oid AND i.classoid = known.classoid AND objsubid = part, aclexplode(acl) AS a
   WHERE oid < 16384 AND grantee = 0
     AND NOT EXISTS (SELECT FROM aclexplode(coalesce(initprivs, came)) AS first WHERE first.grantee = 0 AND first.privilege_type = a.privilege_type)`,
  // What came open to everybody and is to be closed. Where no superuser closed it, nobody asks for it.
  `SELECT grantee, kind, 'pg_catalog', name, privilege_type, is_grantable FROM (
     SELECT closed.kind, oid::regprocedure::text AS name, coalesce(proacl, acldefault('f', proowner)) AS acl
       FROM dmz.closed_to_everybody() AS closed JOIN pg_proc ON oid = object WHERE closed.kind = 'function'
     UNION ALL SELECT closed.kind, oid::regclass::text, relacl
       FROM dmz.closed_to_everybody() AS closed JOIN pg_class ON oid = object WHERE closed.kind = 'table'
   ) AS known, aclexplode(acl) WHERE grantee = 0 AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)`,
  `SELECT oid, 'attribute', NULL, '', attribute, false
   FROM pg_roles, LATERAL (VALUES ('LOGIN', rolcanlogin), ('SUPERUSER', rolsuper), ('CREATEDB', rolcreatedb), ('CREATEROLE', rolcreaterole),
     ('REPLICATION', rolreplication), ('BYPASSRLS', rolbypassrls)) AS has(attribute, given) WHERE given AND ${OURS('rolname')}`,
  `SELECT member, 'membership', NULL, roleid::regrole::text, how, false
   FROM pg_auth_members CROSS JOIN LATERAL (VALUES ('INHERIT', inherit_option), ('SET', set_option), ('ADMIN', admin_option)) AS option(how, given)
     JOIN pg_roles AS r ON r.oid = member
   WHERE given AND (${OURS('rolname')} OR ${OURS('roleid::regrole::text')} AND NOT rolsuper AND rolname NOT IN (current_user, session_user))`,
];

const HELD = `
WITH granted AS MATERIALIZED (
  SELECT classid, objid, objsubid, refobjid AS role FROM pg_shdepend
  WHERE deptype = 'a' AND refclassid = 'pg_authid'::regclass AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    AND NOT (classid = 'pg_database'::regclass AND objid <> (SELECT oid FROM pg_database WHERE datname = current_database()))
), held(role, kind, schema, name, privilege, passes) AS (
${SOURCES.join('\n  UNION ALL ')}
)
SELECT CASE role WHEN 0 THEN '${EVERYBODY}' ELSE role::regrole::text END AS "heldBy", kind AS "on", name AS "heldOn",
  right_of AS privilege, CASE WHEN schema LIKE 'tenant\\_%' THEN schema END AS placement
FROM held, unnest(CASE WHEN passes THEN ARRAY[privilege, privilege || ' WITH GRANT OPTION'] ELSE ARRAY[privilege] END) AS right_of`;

type Row = Pick<HeldRight, 'heldBy' | 'on' | 'heldOn' | 'privilege' | 'placement'>;

/** @param client  an administrator's, whose search_path is empty, so that names come with their schemas */
export async function readHeldRights(client: ClientBase): Promise<HeldRight[]> {
  const { rows } = await client.query<Row>(HELD);
  return rows.map(asCanonical);
}

const OF_TENANT = /^dmz_(tenant_.+)$/;

/** At a tenant's own schema: what it is at every one. */
function asCanonical(row: Row): HeldRight {
  const { heldBy, heldOn, on } = row;
  const ownSchema = OF_TENANT.exec(heldBy)?.[1];
  const reached = on === 'membership' ? OF_TENANT.exec(heldOn)?.[1] : undefined;
  const placement = row.placement ?? reached ?? ownSchema ?? null;
  // Another tenant's role is itself, and nobody's stand-in.
  const role = ownSchema !== undefined && ownSchema === placement ? OWN_SCHEMA_ROLE : heldBy;
  const object = reached ? OWN_SCHEMA_ROLE : canonicalName(row, placement);
  return { ...row, role, object, placement, at: placement === null ? 'database' : 'own schema' };
}

function canonicalName({ on, heldOn, placement: schema }: Row, placement: string | null): string {
  if (on === 'schema' && heldOn === placement) return OWN_SCHEMA;
  const name = schema === null ? heldOn : heldOn.replace(`${schema}.`, '').replace('_', '.');
  return on === 'function' ? withArity(name) : name;
}

/** `dmz.enter_tenant(uuid,bigint)` is `dmz.enter_tenant/2`: types are called otherwise by everybody. */
function withArity(signature: string): string {
  const [, name = signature, given = ''] = /^([^(]+)\((.*)\)$/.exec(signature) ?? [];
  return `${name}/${given === '' ? 0 : given.split(',').length}`;
}
