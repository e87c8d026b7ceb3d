/** Which tables hold rows of a tenant at an end of a move: most hold none, and need not be copied, compared or purged. */
import type pg from 'pg';

/** @param tables  names as SQL writes them */
export async function countRows(
  client: pg.Client,
  tables: readonly string[],
  tenantId: string,
): Promise<number> {
  const counts = tables.map((table) => `SELECT count(*) AS rows FROM ${table} WHERE tenant_id = $1`);
  const { rows } = await client.query<{ total: number }>(
    `SELECT sum(rows)::float8 AS total FROM (${counts.join(' UNION ALL ')}) AS counted`,
    [tenantId],
  );
  return rows[0]?.total ?? 0;
}

/** @returns those that have any rows, without counting them */
export async function filledTables(
  client: pg.Client,
  tables: readonly string[],
  tenantId: string,
): Promise<string[]> {
  const asked = tables.map(
    (table, at) => `SELECT ${at} AS at WHERE EXISTS (SELECT FROM ${table} WHERE tenant_id = $1)`,
  );
  const { rows } = await client.query<{ at: number }>(asked.join(' UNION ALL '), [tenantId]);
  const found = new Set(rows.map(({ at }) => at));
  return tables.filter((_, at) => found.has(at));
}
