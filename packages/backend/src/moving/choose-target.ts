/**
 * Where a tenant is to go: what was asked for, completed by what follows from where it is, and held against what the
 * instances are for. An instance of a tenant's own has no other tenant, and a shared one is not somebody's own.
 */

import { tenantSchema } from '../kernel/db/index.ts';
import { quoted } from '../kernel/errors/index.ts';
import { MAIN_INSTANCE } from '../kernel/instances/index.ts';
import type { MovePlace, Tier } from '../kernel/mover/index.ts';
import type { RegisteredInstance, TenantListing } from '../modules/public/index.ts';
import { movingErrors } from './errors.ts';

export interface Wanted {
  readonly tier: Tier;
  readonly instance?: string | undefined;
  /** Reference of the approval of a move to another region. */
  readonly approval?: string | undefined;
}

/** @throws TENANCY_MOVE_INSTANCE_NEEDED, TENANCY_MOVE_INSTANCE_UNFIT, TENANCY_MOVE_REGION */
export function chooseTarget(
  tenant: TenantListing,
  wanted: Wanted,
  instances: readonly RegisteredInstance[],
  tenants: readonly TenantListing[],
): MovePlace {
  const { tier } = wanted;
  const others = tenants.filter(({ id }) => id !== tenant.id);
  const name = wanted.instance ?? usualInstance(tenant, tier, instances, others);
  const instance = instances.find((each) => each.name === name);
  if (!instance)
    throw movingErrors.TENANCY_MOVE_INSTANCE_UNFIT({
      found: `no instance ${quoted(name)}`,
      expected: instances.map((each) => each.name).join(', '),
    });
  requireFit(tier, instance, others);
  if (instance.region !== tenant.region && !wanted.approval)
    throw movingErrors.TENANCY_MOVE_REGION({
      found: `${name} in region ${instance.region}`,
      expected: `region ${tenant.region}`,
    });
  const schema = tier === 'schema' ? tenantSchema(tenant.slug) : null;
  return { tier, instance: name, region: instance.region, schema };
}

/** A shared instance is left for another only where that was asked for; one of the tenant's own must be free. */
function usualInstance(
  tenant: TenantListing,
  tier: Tier,
  instances: readonly RegisteredInstance[],
  others: readonly TenantListing[],
): string {
  if (tier !== 'instance') return tenant.tier === 'instance' ? MAIN_INSTANCE : tenant.instance;
  const free = instances.filter(
    ({ name, region, status }) =>
      name !== MAIN_INSTANCE &&
      region === tenant.region &&
      status === 'active' &&
      !others.some(({ instance }) => instance === name),
  );
  const [only, second] = free;
  if (only && !second) return only.name;
  throw movingErrors.TENANCY_MOVE_INSTANCE_NEEDED({
    found: free.length === 0 ? `none in region ${tenant.region}` : free.map(({ name }) => name).join(', '),
  });
}

function requireFit(
  tier: Tier,
  { name, status }: RegisteredInstance,
  others: readonly TenantListing[],
): void {
  const unfit = (found: string) => movingErrors.TENANCY_MOVE_INSTANCE_UNFIT({ found: `${name}: ${found}` });
  if (status !== 'active') throw unfit(`it is ${status}`);
  const there = others.filter(({ instance }) => instance === name);
  if (tier === 'instance' && name === MAIN_INSTANCE) throw unfit('it is the platform’s own');
  if (tier === 'instance' && there.length > 0) throw unfit(`${there.length} other tenants live on it`);
  const owner = there.find((each) => each.tier === 'instance');
  if (owner) throw unfit(`it is ${owner.slug}’s own`);
}
