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

/** What a tenant has in each table, as a number of rows and a hash of them. */
export async function contentOf(
  admin: SqlClient,
  tenantId: string,
): Promise<Record<string, { rows: number; hash: string }>> {
  const { rows: tables } = await admin.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class AS c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND obj_description(c.oid, 'pg_class') ~ '@kind (tenant|append_only|partitioned_log)\\M' ORDER BY 1`,
  );
  const found: Record<string, { rows: number; hash: string }> = {};
  for (const { name } of tables) {
    const { rows } = await admin.query(
      `SELECT count(*)::int AS rows, md5(string_agg(md5(t::text), '' ORDER BY t::text)) AS hash FROM ${name} AS t WHERE tenant_id = $1`,
      [tenantId],
    );
    if (rows[0].rows > 0) found[name] = rows[0];
  }
  return found;
}
