/** Runs the migrations of the whole fleet for `db migrate`, `migrate up` and `npm start`: one way, and one line for each step. */
import { type FleetRun, type FleetStep, migrateInstances } from '../instances/upgrade-instances.ts';
import { MAIN_INSTANCE } from '../kernel/instances/index.ts';
import { PATIENCE } from '../kernel/migrations/patient-transaction.ts';
import { startProgress } from './progress.ts';

export interface MigrateFleetOptions {
  readonly jobs?: number;
  readonly lockTimeoutMs?: number;
  readonly attempts?: number;
  /** Each file at each placement as a line of its own, on a terminal too. */
  readonly everyStep?: boolean;
}

/** What is going on goes to standard error. */
export async function migrateFleet(
  controlUrl: string,
  { everyStep = false, ...options }: MigrateFleetOptions = {},
): Promise<FleetRun> {
  const line = (text: string) => process.stderr.write(`${text}\n`);
  const onTerminal = process.stderr.isTTY && !everyStep;
  const progress = onTerminal ? startProgress('migrating') : undefined;
  const say = (text: string) => (progress ? progress.update(text) : line(text));
  let steps = 0;
  try {
    return await migrateInstances(controlUrl, {
      ...withPatience(options),
      onStep: (step) => say(onTerminal ? `step ${++steps}: ${describe(step)}` : `applying ${describe(step)}`),
      onWait: (instance) => say(`another runner is at work on ${instance}; waiting for it`),
    });
  } finally {
    progress?.stop();
  }
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

export function printRun(run: FleetRun): void {
  for (const { instance, applied, total, placements } of [{ instance: '', ...run }, ...run.instances]) {
    const schemas = placements.length === 0 ? '' : `, and to ${placements.length} schemas of tenants’ own`;
    const where = instance === '' ? '' : `${instance}: `;
    console.log(
      `${where}${applied.length} of ${total} migrations applied now${schemas}; the database is up to date.`,
    );
  }
}
