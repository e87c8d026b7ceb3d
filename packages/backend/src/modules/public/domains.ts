/** Domains of a tenant as it takes them along: claims, which have no effect before they are shown to be true. */
import { asc, eq } from 'drizzle-orm';
import type { OwnerTx } from '../../kernel/db/index.ts';
import { publicTables } from './schema.ts';

export type TenantDomain = Pick<
  typeof publicTables.tenantDomains.$inferSelect,
  'domain' | 'purpose' | 'verificationMethod' | 'verificationValue'
>;

/** Needs the control database, as all of this. */
export async function listTenantDomains(tx: OwnerTx, tenantId: string): Promise<TenantDomain[]> {
  const { tenantDomains } = publicTables;
  const { domain, purpose, verificationMethod, verificationValue } = tenantDomains;
  return tx
    .select({ domain, purpose, verificationMethod, verificationValue })
    .from(tenantDomains)
    .where(eq(tenantDomains.tenantId, tenantId))
    .orderBy(asc(domain), asc(purpose));
}

/** Takes domains over as claims: that they are the tenant's was shown to another platform, not to this one. Repeatable. */
export async function takeOverDomains(
  tx: OwnerTx,
  tenantId: string,
  domains: readonly TenantDomain[],
): Promise<void> {
  if (domains.length === 0) return;
  const rows = domains.map((each) => ({ ...each, tenantId, verifiedAt: null, lastCheckedAt: null }));
  await tx.insert(publicTables.tenantDomains).values(rows).onConflictDoNothing();
}
