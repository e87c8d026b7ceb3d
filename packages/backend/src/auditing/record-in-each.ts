/** Writes what an operator did to the platform into the log of each tenant that it concerns. */
import { runAsOwner } from '../kernel/db/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { type AuditEntry, recordAudit } from '../modules/admin/index.ts';
import { listTenants } from '../modules/public/index.ts';

type Listed = Awaited<ReturnType<typeof listTenants>>[number];

/**
 * A tenant that is not served has no log to write to, and is left out.
 *
 * @param entryOf  undefined for a tenant that it does not concern
 * @returns number of tenants that have an entry now
 * @throws DATABASE_*, INSTANCE_*
 */
export async function recordInEach(
  tenancy: Tenancy,
  controlUrl: string,
  entryOf: (tenant: Listed) => Omit<AuditEntry, 'actor'> | undefined,
): Promise<number> {
  let recorded = 0;
  for (const tenant of await runAsOwner(controlUrl, listTenants)) {
    const entry = tenant.status === 'active' ? entryOf(tenant) : undefined;
    if (entry) recorded += await record(tenancy, tenant.slug, { actor: { kind: 'operator' }, ...entry });
  }
  return recorded;
}

async function record(tenancy: Tenancy, slug: string, entry: AuditEntry): Promise<0 | 1> {
  try {
    await tenancy.run(slug, (tx) => recordAudit(tx, entry));
    return 1;
  } catch (error) {
    if (isDmzError(error, 'TENANCY_NOT_SERVED')) return 0;
    throw error;
  }
}
