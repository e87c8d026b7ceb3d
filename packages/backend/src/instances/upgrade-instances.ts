/**
 * Brings every placement of the fleet up to this version, and the reference data of every instance. The control database
 * comes first: it says who the instances are, and which programs run. Then all others at once, as many as are asked for.
 */
import { connectAsAdministrator, runAsOwner } from '../kernel/db/index.ts';
import { MAIN_INSTANCE } from '../kernel/instances/index.ts';
import type { Applicable } from '../kernel/migrations/apply-file.ts';
import type { Filled } from '../kernel/migrations/backfill.ts';
import type { Pace } from '../kernel/migrations/backfill-pace.ts';
import type { Choice } from '../kernel/migrations/choose-files.ts';
import { requireReported } from '../kernel/migrations/contract-gate.ts';
import { readMigrations } from '../kernel/migrations/journal.ts';
import type { Patience } from '../kernel/migrations/patient-transaction.ts';
import { type MigrateOptions, type MigrationRun, migrate, type Step } from '../kernel/migrations/runner.ts';
import { asOneError, Turns } from '../kernel/migrations/turns.ts';
import { seedReference } from '../seed.ts';
import { reachAddresses } from './walk-instances.ts';

export interface FleetRun extends MigrationRun {
  /** The same of each further instance. */
  readonly instances: readonly (MigrationRun & { readonly instance: string })[];
}

export interface FleetStep extends Step {
  readonly instance: string;
}

export interface FleetOptions extends Choice {
  /** Where the series is; the platform's own unless given. */
  readonly folder?: string;
  /** Placements that are worked on at once. */
  readonly jobs?: number;
  readonly patience?: Patience;
  /** How fast backfills work, at each placement. */
  readonly pace?: Pace;
  /** Called before each file is applied. */
  readonly onStep?: (step: FleetStep) => void;
  /** Called after each batch of a backfill. */
  readonly onBatch?: (step: FleetStep, filled: Filled) => void;
  /** Called when another runner is at work on an instance, and this one waits. */
  readonly onWait?: (instance: string) => void;
  readonly settle?: NonNullable<MigrateOptions['settle']>;
}

/**
 * @param controlUrl  an administrator's URL of the control database
 * @throws MIGRATION_*, when everybody has stopped: the first failure, and what else failed until then; INSTANCE_DOWN, STACK_*
 */
export async function migrateInstances(controlUrl: string, options: FleetOptions = {}): Promise<FleetRun> {
  const { jobs, onStep, onBatch, onWait, ...same } = options;
  const turns = new Turns(jobs);
  const run = (instance: string, adminUrl: string) =>
    migrate(adminUrl, {
      ...same,
      turns,
      onStep: (step) => onStep?.({ instance, ...step }),
      onBatch: (step, filled) => onBatch?.({ instance, ...step }, filled),
      onWait: () => onWait?.(instance),
      ...(instance === MAIN_INSTANCE ? {} : { mayContract: gateAt(controlUrl, options.folder) }),
    });
  const main = await run(MAIN_INSTANCE, controlUrl);
  const others = turns.stopped ? [] : await further(controlUrl);
  const instances = await Promise.all(
    others.map(async ({ instance, adminUrl }) => ({ instance, ...(await run(instance, adminUrl)) })),
  );
  if (turns.stopped) throw asOneError(turns.failures);
  return { ...main, instances };
}

/** Which programs run is known to the control database, wherever a contraction is applied. */
const gateAt = (controlUrl: string, folder: string | undefined) => async (migration: Applicable) => {
  const client = await connectAsAdministrator(controlUrl);
  try {
    await requireReported(client, migration, readMigrations(folder));
  } finally {
    await client.end();
  }
};

/** @returns rows of reference data that were added or changed, at instances beside `main` */
export async function seedInstances(controlUrl: string): Promise<number> {
  let written = 0;
  for (const { adminUrl } of await further(controlUrl)) written += await runAsOwner(adminUrl, seedReference);
  return written;
}

const further = (controlUrl: string) => reachAddresses(controlUrl, [MAIN_INSTANCE]);
