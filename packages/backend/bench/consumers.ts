/**
 * What consumers cost the writers, and how far behind they are: bots play through the real services in turns, without
 * consumers and with all of them, in one process and one run, on a database of its own. The ratio of actions a second is
 * what they cost; the lag is the age of the oldest event that some consumer had not handled, asked twice a second.
 * Nothing is asserted, since machines are noisy.
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { connectAsAdministrator } from '../src/kernel/db/index.ts';
import { migrate } from '../src/kernel/migrations/runner.ts';
import { roleUrl, stackUp } from '../src/kernel/stack/index.ts';
import { openPlatform, type Platform } from '../src/platform.ts';
import { seed } from '../src/seed.ts';
import { simulate } from '../src/simulate/index.ts';

const TENANT = 'consumers';
const DATABASE = 'bench_consumers';
const WRITERS = 8;
/** Turns of each measurement; the middle one counts. */
const ROUNDS = 3;
const ASK_MS = 500;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const seconds = options.quick ? 3 : Number(options.seconds);

interface Turn {
  readonly actionsPerSecond: number;
  /** Ages in ms, one for each time that was asked. */
  readonly lags: readonly number[];
  /** From the last action until everything was handled. */
  readonly settledMs: number;
}

async function main(): Promise<void> {
  const { postgres } = await stackUp();
  const admin = await connectAsAdministrator(postgres.adminUrl);
  await admin.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${DATABASE}`);
  try {
    const url = new URL(postgres.adminUrl);
    url.pathname = `/${DATABASE}`;
    await migrate(url.href);
    const appUrl = roleUrl(url.href, 'dmz_app');
    const platform = openPlatform({ appUrl, poolSize: WRITERS + 4 });
    await seed(platform, url.href);
    print(await measure(platform));
    await platform.close();
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
    await admin.end();
  }
}

async function measure(platform: Platform) {
  const without: Turn[] = [];
  const withThem: Turn[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    without.push(await play(platform, round, false));
    withThem.push(await play(platform, round, true));
  }
  const lags = withThem.flatMap((turn) => turn.lags).toSorted((one, other) => one - other);
  const rates = [without, withThem].map((turns) => median(turns.map((turn) => turn.actionsPerSecond)));
  const [alone = 0, followed = 0] = rates;
  return {
    writers: WRITERS,
    aloneActionsPerSecond: alone,
    followedActionsPerSecond: followed,
    ratio: followed / alone,
    lagP50Ms: median(lags),
    lagMaxMs: lags.at(-1) ?? 0,
    settledMs: median(withThem.map((turn) => turn.settledMs)),
  };
}

async function play(platform: Platform, round: number, followed: boolean): Promise<Turn> {
  const { consumers } = platform;
  const lags: number[] = [];
  if (followed) consumers.start({ tenants: async () => [TENANT] });
  const asking = setInterval(async () => {
    if (!followed) return;
    const statuses = await consumers.status(TENANT);
    lags.push(Math.max(...statuses.map(({ oldestMs }) => oldestMs ?? 0)));
  }, ASK_MS);
  const report = await simulate(platform, {
    tenant: TENANT,
    players: WRITERS,
    seed: round,
    days: 10,
    seconds,
  });
  clearInterval(asking);
  const begun = performance.now();
  await consumers.stop();
  await consumers.settle(TENANT);
  const settledMs = followed ? performance.now() - begun : 0;
  return { actionsPerSecond: report.actionsPerSecond, lags, settledMs };
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

function print(measured: Awaited<ReturnType<typeof measure>>): void {
  if (options.json) {
    console.log(JSON.stringify(measured));
    return;
  }
  const head = ['writers', 'actions/s alone', 'followed', 'ratio', 'lag p50', 'lag max', 'settled after'];
  const table = new Table({ head, style: { head: [], border: [] }, colAligns: head.map(() => 'right') });
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  table.push([
    measured.writers,
    measured.aloneActionsPerSecond.toFixed(0),
    measured.followedActionsPerSecond.toFixed(0),
    measured.ratio.toFixed(2),
    ms(measured.lagP50Ms),
    ms(measured.lagMaxMs),
    ms(measured.settledMs),
  ]);
  console.log(table.toString());
}

await main();
