/**
 * The life of a tenant in the register, from its creation to its deletion: what it is, what is being done to it, and where
 * it is placed. All of it is in the control database, and every function may be repeated.
 */

import { and, asc, eq, isNull, type SQL } from 'drizzle-orm';
import type { OwnerTx } from '../../kernel/db/index.ts';
import { quoted } from '../../kernel/errors/index.ts';
import { publicErrors } from './errors.ts';
import { publicTables } from './schema.ts';

type TenantRow = typeof publicTables.tenants.$inferSelect;
export type TenantStatus = TenantRow['status'];
export type Tier = TenantRow['tier'];

export type RegisterEntry = Pick<
  TenantRow,
  'id' | 'slug' | 'name' | 'kind' | 'tier' | 'status' | 'region' | 'archivedAt'
>;

type RunKind = 'creation' | 'deletion' | 'import';

/** What is done to a tenant as a whole, and how far it is. */
export interface TenantRun {
  readonly request: Readonly<Record<string, unknown>>;
  /** The last step that is done. */
  readonly step: string;
  readonly finishedAt: Date | null;
}

export const findTenant = (tx: OwnerTx, slug: string): Promise<RegisterEntry | undefined> =>
  findEntry(tx, eq(publicTables.tenants.slug, slug));

/** Also one that was deleted. */
export const findTenantById = (tx: OwnerTx, id: string): Promise<RegisterEntry | undefined> =>
  findEntry(tx, eq(publicTables.tenants.id, id));

async function findEntry(tx: OwnerTx, which: SQL): Promise<RegisterEntry | undefined> {
  const { tenants } = publicTables;
  const { id, slug, name, kind, tier, status, region, archivedAt } = tenants;
  const [found] = await tx
    .select({ id, slug, name, kind, tier, status, region, archivedAt })
    .from(tenants)
    .where(which);
  return found;
}

/** @throws TENANT_UNKNOWN */
export async function requireTenant(tx: OwnerTx, slug: string): Promise<RegisterEntry> {
  const found = await findTenant(tx, slug);
  if (found) return found;
  throw publicErrors.TENANT_UNKNOWN({ found: quoted(slug) });
}

/** One that comes from elsewhere brings its id, which is in all that it has, and its kind. */
export type NewTenant = Pick<TenantRow, 'slug' | 'name' | 'tier' | 'region'> &
  Partial<Pick<TenantRow, 'id' | 'kind'>>;

/**
 * Registers a tenant that nobody can reach yet.
 *
 * @returns the tenant's id
 * @throws INSTANCE_REGION_UNKNOWN
 */
export async function registerProvisioning(tx: OwnerTx, tenant: NewTenant): Promise<string> {
  const { tenants, dataRegions } = publicTables;
  const regions = await tx.select({ code: dataRegions.code }).from(dataRegions).orderBy(dataRegions.code);
  if (!regions.some(({ code }) => code === tenant.region))
    throw publicErrors.INSTANCE_REGION_UNKNOWN({
      found: quoted(tenant.region),
      expected: regions.map(({ code }) => code).join(', '),
    });
  const [added] = await tx.insert(tenants).values(tenant).returning({ id: tenants.id });
  if (!added) throw new Error('INSERT RETURNING gave no row');
  return added.id;
}

export async function setTenantStatus(
  tx: OwnerTx,
  tenantId: string,
  status: TenantStatus,
  times: { readonly archivedAt?: Date | null; readonly deletedAt?: Date } = {},
): Promise<void> {
  const { tenants } = publicTables;
  await tx
    .update(tenants)
    .set({ status, ...times })
    .where(eq(tenants.id, tenantId));
}

export async function findRun(tx: OwnerTx, tenantId: string, kind: RunKind): Promise<TenantRun | undefined> {
  const { tenantRuns } = publicTables;
  const { request, step, finishedAt } = tenantRuns;
  const [run] = await tx
    .select({ request, step, finishedAt })
    .from(tenantRuns)
    .where(and(eq(tenantRuns.tenantId, tenantId), eq(tenantRuns.kind, kind)));
  return run;
}

/** Slugs of tenants that were asked for and are not open yet. */
export async function unfinishedCreations(tx: OwnerTx): Promise<string[]> {
  const { tenants, tenantRuns } = publicTables;
  const rows = await tx
    .select({ slug: tenants.slug })
    .from(tenantRuns)
    .innerJoin(tenants, eq(tenants.id, tenantRuns.tenantId))
    .where(and(eq(tenantRuns.kind, 'creation'), isNull(tenantRuns.finishedAt)))
    .orderBy(asc(tenants.slug));
  return rows.map(({ slug }) => slug);
}

/** Begins a run, or goes on with the one that was begun, whose request stays as it was. */
export async function beginRun(
  tx: OwnerTx,
  tenantId: string,
  kind: RunKind,
  request: TenantRun['request'],
): Promise<void> {
  await tx
    .insert(publicTables.tenantRuns)
    .values({ tenantId, kind, request, step: 'begun' })
    .onConflictDoNothing();
}

export async function reachStep(
  tx: OwnerTx,
  tenantId: string,
  kind: RunKind,
  step: string,
  { finished = false }: { readonly finished?: boolean } = {},
): Promise<void> {
  const { tenantRuns } = publicTables;
  await tx
    .update(tenantRuns)
    .set({ step, ...(finished ? { finishedAt: new Date() } : {}) })
    .where(and(eq(tenantRuns.tenantId, tenantId), eq(tenantRuns.kind, kind)));
}

export interface NewPlacement {
  readonly tenantId: string;
  readonly instance: string;
  readonly schema: string | null;
}

/**
 * Places a tenant for the first time; where it is placed, it stays.
 *
 * @throws INSTANCE_NOT_REGISTERED, TENANCY_REGION_DIFFERS
 */
export async function placeTenant(tx: OwnerTx, { tenantId, instance, schema }: NewPlacement): Promise<void> {
  const { placements, instances } = publicTables;
  // Whoever strikes the instance off the register meanwhile waits for this transaction.
  const [found] = await tx
    .select({ id: instances.id })
    .from(instances)
    .where(and(eq(instances.name, instance), eq(instances.status, 'active')))
    .for('share');
  if (!found)
    throw publicErrors.INSTANCE_NOT_REGISTERED({ found: instance, expected: 'an instance that is active' });
  await tx
    .insert(placements)
    .values({ tenantId, instanceId: found.id, schemaName: schema })
    .onConflictDoNothing();
}

export interface Certificate {
  readonly tenantId: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly signature: string;
  readonly signingKeyId: string;
  readonly destroyedAt: Date;
}

export async function findCertificate(tx: OwnerTx, tenantId: string): Promise<Certificate | undefined> {
  const { destructionCertificates } = publicTables;
  const [found] = await tx
    .select()
    .from(destructionCertificates)
    .where(eq(destructionCertificates.tenantId, tenantId));
  return found;
}

/** One that is there stays: what was certified is not certified otherwise afterwards. */
export async function keepCertificate(tx: OwnerTx, certificate: Certificate): Promise<void> {
  await tx.insert(publicTables.destructionCertificates).values(certificate).onConflictDoNothing();
}

/** Takes back the registration of a tenant that was never opened, as if it had not been begun. */
export async function unregisterTenant(tx: OwnerTx, tenantId: string): Promise<void> {
  const { tenants, tenantDomains, tenantRuns } = publicTables;
  await tx.delete(tenantDomains).where(eq(tenantDomains.tenantId, tenantId));
  await tx.delete(tenantRuns).where(eq(tenantRuns.tenantId, tenantId));
  await tx.delete(tenants).where(eq(tenants.id, tenantId));
}

export async function removePlacement(tx: OwnerTx, tenantId: string): Promise<void> {
  const { placements } = publicTables;
  await tx.delete(placements).where(eq(placements.tenantId, tenantId));
}
