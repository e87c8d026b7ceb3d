/** How many rows a tenant has in which table, counted one by one: exact, and as slow as that. */
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { tenantTablesAt } from '../modules/registry.ts';

/** @returns rows by table, as schema.table; empty tables are left out */
export async function countTenantRows(tx: TenantTx): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, table } of tenantTablesAt(tx)) {
    const rows = await tx.$count(table);
    if (rows > 0) counts[name] = rows;
  }
  return counts;
}
