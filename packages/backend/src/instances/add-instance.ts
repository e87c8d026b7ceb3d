/**
 * Adds an instance: an address, a database at this version with the reference data, and its name in the register. Each
 * step may be done again, so a command that was killed is simply given once more.
 */
import { runAsOwner } from '../kernel/db/index.ts';
import {
  databaseOwner,
  type InstanceAddress,
  instanceUrls,
  keepAddress,
  readAddresses,
  requireName,
  startInstance,
} from '../kernel/instances/index.ts';
import { migrate } from '../kernel/migrations/runner.ts';
import { describeTarget } from '../kernel/stack/index.ts';
import { listInstances, listPlacements, listResidents, registerInstance } from '../modules/public/index.ts';
import { seedReference } from '../seed.ts';
import { newInstanceErrors } from './errors.ts';

export interface NewInstance {
  readonly name: string;
  readonly region: string;
  /** An administrator's URL of an empty database; another embedded PostgreSQL is made where none is given. */
  readonly url?: string | undefined;
}

export interface AddedInstance {
  readonly name: string;
  readonly region: string;
  readonly kind: InstanceAddress['kind'];
  /** Migrations that were applied now. */
  readonly applied: number;
  /** Rows of reference data that were added or changed. */
  readonly reference: number;
}

/**
 * Repeatable; also what brings an instance up to this version.
 *
 * @param controlUrl  an administrator's URL of the control database
 * @param onStep      told what is being done
 * @throws INSTANCE_NAME_INVALID, INSTANCE_NAME_TAKEN, INSTANCE_REGION_UNKNOWN, INSTANCE_REGION_DIFFERS,
 *   INSTANCE_IS_CONTROL, INSTANCE_DATABASE_NOT_EMPTY, MIGRATION_*, STACK_*
 */
export async function addInstance(
  controlUrl: string,
  { name, region, url }: NewInstance,
  onStep: (line: string) => void = () => {},
): Promise<AddedInstance> {
  requireName(name);
  // Before anything is made: whether the register would take it.
  await runAsOwner(controlUrl, (tx) => registerInstance(tx, name, region), { rehearsal: true });
  const known = readAddresses().find((each) => each.name === name);
  const address: InstanceAddress =
    url === undefined ? (known ?? { name, kind: 'embedded' }) : { name, kind: 'url', adminUrl: url };
  if (address.kind === 'url') await requireFree(controlUrl, name, address.adminUrl);
  // Kept before the server is made, since nothing else would know of that then.
  await keepAddress(address);
  if (address.kind === 'embedded') await startInstance(name, { onProgress: onStep });
  const { adminUrl } = await instanceUrls(name);
  const { applied } = await migrate(adminUrl, {
    onStep: ({ file }) => onStep(`${name}: applying ${file}`),
  });
  onStep(`${name}: reference data`);
  const reference = await runAsOwner(adminUrl, seedReference);
  await runAsOwner(controlUrl, (tx) => registerInstance(tx, name, region));
  return { name, region, kind: address.kind, applied: applied.length, reference };
}

/** Somebody else's database, or the platform's own, is not touched. */
async function requireFree(controlUrl: string, name: string, url: string): Promise<void> {
  const found = describeTarget(url);
  const owner = await databaseOwner(url);
  if (owner === 'others')
    throw newInstanceErrors.INSTANCE_DATABASE_NOT_EMPTY({ found: `tables of others in ${found}` });
  if (owner === 'nobody') return;
  const register = await runAsOwner(url, listInstances);
  if (register.length > 0) throw newInstanceErrors.INSTANCE_IS_CONTROL({ found });
  const placed = await runAsOwner(controlUrl, listPlacements);
  const strangers = (await runAsOwner(url, listResidents)).filter(
    ({ tenantId }) => !placed.some(({ id, instance }) => id === tenantId && instance === name),
  );
  if (strangers.length > 0)
    throw newInstanceErrors.INSTANCE_DATABASE_NOT_EMPTY({
      found: `${strangers.length} tenants in ${found} that are not placed on ${name}`,
    });
}
