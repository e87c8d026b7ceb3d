/** Which tables hold rows of a tenant at an end of a move: most hold none, and need not be copied, compared or purged. */
import pg from 'pg';

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

/** @returns how many rows the planner believes the tenant to have in all of the tables together */
export async function estimateRows(
  client: pg.Client,
  tables: readonly string[],
  tenantId: string,
): Promise<number> {
  let total = 0;
  for (const table of tables) {
    const { rows } = await client.query<Explained>(
      `EXPLAIN (FORMAT json) SELECT FROM ${table} WHERE tenant_id = ${pg.escapeLiteral(tenantId)}`,
    );
    total += rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
  }
  return total;
}

/**
 * @param tables  names as SQL writes them
 * @param least   how many rows a table has at least; 1 unless given
 * @returns those that have so many, without counting them
 */
export async function filledTables(
  client: pg.Client,
  tables: readonly string[],
  tenantId: string,
  least = 1,
): Promise<string[]> {
  const asked = tables.map(
    (table, at) =>
      `SELECT ${at} AS at WHERE EXISTS (SELECT FROM ${table} WHERE tenant_id = $1 OFFSET ${least - 1})`,
  );
  const { rows } = await client.query<{ at: number }>(asked.join(' UNION ALL '), [tenantId]);
  const found = new Set(rows.map(({ at }) => at));
  return tables.filter((_, at) => found.has(at));
}
