/**
 * What players wait for while Redis fails: twenty of them play, by turns without Redis, with a healthy one, and through each
 * fault, in one run and one program. Wanted is a p99 of three times that without Redis at the very most, no action that
 * fails, few connections, and copies in use again without a restart. Nothing is asserted, since machines are noisy.
 */
import { whileConsuming } from '../src/cli/while-consuming.ts';
import { openPlatform, type Platform } from '../src/platform.ts';
import { type SimulationReport, simulate } from '../src/simulate/index.ts';
import { rarerRedisFaults } from '../test/harness/rarer-redis-faults.ts';
import {
  type FaultyPlace,
  onTheWay,
  openFaultyPlace,
  type RedisFault,
  redisFaults,
} from '../test/harness/redis-faults.ts';
import { withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';

const TENANT = 'consumers';
const PLAYERS = 20;
const POOL_SIZE = 10;
const LONGEST_RECOVERY_MS = 20_000;

const options = benchmarkOptions();

const faults: Readonly<Record<string, RedisFault>> = {
  'is well': async (_, during) => void (await during()),
  ...redisFaults,
  ...rarerRedisFaults,
  'answers 20 ms late': onTheWay({ latencyMs: 20 }),
  'answers a second late': onTheWay({ latencyMs: 1_000 }),
};
const WITHOUT = 'is not there';

interface Turn {
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
  readonly connections: number;
  /** Until Redis was used again; 0 where it was all along. */
  readonly recoveredMs: number;
}

let seed = 0;
const play = (platform: Platform): Promise<SimulationReport> => {
  seed += 1;
  const request = { tenant: TENANT, players: PLAYERS, seed, days: 10, seconds: options.roundMs / 1_000 };
  return whileConsuming(platform, TENANT, (onStarted) => simulate(platform, { ...request, onStarted }));
};
const turnOf = ({ latencyMs: { p50, p99 }, failed }: SimulationReport) => ({ p50, p99, failed });

async function playThrough(platform: Platform, place: FaultyPlace, fault: RedisFault): Promise<Turn> {
  let played: SimulationReport | undefined;
  const before = place.proxy.accepted;
  let connections = 0;
  const during = async () => {
    played = await play(platform);
    connections = place.proxy.accepted - before;
  };
  await fault(place, during, options.roundMs);
  if (!played) throw new Error('A fault lasts as long as they play.');
  const over = performance.now();
  if (!(await platform.cache.whenOpen(LONGEST_RECOVERY_MS))) throw new Error('Redis is not used again.');
  return { ...turnOf(played), connections, recoveredMs: performance.now() - over };
}

const turns = await withBenchDatabase(
  'bench_cache_faults',
  POOL_SIZE,
  async ({ appUrl, platform: without }) => {
    const place = await openFaultyPlace();
    const platform = openPlatform({ appUrl, redisUrl: place.proxy.url, poolSize: POOL_SIZE });
    const measured = new Map<string, Turn[]>();
    const keep = (name: string, turn: Turn) => measured.set(name, [...(measured.get(name) ?? []), turn]);
    try {
      await platform.cache.whenOpen();
      await play(without);
      for (let round = 0; round < options.rounds; round += 1) {
        keep(WITHOUT, { ...turnOf(await play(without)), connections: 0, recoveredMs: 0 });
        for (const [name, fault] of Object.entries(faults))
          keep(name, await playThrough(platform, place, fault));
      }
      return measured;
    } finally {
      await platform.close();
      await place.close();
    }
  },
);

const middle = (name: string, of: (turn: Turn) => number) => median((turns.get(name) ?? []).map(of));
const p99Without = middle(WITHOUT, ({ p99 }) => p99);

report('cache-faults', options, {
  title: 'Play while Redis fails',
  about: `Actions of ${PLAYERS} players, ${options.roundMs / 1_000} s of each fault, in one program that is not restarted; the middle of ${options.rounds} rounds.`,
  command: 'pnpm bench:cache-faults --record',
  columns: ['Redis', 'p50 ms', 'p99 ms', 'p99, ratio to without', 'failed', 'connections', 'back after, s'],
  rows: [...turns.keys()].map((name) => [
    name,
    middle(name, ({ p50 }) => p50).toFixed(1),
    middle(name, ({ p99 }) => p99).toFixed(1),
    (middle(name, ({ p99 }) => p99) / p99Without).toFixed(2),
    (turns.get(name) ?? []).reduce((sum, { failed }) => sum + failed, 0),
    middle(name, ({ connections }) => connections),
    (middle(name, ({ recoveredMs }) => recoveredMs) / 1_000).toFixed(1),
  ]),
  reading: [
    'Wanted: a ratio of 3 at most, no action that failed, and copies in use again by itself.',
    'Connections are those of the program that plays, during the fault.',
  ],
});
