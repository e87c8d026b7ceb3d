/** Brings every instance up to this version, and its reference data. The control database comes first: it says who they are. */
import { runAsOwner } from '../kernel/db/index.ts';
import { MAIN_INSTANCE } from '../kernel/instances/index.ts';
import { type MigrationRun, migrate } from '../kernel/migrations/runner.ts';
import { seedReference } from '../seed.ts';
import { reachAddresses } from './walk-instances.ts';

export interface FleetRun extends MigrationRun {
  /** The same of each further instance. */
  readonly instances: readonly (MigrationRun & { readonly instance: string })[];
}

/**
 * @param controlUrl  an administrator's URL of the control database
 * @param onStep      called before each file is applied; outside of `main` with the instance's name before it
 * @throws MIGRATION_*, INSTANCE_DOWN, STACK_*
 */
export async function migrateInstances(
  controlUrl: string,
  onStep: (step: string) => void = () => {},
): Promise<FleetRun> {
  const main = await migrate(controlUrl, onStep);
  const instances = [];
  for (const { instance, adminUrl } of await further(controlUrl))
    instances.push({ instance, ...(await migrate(adminUrl, (tag) => onStep(`${instance}: ${tag}`))) });
  return { ...main, instances };
}

/** @returns rows of reference data that were added or changed, at instances beside `main` */
export async function seedInstances(controlUrl: string): Promise<number> {
  let written = 0;
  for (const { adminUrl } of await further(controlUrl)) written += await runAsOwner(adminUrl, seedReference);
  return written;
}

const further = (controlUrl: string) => reachAddresses(controlUrl, [MAIN_INSTANCE]);
