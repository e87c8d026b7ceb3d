/** The register of tenants. Its tables are closed to the application; these functions need the owner's transaction. */

import { asc, eq, ne } from 'drizzle-orm';
import type { OwnerTx } from '../../kernel/db/index.ts';
import { quoted } from '../../kernel/errors/index.ts';
import { MAIN_INSTANCE } from '../../kernel/instances/index.ts';
import { publicErrors } from './errors.ts';
import { publicTables } from './schema.ts';

export interface RegisteredTenant {
  readonly slug: string;
  readonly name: string;
  readonly region: string;
  /** A company, unless it is said to be the tenant of all consumers. */
  readonly kind?: 'company' | 'consumers';
}

export interface TenantListing extends Omit<RegisteredTenant, 'kind'> {
  readonly id: string;
  readonly tier: 'shared' | 'schema' | 'instance';
  readonly status: (typeof publicTables.tenants.$inferSelect)['status'];
  readonly instance: string;
  readonly schema: string | null;
}

export async function listTenants(tx: OwnerTx): Promise<TenantListing[]> {
  const { tenants, placements, instances } = publicTables;
  return tx
    .select({
      id: tenants.id,
      slug: tenants.slug,
      name: tenants.name,
      tier: tenants.tier,
      status: tenants.status,
      region: tenants.region,
      instance: instances.name,
      schema: placements.schemaName,
    })
    .from(tenants)
    .innerJoin(placements, eq(placements.tenantId, tenants.id))
    .innerJoin(instances, eq(instances.id, placements.instanceId))
    .orderBy(asc(tenants.slug));
}

/** Where a tenant is placed, and what must agree with it. */
export interface PlacementListing extends TenantListing {
  readonly epoch: number;
  readonly instanceRegion: string;
}

/** Needs the control database. */
export async function listPlacements(tx: OwnerTx): Promise<PlacementListing[]> {
  const { placements, instances } = publicTables;
  const rows = await tx
    .select({ id: placements.tenantId, epoch: placements.epoch, instanceRegion: instances.region })
    .from(placements)
    .innerJoin(instances, eq(instances.id, placements.instanceId));
  const placed = new Map(rows.map((row) => [row.id, row]));
  const tenants = await listTenants(tx);
  return tenants.flatMap((tenant) => {
    const placement = placed.get(tenant.id);
    return placement ? [{ ...tenant, ...placement }] : [];
  });
}

/**
 * Registers a demonstration tenant at the shared placement of the main instance. One that is registered already stays where
 * it is: it gets the program's kind, and the region of its instance.
 *
 * @returns the tenant's id
 * @throws TENANT_SLUG_INVALID, TENANT_INSTANCE_UNKNOWN
 */
export async function registerTenant(
  tx: OwnerTx,
  { slug, name, region, kind = 'company' }: RegisteredTenant,
): Promise<string> {
  const { tenants, placements, instances, residents } = publicTables;
  requireSlug(slug);
  const [known] = await tx.select().from(tenants).where(eq(tenants.slug, slug));
  if (known) {
    const placed = (await listPlacements(tx)).find(({ id }) => id === known.id);
    const present = { kind, region: placed?.instanceRegion ?? known.region };
    if (known.kind !== kind || known.region !== present.region)
      await tx.update(tenants).set(present).where(eq(tenants.id, known.id));
    return known.id;
  }
  const [instance] = await tx
    .select({ id: instances.id })
    .from(instances)
    .where(eq(instances.name, MAIN_INSTANCE));
  if (!instance) throw publicErrors.TENANT_INSTANCE_UNKNOWN({ found: MAIN_INSTANCE });
  const [tenant] = await tx
    .insert(tenants)
    .values({ slug, name, kind, region, status: 'active' })
    .returning({ id: tenants.id });
  if (!tenant) throw new Error('INSERT RETURNING gave no row');
  await tx.insert(placements).values({ tenantId: tenant.id, instanceId: instance.id });
  await tx.insert(residents).values({ tenantId: tenant.id });
  return tenant.id;
}

/** @throws TENANT_SLUG_INVALID */
export function requireSlug(slug: string): void {
  if (!/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/.test(slug))
    throw publicErrors.TENANT_SLUG_INVALID({ found: quoted(slug) });
}

/** Hash of what this database was last seeded from; undefined where it never was. */
export async function lastSeed(tx: OwnerTx, name: string): Promise<string | undefined> {
  const { seedRuns } = publicTables;
  const [run] = await tx.select().from(seedRuns).where(eq(seedRuns.name, name));
  return run?.sourcesSha256;
}

export async function recordSeed(tx: OwnerTx, name: string, sourcesSha256: string): Promise<void> {
  const { seedRuns } = publicTables;
  const same = {
    target: seedRuns.name,
    set: { sourcesSha256 },
    setWhere: ne(seedRuns.sourcesSha256, sourcesSha256),
  };
  await tx.insert(seedRuns).values({ name, sourcesSha256 }).onConflictDoUpdate(same);
}
