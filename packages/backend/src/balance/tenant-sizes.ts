/**
 * How much each tenant has: rows, and the bytes that fall to it. In the module schemas a table's bytes are divided by rows,
 * since rows of all tenants lie on the same pages; a schema of a tenant's own is its tenant's alone.
 */
import { reachInstances } from '../instances/walk-instances.ts';
import { runAsOwner } from '../kernel/db/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import { type TableShare, tableShares } from '../kernel/instances/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { listPlacements, type PlacementListing } from '../modules/public/index.ts';
import { countTenantRows } from '../offboarding/tenant-rows.ts';

export interface TenantSize {
  readonly slug: string;
  readonly tier: PlacementListing['tier'];
  readonly instance: string;
  readonly schema: string | null;
  /** Null for a tenant whose rows cannot be counted, because it is suspended. */
  readonly rows: number | null;
  readonly bytes: number;
  /** Whether the rows were counted one by one; bytes are always a share. */
  readonly exact: boolean;
}

interface Place {
  readonly tenancy: Tenancy;
  /** An administrator's URL of the control database. */
  readonly controlUrl: string;
}

/**
 * The largest first.
 *
 * @param exact  counts every row, in each tenant
 * @throws INSTANCE_STATISTICS_CLOSED, INSTANCE_*, DATABASE_*
 */
export async function tenantSizes({ tenancy, controlUrl }: Place, exact = false): Promise<TenantSize[]> {
  const placements = await runAsOwner(controlUrl, listPlacements);
  const sizes: TenantSize[] = [];
  for (const { instance, adminUrl } of await reachInstances(controlUrl)) {
    const shares = await tableShares(adminUrl);
    const here = placements.filter((each) => each.instance === instance);
    for (const tenant of here) {
      const { slug, tier, schema } = tenant;
      const { rows, bytes } = sizeAt(tenant, shares);
      const counted = exact ? await countedRows(tenancy, slug) : Math.round(rows);
      sizes.push({ slug, tier, instance, schema, rows: counted, bytes: Math.round(bytes), exact });
    }
  }
  return sizes.sort((one, other) => other.bytes - one.bytes || one.slug.localeCompare(other.slug));
}

/** What statistics say of one tenant at its place. */
export function sizeAt(
  { id, schema }: Pick<PlacementListing, 'id' | 'schema'>,
  shares: readonly TableShare[],
): { rows: number; bytes: number } {
  const own = (table: string) =>
    schema === null ? !table.startsWith('tenant_') : table.startsWith(`${schema}.`);
  let [rows, bytes] = [0, 0];
  for (const share of shares.filter(({ table }) => own(table))) {
    const mine = share.rows[id] ?? 0;
    const all = Object.values(share.rows).reduce((sum, each) => sum + each, 0);
    rows += mine;
    bytes += schema === null ? (all > 0 ? (share.bytes * mine) / all : 0) : share.bytes;
  }
  return { rows, bytes };
}

async function countedRows(tenancy: Tenancy, slug: string): Promise<number | null> {
  try {
    const counts = await tenancy.run(slug, countTenantRows, { snapshot: true });
    return Object.values(counts).reduce((sum, rows) => sum + rows, 0);
  } catch (error) {
    if (isDmzError(error, 'TENANCY_NOT_SERVED')) return null;
    throw error;
  }
}
