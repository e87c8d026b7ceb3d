/**
 * Moves what a tenant has into the past, as only a superuser can: every time and date of every row, so that rows keep their
 * order and their rules. Entries of the audit log are left, since their hashes are of their times.
 */
import type { SqlClient } from './by-hand.ts';

const TIMES = `
SELECT c.oid::regclass::text AS "table", string_agg(format('%1$I = %1$I - $2::interval', attname), ', ') AS changes
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND atttypid IN ('date'::regtype, 'timestamptz'::regtype)
  AND obj_description(c.oid, 'pg_class') ~ '@kind (tenant|append_only|partitioned_log)\\M'
  AND CASE WHEN $1::text IS NULL THEN c.relnamespace::regnamespace::text NOT LIKE 'tenant\\_%' ELSE c.relnamespace = $1::regnamespace END
  AND c.relname !~ '^(admin_)?audit_'
GROUP BY c.oid ORDER BY 1`;

/** @param interval  as PostgreSQL reads one, such as `6 years` */
export async function moveIntoPast(
  admin: SqlClient,
  tenantId: string,
  interval: string,
  schema: string | null = null,
): Promise<void> {
  const { rows } = await admin.query<{ table: string; changes: string }>(TIMES, [schema]);
  await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
  for (const { table, changes } of rows)
    await admin.query(`UPDATE ${table} SET ${changes} WHERE tenant_id = $1`, [tenantId, interval]);
  await admin.query('COMMIT');
}

const OF_TENANTS = `
SELECT c.oid::regclass::text AS name FROM pg_class AS c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND obj_description(c.oid, 'pg_class') ~ '@kind (tenant|append_only|partitioned_log)\\M' ORDER BY 1`;

const tablesOfTenants = async (admin: SqlClient): Promise<string[]> =>
  (await admin.query<{ name: string }>(OF_TENANTS)).rows.map(({ name }) => name);

/** What a tenant has in each table that is not empty, as a number of rows and a hash of them. */
export async function contentOf(
  admin: SqlClient,
  tenantId: string,
): Promise<Record<string, { readonly rows: number; readonly hash: string }>> {
  const tables = await tablesOfTenants(admin);
  const { rows } = await admin.query(
    tables
      .map(
        (name) =>
          `SELECT '${name}' AS name, count(*)::int AS rows, md5(string_agg(md5(t::text), '' ORDER BY t::text)) AS hash
           FROM ${name} AS t WHERE tenant_id = '${tenantId}'`,
      )
      .join(' UNION ALL '),
  );
  const filled = rows.filter((each) => each.rows > 0);
  return Object.fromEntries(filled.map(({ name, ...content }) => [name, content]));
}

/** Keeps aside what a tenant has. @returns what puts it back, past triggers, as often as it is called */
export async function keepAside(admin: SqlClient, tenantId: string): Promise<() => Promise<void>> {
  const tables = await tablesOfTenants(admin);
  const copyOf = (name: string) => `kept.${name.replace('.', '_')}`;
  const here = `WHERE tenant_id = '${tenantId}'`;
  await admin.query('CREATE SCHEMA kept');
  await admin.query(
    tables.map((name) => `CREATE TABLE ${copyOf(name)} AS SELECT * FROM ${name} ${here}`).join(';'),
  );
  const restored = tables.map(
    (name) => `DELETE FROM ${name} ${here}; INSERT INTO ${name} SELECT * FROM ${copyOf(name)}`,
  );
  return async () => {
    await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
    await admin.query(restored.join(';'));
    await admin.query('COMMIT');
  };
}
