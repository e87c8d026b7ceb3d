/** Gives a registered tenant its place, and finds it again: by the register alone, so that whoever goes on needs no more. */
import { addInstance } from '../instances/add-instance.ts';
import { type OwnerTx, runAsOwner, tenantSchema } from '../kernel/db/index.ts';
import {
  listInstances,
  listPlacements,
  listTenants,
  type PlacementListing,
  placeTenant,
} from '../modules/public/index.ts';
import { chooseInstance, type WantedPlace } from './choose-instance.ts';

interface Workshop {
  /** An administrator's URL of the control database. */
  readonly controlUrl: string;
  readonly onStep?: ((line: string) => void) | undefined;
}

/** Repeatable: what is placed stays where it is. @throws TENANT_NO_INSTANCE, INSTANCE_*, TENANCY_REGION_DIFFERS */
export async function placeNewTenant(
  { controlUrl, onStep }: Workshop,
  tenantId: string,
  wanted: WantedPlace,
): Promise<void> {
  const { slug, tier, region } = wanted;
  const { name, isNew } = await runAsOwner(controlUrl, (tx) => chooseFromRegister(tx, wanted));
  // Adding is repeatable: a killed one may have registered the instance and not brought it to its end.
  if (isNew || tier === 'instance') await addInstance(controlUrl, { name, region }, onStep);
  const schema = tier === 'schema' ? tenantSchema(slug) : null;
  await runAsOwner(controlUrl, (tx) => placeTenant(tx, { tenantId, instance: name, schema }));
}

/** @throws TENANT_NO_INSTANCE */
export async function chooseFromRegister(tx: OwnerTx, wanted: WantedPlace) {
  return chooseInstance(wanted, { instances: await listInstances(tx), tenants: await listTenants(tx) });
}

/** Undefined where the tenant has no place, or not yet. */
export async function findPlacement(controlUrl: string, slug: string): Promise<PlacementListing | undefined> {
  return (await runAsOwner(controlUrl, listPlacements)).find((each) => each.slug === slug);
}
