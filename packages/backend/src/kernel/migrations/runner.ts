/**
 * Applies the series of migrations to one database: in order, one runner at a time; then to the schemas of tenants' own
 * in it, several at once. A placement that fails stops the others at the end of their file, and the next run goes on.
 */
import type pg from 'pg';
import { settleContextKeys } from '../context/index.ts';
import { mappedSeries, pendingOf, schemaPlacements } from '../schema-tier/index.ts';
import { type Applicable, applyFile } from './apply-file.ts';
import type { Filled } from './backfill.ts';
import type { Pace } from './backfill-pace.ts';
import { verifyFiles } from './checksums.ts';
import { type Choice, chooseFiles } from './choose-files.ts';
import { requireReported } from './contract-gate.ts';
import { DATABASE_HISTORY, History } from './history.ts';
import { type Migration, migrationsFolder, readMigrations } from './journal.ts';
import { refuseWhileMoving } from './moving-tenants.ts';
import { PATIENCE, type Patience } from './patient-transaction.ts';
import { createProgress } from './progress.ts';
import { asRunner, type Runner } from './runner-lock.ts';
import { settleDatabase } from './settle.ts';
import { asOneError, Turns } from './turns.ts';

export interface MigrationRun {
  readonly applied: readonly string[];
  readonly total: number;
  /** Schemas of tenants' own that lacked migrations, with what was applied to each. */
  readonly placements: readonly PlacementRun[];
}

interface PlacementRun {
  readonly schema: string;
  readonly applied: readonly string[];
}

/** A file is about to be applied. */
export interface Step {
  /** Null for the database itself. */
  readonly schema: string | null;
  readonly file: string;
}

export interface MigrateOptions extends Choice {
  /** Where the series is; the platform's own unless given. */
  readonly folder?: string;
  readonly patience?: Patience;
  /** How fast backfills work, at each placement. */
  readonly pace?: Pace;
  /** Shared by all databases of a fleet. */
  readonly turns?: Turns;
  readonly onStep?: (step: Step) => void;
  /** Called after each batch of a backfill. */
  readonly onBatch?: (step: Step, filled: Filled) => void;
  /** Called when another runner is at work on this database, and this one waits. */
  readonly onWait?: () => void;
  /** Asked before each contraction, beside the programs that this very database knows of. @throws where it must wait */
  readonly mayContract?: (migration: Applicable) => Promise<void>;
  /** What no file can hold, at the end. */
  readonly settle?: (client: pg.Client, adminUrl: string) => Promise<void>;
}

/**
 * @param adminUrl  URL of an administrator: it makes roles, and becomes `dmz_owner` for everything else
 * @throws MIGRATION_*; where several placements failed, the first one's error, with the others in `data.failures`;
 *   STACK_* when the server cannot be reached
 */
export async function migrate(adminUrl: string, options: MigrateOptions = {}): Promise<MigrationRun> {
  const { folder = migrationsFolder, onWait, settle = settleDatabase } = options;
  const series = readMigrations(folder);
  verifyFiles(series, folder);
  const run = async (runner: Runner): Promise<MigrationRun> => {
    const job: Job = { ...options, folder, series, runner, turns: options.turns ?? new Turns() };
    const applied = await job.turns.take(() => migrateDatabase(job));
    // Also where a contraction waits: programs that it waits for must be able to come.
    await settleContextKeys(runner.client, adminUrl);
    const placements = applied ? await migrateSchemas(job) : [];
    if (!job.turns.stopped) await settle(runner.client, adminUrl);
    else if (!options.turns) throw asOneError(job.turns.failures);
    return { applied: applied ?? [], total: series.length, placements };
  };
  return asRunner(adminUrl, run, onWait);
}

interface Job extends Omit<MigrateOptions, 'folder' | 'turns'> {
  readonly folder: string;
  readonly series: readonly Migration[];
  readonly runner: Runner;
  readonly turns: Turns;
}

async function migrateDatabase(job: Job): Promise<string[]> {
  const { series, runner } = job;
  await createProgress(runner.client);
  const history = new History(runner.client);
  await history.create();
  const pending = await history.pending(series);
  if (pending.length > 0) await refuseWhileMoving(runner.client);
  return applyInOrder(job, runner.client, DATABASE_HISTORY, pending);
}

/** @returns schemas that lacked something */
async function migrateSchemas(job: Job): Promise<PlacementRun[]> {
  const { runner, folder, turns } = job;
  const schemas = await schemaPlacements(runner.client);
  if (schemas.length === 0) return [];
  const series = await mappedSeries(folder);
  const behind: { readonly schema: string; readonly pending: readonly Applicable[] }[] = [];
  for (const schema of schemas) {
    const pending = await turns.take(() => pendingOf(runner.client, schema, series));
    if (pending && pending.length > 0) behind.push({ schema, pending });
  }
  if (behind.length > 0 && !turns.stopped) await turns.take(() => refuseWhileMoving(runner.client));
  const runs = behind.map(({ schema, pending }) =>
    turns.take(async () => {
      const applied = await runner.besides((client) => applyInOrder(job, client, schema, pending));
      return { schema, applied };
    }),
  );
  return (await Promise.all(runs)).flatMap((run) => (run && run.applied.length > 0 ? [run] : []));
}

/** @returns tags of what was applied before the end, or before somebody else failed */
async function applyInOrder(
  job: Job,
  client: pg.Client,
  place: string,
  pending: readonly Applicable[],
): Promise<string[]> {
  const { turns, series, onStep, onBatch, mayContract, patience = PATIENCE } = job;
  const schema = place === DATABASE_HISTORY ? null : place;
  const applied: string[] = [];
  for (const migration of chooseFiles(pending, series, job)) {
    if (turns.stopped) break;
    if (migration.phase === 'contract') {
      await mayContract?.(migration);
      await requireReported(job.runner.client, migration, series);
    }
    const step: Step = { schema, file: migration.tag };
    onStep?.(step);
    const ended = await applyFile(client, place, migration, patience, {
      ...job.pace,
      isStopped: () => turns.stopped,
      onBatch: (filled) => onBatch?.(step, filled),
    });
    if (!ended) break;
    applied.push(migration.tag);
  }
  return applied;
}
