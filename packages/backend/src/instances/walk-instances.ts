/** Goes through the instances, for what is done at each of them: `main` first, then the others by their names. */
import { runAsOwner } from '../kernel/db/index.ts';
import { instanceUrls, MAIN_INSTANCE, readAddresses } from '../kernel/instances/index.ts';
import { findInstance, listInstances } from '../modules/public/index.ts';

export interface ReachedInstance {
  readonly instance: string;
  readonly adminUrl: string;
}

/**
 * The instances of the register, or one of them.
 *
 * @param controlUrl  an administrator's URL of the control database
 * @throws INSTANCE_NOT_REGISTERED, INSTANCE_UNKNOWN, INSTANCE_DOWN  for an instance that cannot be reached: what is to be
 *   done everywhere is not said to be done while one was left out
 */
export async function reachInstances(controlUrl: string, only?: string): Promise<ReachedInstance[]> {
  const registered = await runAsOwner(controlUrl, async (tx) =>
    only === undefined ? await listInstances(tx) : [await findInstance(tx, only)],
  );
  const names = registered.map(({ name }) => name).sort(mainFirst);
  return Promise.all(names.map((instance) => reach(instance, controlUrl)));
}

/**
 * The instances that have an address here, also while the control database has no register to look into.
 *
 * @param without  instances that are left out
 */
export function reachAddresses(
  controlUrl: string,
  without: readonly string[] = [],
): Promise<ReachedInstance[]> {
  const known = [MAIN_INSTANCE, ...readAddresses().map(({ name }) => name)];
  const names = known.filter((name) => !without.includes(name));
  return Promise.all(names.map((instance) => reach(instance, controlUrl)));
}

async function reach(instance: string, controlUrl: string): Promise<ReachedInstance> {
  const { adminUrl } = await instanceUrls(instance, { mainAdminUrl: controlUrl });
  return { instance, adminUrl };
}

const mainFirst = (one: string, other: string): number =>
  Number(other === MAIN_INSTANCE) - Number(one === MAIN_INSTANCE) || one.localeCompare(other);
