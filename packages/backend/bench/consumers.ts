/**
 * What consumers cost the writers, and how far behind they are: bots play through the real services in turns, followed
 * by nobody, by the snapshots alone and by all consumers, in one process and one run, on a database of its own. Without
 * snapshots writers are slowed down by reading ever longer sessions, so the snapshots' turn is the harder measure.
 * Processor time an action says the same with less noise. The lag is the age of the oldest event that some consumer had
 * not handled, asked twice a second. Nothing is asserted, since machines are noisy.
 */
import type pg from 'pg';
import { Cache } from '../src/kernel/cache/index.ts';
import { createLogger } from '../src/kernel/log.ts';
import { PackLibrary } from '../src/modules/content/index.ts';
import { openPlatform, type Platform, platformConsumers } from '../src/platform.ts';
import { simulate } from '../src/simulate/index.ts';
import { type BenchDatabase, withBenchDatabase } from './bench-database.ts';
import { processorTime } from './processor-time.ts';
import { benchmarkOptions, median, report } from './report.ts';

const TENANT = 'consumers';
const WRITERS = 8;
const POOL_SIZE = WRITERS + 4;
const ASK_MS = 500;
/** One statement, since asking is no part of what is measured: the event behind the last cursor of each session. */
const OLDEST = `
  SELECT coalesce(extract(epoch FROM clock_timestamp() - min(server_time)) * 1000, 0)::float AS age
  FROM (SELECT tenant_id, session_id, min(sequence) AS reached FROM analytics.projection_cursors
        WHERE consumer = ANY ($1) GROUP BY 1, 2) AS cursor
  JOIN game.session_heads AS head ON head.tenant_id = cursor.tenant_id AND head.id = cursor.session_id
  JOIN game.events AS event ON event.tenant_id = cursor.tenant_id AND event.session_id = cursor.session_id
   AND event.sequence = cursor.reached + 1
  WHERE head.sequence > cursor.reached`;
/** Enough play for the planner to know the tables, and for the processor to have seen the code. */
const WARM_UP_ACTIONS = 400;
const FOLLOWERS = ['nobody', 'snapshots', 'all consumers'] as const;

type Follower = (typeof FOLLOWERS)[number];

const options = benchmarkOptions();

interface Turn {
  readonly actionsPerSecond: number;
  readonly programMsPerAction: number;
  readonly serverMsPerAction: number;
  /** Ages in ms, one for each time that was asked. */
  readonly lags: readonly number[];
  /** From the last action until everything was handled. */
  readonly settledMs: number;
}

async function measure({ admin, appUrl, platform: everybody }: BenchDatabase) {
  const snapshots = platformConsumers(
    new PackLibrary(),
    new Cache({ url: null, log: createLogger('silent') }),
  ).filter(({ name }) => name === 'game.snapshots');
  const platforms: Record<Follower, Platform> = {
    nobody: openPlatform({ appUrl, poolSize: POOL_SIZE, consumers: [] }),
    snapshots: openPlatform({ appUrl, poolSize: POOL_SIZE, consumers: snapshots }),
    'all consumers': everybody,
  };
  for (const platform of Object.values(platforms))
    await play(platform, { actions: WARM_UP_ACTIONS, seed: -1 });
  await everybody.consumers.settle(TENANT);
  await admin.query('ANALYZE');
  const rounds: Record<Follower, Turn>[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const turns: Partial<Record<Follower, Turn>> = {};
    for (const follower of FOLLOWERS) {
      turns[follower] = await turn(admin, platforms[follower], round);
      // Every turn begins with the same backlog: none.
      await everybody.consumers.settle(TENANT);
    }
    rounds.push(turns as Record<Follower, Turn>);
  }
  for (const platform of [platforms.nobody, platforms.snapshots]) await platform.close();
  return rounds;
}

const play = (platform: Platform, limits: { seconds?: number; actions?: number; seed: number }) =>
  simulate(platform, { tenant: TENANT, players: WRITERS, days: 10, ...limits });

async function turn(admin: pg.Client, platform: Platform, seed: number): Promise<Turn> {
  const { consumers } = platform;
  const names = consumers.readers.map(({ name }) => name);
  const lags: number[] = [];
  const before = await processorTime(admin);
  if (names.length > 0) consumers.start({ tenants: async () => [TENANT] });
  const asking = setInterval(async () => {
    const { rows } = await admin.query(OLDEST, [names]);
    lags.push(rows[0].age);
  }, ASK_MS);
  const played = await play(platform, { seconds: options.roundMs / 1_000, seed });
  clearInterval(asking);
  const begun = performance.now();
  await consumers.stop();
  if (names.length > 0) await consumers.settle(TENANT);
  const settledMs = performance.now() - begun;
  const after = await processorTime(admin);
  return {
    actionsPerSecond: played.actionsPerSecond,
    programMsPerAction: (after.programMs - before.programMs) / played.actions,
    serverMsPerAction: (after.serverMs - before.serverMs) / played.actions,
    lags,
    settledMs,
  };
}

const rounds = await withBenchDatabase('bench_consumers', POOL_SIZE, measure);

const over = (of: (turns: Record<Follower, Turn>) => number) => median(rounds.map(of));

report('consumers', options, {
  title: 'Consumers',
  about:
    'Actions a second of 8 bots that play through the real services, followed by nobody, by the snapshots alone and by all consumers in the same process, in turns; what an action costs of the processor, in the program and in the server, whatever follows it included; and how old the oldest event is that some consumer had not handled. Ratios are medians over the rounds.',
  command: 'pnpm bench:consumers --seconds 10 --rounds 5 --record',
  columns: [
    'followed by',
    'actions/s',
    'ratio to nobody',
    'ratio to snapshots',
    'program ms/action',
    'server ms/action',
    'lag p50 ms',
    'lag max ms',
    'settled after ms',
  ],
  rows: FOLLOWERS.map((follower) => {
    const lags = rounds.flatMap((turns) => turns[follower].lags);
    return [
      follower,
      over((turns) => turns[follower].actionsPerSecond).toFixed(0),
      over((turns) => turns[follower].actionsPerSecond / turns.nobody.actionsPerSecond).toFixed(2),
      over((turns) => turns[follower].actionsPerSecond / turns.snapshots.actionsPerSecond).toFixed(2),
      over((turns) => turns[follower].programMsPerAction).toFixed(2),
      over((turns) => turns[follower].serverMsPerAction).toFixed(2),
      median(lags).toFixed(0),
      Math.max(0, ...lags).toFixed(0),
      over((turns) => turns[follower].settledMs).toFixed(0),
    ];
  }),
  reading: ['Wanted: that all consumers leave writers a ratio of at least 0.9, and lag under a second.'],
});
