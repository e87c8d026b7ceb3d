/**
 * What consumers cost the writers, and how far behind they are: bots play through the real services in turns, without
 * consumers and with all of them, in one process and one run, on a database of its own. The ratio of actions a second is
 * what they cost; the lag is the age of the oldest event that some consumer had not handled, asked twice a second.
 * Nothing is asserted, since machines are noisy.
 */
import type { Platform } from '../src/platform.ts';
import { simulate } from '../src/simulate/index.ts';
import { withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';

const TENANT = 'consumers';
const WRITERS = 8;
const ASK_MS = 500;

const options = benchmarkOptions();
const seconds = options.roundMs / 1_000;

interface Turn {
  readonly actionsPerSecond: number;
  /** Ages in ms, one for each time that was asked. */
  readonly lags: readonly number[];
  /** From the last action until everything was handled. */
  readonly settledMs: number;
}

async function measure(platform: Platform) {
  const without: Turn[] = [];
  const withThem: Turn[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
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

const measured = await withBenchDatabase('bench_consumers', WRITERS + 4, ({ platform }) => measure(platform));

report('consumers', options, {
  title: 'Consumers',
  about:
    'Actions a second of bots that play through the real services, without consumers and followed by all of them in the same process, in turns; and how old the oldest event is that some consumer had not handled.',
  command: 'pnpm bench:consumers --seconds 10 --rounds 3 --record',
  columns: [
    'writers',
    'actions/s alone',
    'followed',
    'ratio',
    'lag p50 ms',
    'lag max ms',
    'settled after ms',
  ],
  rows: [
    [
      measured.writers,
      measured.aloneActionsPerSecond.toFixed(0),
      measured.followedActionsPerSecond.toFixed(0),
      measured.ratio.toFixed(2),
      measured.lagP50Ms.toFixed(0),
      measured.lagMaxMs.toFixed(0),
      measured.settledMs.toFixed(0),
    ],
  ],
  reading: ['Wanted: a ratio of at least 0.9, and a lag under a second.'],
});
