/**
 * Rotates keys. The new key encrypts at once; then what the old one wraps is wrapped anew, tenant by tenant. Whoever is
 * killed in between has lost nothing: old keys read on, and `rewrap` does what is left.
 */
import { type Rewrapped, rewrapTenant } from '../kernel/privacy/index.ts';
import { recordAudit } from '../modules/admin/index.ts';
import type { Platform } from '../platform.ts';

export interface RewrappedTenant extends Rewrapped {
  readonly tenant: string;
}

export type OnKeys = (tenant: string, subjectKeys: number) => void;

/** Gives a tenant a key of the next generation. @returns the generation */
export function rotateTenantKey({ tenancy, keys }: Platform, tenant: string): Promise<number> {
  return tenancy.run(tenant, async (tx) => {
    const { id, generation } = await keys.tenantKeys.rotate(tx);
    await recordAudit(tx, {
      actor: { kind: 'operator' },
      action: 'governance.tenant_key.rotated',
      subject: { type: 'governance.tenant_keys', id },
      details: { generation },
    });
    return generation;
  });
}

/**
 * Wraps whatever an older key wraps in these tenants; does nothing where nothing is left.
 *
 * @param tenants  slugs of tenants that can be written to
 */
export async function rewrapTenants(
  { tenancy, keys }: Platform,
  tenants: readonly string[],
  onKeys: OnKeys = () => {},
): Promise<RewrappedTenant[]> {
  const done: RewrappedTenant[] = [];
  for (const tenant of tenants) {
    const rewrapped = await rewrapTenant(tenancy, keys, tenant, (n) => onKeys(tenant, n));
    if (rewrapped.tenantKeys + rewrapped.subjectKeys > 0) done.push({ tenant, ...rewrapped });
  }
  return done;
}
