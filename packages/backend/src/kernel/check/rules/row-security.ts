/**
 * Row-level security, the wall between tenants. It is forced, so that the owner stands before it too, and policies are
 * compared word by word: permissive ones are joined by OR, so a second policy could open what the first one closes.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

/**
 * As PostgreSQL prints it. The scalar sub-select makes it run once a statement; and the comparison is made twice, since one
 * that an index can use is asked behind a statement's own conditions, which could tell of the row that it hides.
 */
const OF_TENANT = (() => {
  const current = `CASE WHEN role IS NULL THEN 'dmz.current_tenant() AS current_tenant'
    ELSE format('dmz.current_tenant_in(%L::text) AS current_tenant_in', space) END`;
  return `replace(E'((tenant_id = ( SELECT CURRENT)) AND (\\nCASE\\n    WHEN (tenant_id = ( SELECT CURRENT)) THEN true\\n    ELSE NULL::boolean\\nEND IS NOT NULL))', 'CURRENT', ${current})`;
})();

/** Tables of tenants and their partitions, attached or not: whoever names one does not meet its parent's policy. */
const GUARDED = `
guarded AS (
  SELECT oid, object, space, role, relrowsecurity, relforcerowsecurity FROM of_tenants
  UNION ALL SELECT p.oid, p.object, p.space, p.role, p.relrowsecurity, p.relforcerowsecurity
    FROM partitions AS p JOIN of_tenants AS t ON t.oid = p.parent
  UNION ALL SELECT oid, object, space, role, relrowsecurity, relforcerowsecurity FROM months_apart
)`;

const REMEDY =
  'make the table with a constructor of defineModule; a partition gets its guard from dmz.guard_partition';

export const rowSecurityRules: readonly CatalogueRule[] = [
  {
    name: 'row-security-forced',
    remedy: REMEDY,
    sql: `, ${GUARDED}
SELECT object, CASE WHEN relrowsecurity THEN 'row-level security is not forced' ELSE 'row-level security is off' END AS detail
FROM guarded WHERE NOT (relrowsecurity AND relforcerowsecurity)`,
  },
  {
    name: 'tenant-policy',
    remedy: REMEDY,
    sql: `, ${GUARDED}
SELECT object, 'no policy for every command and role compares tenant_id with the context of its placement, in USING and WITH CHECK' AS detail
FROM guarded WHERE NOT EXISTS (SELECT FROM pg_policy
  WHERE polrelid = guarded.oid AND polcmd = '*' AND polpermissive AND polroles = '{0}'
    AND pg_get_expr(polqual, polrelid) = ${OF_TENANT} AND pg_get_expr(polwithcheck, polrelid) = ${OF_TENANT})`,
  },
  {
    name: 'no-policy-widens',
    remedy: 'drop the policy, or make it AS RESTRICTIVE: permissive policies are joined by OR',
    sql: `, ${GUARDED}
SELECT object, 'the policy ' || polname || ' lets through what another tenant owns' AS detail
FROM guarded JOIN pg_policy ON polrelid = guarded.oid
WHERE polpermissive AND (coalesce(pg_get_expr(polqual, polrelid), ${OF_TENANT}) <> ${OF_TENANT}
  OR coalesce(pg_get_expr(polwithcheck, polrelid), ${OF_TENANT}) <> ${OF_TENANT})`,
  },
  {
    name: 'policy-is-asked-first',
    remedy: 'pnpm db:migrate, which runs dmz.secure_database',
    // The cheapest conditions are asked first. What costs is a superuser's to say; where there is none, nobody can mend it.
    sql: `
SELECT 'pg_catalog.uuid_eq' AS object, 'it costs ' || procost || ', so conditions that cost less are asked of rows that a policy hides' AS detail
FROM pg_proc WHERE oid = 'pg_catalog.uuid_eq(uuid,uuid)'::regprocedure AND procost <> 0
  AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)`,
  },
];
