/** Where a new tenant is placed, by its tier and region, and by who lives where already. */

import { MAIN_INSTANCE } from '../kernel/instances/index.ts';
import type { RegisteredInstance, TenantListing, Tier } from '../modules/public/index.ts';
import { provisioningErrors } from './errors.ts';

export interface WantedPlace {
  readonly slug: string;
  readonly tier: Tier;
  readonly region: string;
  /** The instance that was asked for by name. */
  readonly instance: string | null;
}

interface Register {
  readonly instances: readonly RegisteredInstance[];
  readonly tenants: readonly Pick<TenantListing, 'slug' | 'tier' | 'instance'>[];
}

/**
 * An instance of the tenant's own is named after it, unless another one was asked for, and may have to be added. Tenants
 * that share go to `main`, where that is in their region; else to the instance there that has the fewest of them. Nobody
 * joins a tenant that has an instance of its own.
 *
 * @throws TENANT_NO_INSTANCE
 */
export function chooseInstance(wanted: WantedPlace, register: Register): { name: string; isNew: boolean } {
  const { slug, tier, region } = wanted;
  const name = wanted.instance ?? (tier === 'instance' ? slug : undefined);
  if (name !== undefined) {
    const known = register.instances.find((each) => each.name === name);
    if (known) requireRoom(wanted, known, register);
    else if (tier !== 'instance') throw noInstance(`no instance ${name}`, region);
    return { name, isNew: known === undefined };
  }
  const [chosen] = register.instances
    .filter((each) => each.region === region && each.status === 'active' && !isOwned(each.name, register))
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
  if (!chosen) throw noInstance('none that is shared', region);
  return { name: chosen.name, isNew: false };
}

function requireRoom(
  { slug, tier, region }: WantedPlace,
  instance: RegisteredInstance,
  register: Register,
): void {
  const { name } = instance;
  if (instance.region !== region) throw noInstance(`${name} is in region ${instance.region}`, region);
  if (instance.status !== 'active') throw noInstance(`${name} is ${instance.status}`, region);
  const others = register.tenants.filter((each) => each.instance === name && each.slug !== slug);
  if (tier === 'instance' && (others.length > 0 || name === MAIN_INSTANCE))
    throw noInstance(`${name} has ${others.length} other tenants`, region);
  if (tier !== 'instance' && isOwned(name, register)) throw noInstance(`${name} is a tenant’s own`, region);
}

const isOwned = (instance: string, { tenants }: Register): boolean =>
  tenants.some((each) => each.instance === instance && each.tier === 'instance');

const rank = ({ name, tenants }: RegisteredInstance): number => (name === MAIN_INSTANCE ? -1 : tenants);

const noInstance = (found: string, region: string) =>
  provisioningErrors.TENANT_NO_INSTANCE({
    found,
    expected: `an active instance in region ${region} with room for the tier`,
  });
