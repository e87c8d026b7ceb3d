/** Who of the fleet is where in the series of migrations: every placement of every instance, reachable or not. */
import { connectAsAdministrator } from '../kernel/db/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import { MAIN_INSTANCE, readAddresses } from '../kernel/instances/index.ts';
import { type Migration, readMigrations } from '../kernel/migrations/journal.ts';
import { type PlacementState, surveyDatabase } from '../kernel/migrations/survey.ts';
import { reachAddresses } from './walk-instances.ts';

export interface FleetState extends PlacementState {
  readonly instance: string;
}

/** One line of `dmz migrate status`. */
export interface PlacementStatus {
  readonly instance: string;
  readonly schema: string | null;
  /** Numbers of migrations; a failed one is also pending. */
  readonly applied: number;
  readonly pending: number;
  readonly failed: number;
  /** The last migration that was applied. */
  readonly last: string | null;
  readonly pendingFiles: readonly string[];
  readonly failure: PlacementState['failure'];
}

/**
 * @param controlUrl  an administrator's URL of the control database
 * @throws MIGRATION_SERIES_BROKEN, MIGRATION_HEADER_INVALID, STACK_*
 */
export async function fleetStatus(controlUrl: string, folder?: string): Promise<PlacementStatus[]> {
  const series = readMigrations(folder);
  const states = await surveyFleet(controlUrl, series, folder);
  return states.map(({ instance, schema, pending, failure }) => {
    // What differs from the files, or cannot be asked, has applied nothing that could be counted.
    const known = failure === null || failure.file !== null;
    const applied = known ? series.length - pending.length : 0;
    return {
      instance,
      schema,
      applied,
      pending: known ? pending.length : 0,
      failed: failure === null ? 0 : 1,
      last: series[applied - 1]?.tag ?? null,
      pendingFiles: pending.map(({ tag }) => tag),
      failure,
    };
  });
}

export async function surveyFleet(
  controlUrl: string,
  series: readonly Migration[],
  folder?: string,
): Promise<FleetState[]> {
  const names = [MAIN_INSTANCE, ...readAddresses().map(({ name }) => name)];
  const surveys = await Promise.all(
    names.map((instance) => surveyInstance(controlUrl, instance, names, series, folder)),
  );
  return surveys.flat();
}

async function surveyInstance(
  controlUrl: string,
  instance: string,
  names: readonly string[],
  series: readonly Migration[],
  folder: string | undefined,
): Promise<FleetState[]> {
  try {
    const without = names.filter((name) => name !== instance);
    const [reached] = await reachAddresses(controlUrl, without);
    if (!reached) return [];
    const client = await connectAsAdministrator(reached.adminUrl);
    try {
      const states = await surveyDatabase(client, series, folder);
      return states.map((state) => ({ instance, ...state }));
    } finally {
      await client.end();
    }
  } catch (error) {
    if (!isDmzError(error) || instance === MAIN_INSTANCE) throw error;
    const { code, found = null } = error;
    const failure = { code, found, file: null, statement: null, at: null };
    return [{ instance, schema: null, pending: [], failure }];
  }
}
