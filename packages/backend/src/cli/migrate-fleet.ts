/** Runs the migrations of the whole fleet for `db migrate`, `migrate up` and `npm start`: one way, and one line for each step. */

import { recordMigrations } from '../auditing/record-migrations.ts';
import { type FleetRun, type FleetStep, migrateInstances } from '../instances/upgrade-instances.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import { MAIN_INSTANCE } from '../kernel/instances/index.ts';
import type { Filled } from '../kernel/migrations/backfill.ts';
import type { Choice } from '../kernel/migrations/choose-files.ts';
import { PATIENCE } from '../kernel/migrations/patient-transaction.ts';
import { roleUrl } from '../kernel/stack/index.ts';
import { openPlatform } from '../platform.ts';
import { printLine, tellLine } from './print-line.ts';
import { startProgress } from './progress.ts';

export interface MigrateFleetOptions extends Choice {
  readonly jobs?: number;
  readonly lockTimeoutMs?: number;
  readonly attempts?: number;
  /** Rows a second of a backfill, at each placement. */
  readonly throttle?: number;
  /** Each file at each placement as a line of its own, on a terminal too. */
  readonly everyStep?: boolean;
}

/** What is going on goes to standard error. */
export async function migrateFleet(
  controlUrl: string,
  { everyStep = false, throttle, to, only, ...options }: MigrateFleetOptions = {},
): Promise<FleetRun> {
  const onTerminal = process.stderr.isTTY && !everyStep;
  const progress = onTerminal ? startProgress('migrating') : undefined;
  const say = (text: string) => (progress ? progress.update(text) : tellLine(text));
  let steps = 0;
  const filling = occasionally(onTerminal ? 200 : 5_000);
  try {
    const run = await migrateInstances(controlUrl, {
      ...withPatience(options),
      ...(to === undefined ? {} : { to }),
      ...(only === undefined ? {} : { only }),
      ...(throttle === undefined ? {} : { pace: { rowsPerSecond: throttle } }),
      onBatch: (step, filled) => filling(() => say(`${describe(step)}: ${describeFilled(filled)}`)),
      onStep: (step) => say(onTerminal ? `step ${++steps}: ${describe(step)}` : `applying ${describe(step)}`),
      onWait: (instance) => say(`another runner is at work on ${instance}; waiting for it`),
    });
    await tellTenants(controlUrl, run);
    return run;
  } finally {
    progress?.stop();
  }
}

/** What is applied stays applied, and is in the placements' histories, also where a tenant's log cannot be written. */
async function tellTenants(controlUrl: string, run: FleetRun): Promise<void> {
  const runs = [run, ...run.instances];
  if (runs.every(({ applied, placements }) => applied.length + placements.length === 0)) return;
  const platform = openPlatform({ appUrl: roleUrl(controlUrl, 'dmz_app') });
  try {
    await recordMigrations(platform.tenancy, controlUrl, run);
  } catch (error) {
    if (!isDmzError(error)) throw error;
    tellLine(`${error.code}: not every tenant's audit log has the migrations`);
  } finally {
    await platform.close();
  }
}

/** Batches come many a second, of several placements. */
function occasionally(everyMs: number): (say: () => void) => void {
  let saidAt = 0;
  return (say) => {
    if (performance.now() - saidAt < everyMs) return;
    saidAt = performance.now();
    say();
  };
}

/** `1,200 of about 40,000 rows of auth.users, 800 rows/s, 49 s left` */
export function describeFilled({ table, rows, estimate, rowsPerSecond }: Filled): string {
  const number = (value: number) => Math.round(value).toLocaleString('en-US');
  const known = estimate > rows;
  const left = known && rowsPerSecond > 0 ? `, ${number((estimate - rows) / rowsPerSecond)} s left` : '';
  return `${number(rows)}${known ? ` of about ${number(estimate)}` : ''} rows of ${table}, ${number(rowsPerSecond)} rows/s${left}`;
}

function withPatience({ jobs, lockTimeoutMs, attempts }: MigrateFleetOptions) {
  const patience =
    lockTimeoutMs === undefined && attempts === undefined
      ? {}
      : {
          patience: {
            ...PATIENCE,
            ...(lockTimeoutMs ? { lockTimeoutMs } : {}),
            ...(attempts ? { attempts } : {}),
          },
        };
  return { ...(jobs === undefined ? {} : { jobs }), ...patience };
}

function describe({ instance, schema, file }: FleetStep): string {
  const place = [instance === MAIN_INSTANCE ? '' : instance, schema ?? ''].filter(Boolean).join(' ');
  return place === '' ? file : `${file} at ${place}`;
}

/** @param partly  where it was not for everything that is pending */
export function printRun(run: FleetRun, partly = false): void {
  for (const { instance, applied, total, placements } of [{ instance: '', ...run }, ...run.instances]) {
    const schemas = placements.length === 0 ? '' : `, and to ${placements.length} schemas of tenants’ own`;
    const where = instance === '' ? '' : `${instance}: `;
    printLine(
      `${where}${applied.length} of ${total} migrations applied now${schemas}${partly ? '.' : '; the database is up to date.'}`,
    );
  }
}
