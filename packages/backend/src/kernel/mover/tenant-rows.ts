/** Which tables hold rows of a tenant at an end of a move: most hold none, and need not be copied, compared or purged. */
import type pg from 'pg';

/**
 * @param tables  names as SQL writes them
 * @returns the number of rows of each that has any
 */
export async function countRows(
  client: pg.Client,
  tables: readonly string[],
  tenantId: string,
): Promise<Map<string, number>> {
  const counts = tables.map(
    (table, at) => `SELECT ${at} AS at, count(*)::float8 AS rows FROM ${table} WHERE tenant_id = $1`,
  );
  const { rows } = await client.query<{ at: number; rows: number }>(counts.join(' UNION ALL '), [tenantId]);
  return new Map(
    rows.flatMap(({ at, rows: found }) => (found > 0 ? [[tables[at] ?? '', found] as const] : [])),
  );
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
