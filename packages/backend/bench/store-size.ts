/**
 * What the size of the store does to an append: its latency with twenty million events, as a ratio to that with one
 * million, of one writer and of eight. Both stores stand side by side on one server and are measured in turns, so that
 * what slows the machine slows both. Each writer goes round many sessions of its own, as players do. Nothing is asserted,
 * since machines are noisy.
 */
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { startProgress } from '../src/cli/progress.ts';
import { listPlayers } from '../src/modules/auth/index.ts';
import { latenciesOf } from '../src/simulate/percentile.ts';
import { type BenchDatabase, withBenchDatabase } from './bench-database.ts';
import { type Filled, fillStore } from './fill-store.ts';
import { benchmarkOptions, median, report } from './report.ts';

const TENANT = 'consumers';
const BATCH = 3;
const WRITERS = [1, 8];
const SESSIONS_OF_WRITER = 32;
/** Short turns and many of them: a ratio of neighbours in time is the least disturbed. */
const TURNS_PER_ROUND = 4;

const options = benchmarkOptions();
const { quick, rounds, roundMs } = options;
const sizes = quick ? [100_000, 1_000_000] : [1_000_000, 20_000_000];

const event = {
  type: 'game.email.decided',
  version: 1,
  data: { emailKey: 'd01-e01', day: 1, decision: 'approve', timeSpentMs: 4_200, capacityLacking: false },
} as const;
const events = Array.from({ length: BATCH }, () => event);

interface Store {
  readonly database: BenchDatabase;
  readonly filled: Filled;
  /** Appends an action to one of the writer's sessions, each in its turn. */
  readonly writers: readonly (() => Promise<unknown>)[];
}

interface Turn {
  readonly p50: number;
  readonly mean: number;
  readonly p99: number;
}

async function prepare(database: BenchDatabase, size: number): Promise<Store> {
  const progress = startProgress(`${size} events …`);
  const filled = await fillStore(database, TENANT, size, (done, all) =>
    progress.update(`a store of ${size} events: ${done} of ${all} sessions`),
  );
  progress.stop();
  const writers = [];
  for (let at = 0; at < Math.max(...WRITERS); at += 1) writers.push(await openWriter(database));
  return { database, filled, writers };
}

async function openWriter({ platform }: BenchDatabase): Promise<() => Promise<unknown>> {
  const [player] = await platform.tenancy.run(TENANT, (tx) => listPlayers(tx, 1));
  if (!player) throw new Error('The seed gives the tenant people.');
  const start = { playerId: player.id, seed: 1, days: 10 };
  const sessions: { sessionId: string; expectedSequence: number }[] = [];
  for (let at = 0; at < SESSIONS_OF_WRITER; at += 1) {
    const { sessionId, lastSequence } = await platform.game.start(TENANT, { ...start, actionId: uuidv7() });
    sessions.push({ sessionId, expectedSequence: lastSequence });
  }
  return async () => {
    const session = sessions.shift();
    if (!session) throw new Error('A writer waits for its append before the next one.');
    const action = { type: 'acknowledge_day' } as const;
    await platform.game.append(TENANT, { ...session, actionId: uuidv7(), action, events, clientTime: null });
    sessions.push({ ...session, expectedSequence: session.expectedSequence + BATCH });
  };
}

async function turn({ writers }: Store, count: number): Promise<Turn> {
  const latencies: number[] = [];
  const begun = performance.now();
  await Promise.all(
    writers.slice(0, count).map(async (append) => {
      for (let now = performance.now(); now - begun < roundMs; now = performance.now()) {
        await append();
        latencies.push(performance.now() - now);
      }
    }),
  );
  const mean = latencies.reduce((sum, each) => sum + each, 0) / latencies.length;
  return { ...latenciesOf(latencies), mean };
}

/** For each number of writers and each store, its turns; those of one place in the lists were neighbours in time. */
async function measure(stores: readonly Store[]): Promise<Turn[][][]> {
  const measured = WRITERS.map(() => stores.map(() => [] as Turn[]));
  const progress = startProgress('measuring …');
  for (let at = -1; at < rounds * TURNS_PER_ROUND; at += 1) {
    for (const [row, count] of WRITERS.entries()) {
      // Whoever is first in one round is last in the next.
      const order = [...stores.entries()];
      for (const [place, store] of at % 2 === 0 ? order : order.reverse()) {
        const measuredTurn = await turn(store, count);
        if (at >= 0) measured[row]?.[place]?.push(measuredTurn); // the first one warms up
      }
    }
    progress.update(`measured ${at + 1} of ${rounds * TURNS_PER_ROUND} turns`);
  }
  progress.stop();
  return measured;
}

/** How often the heads of sessions were read without their key since they were filled. */
async function scansOfHeads(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query(
    "SELECT seq_scan::int AS scans FROM pg_stat_user_tables WHERE relid = 'game.session_heads'::regclass",
  );
  return rows[0].scans;
}

const rowsOf = (measured: readonly Turn[][][], stores: readonly Store[]) =>
  WRITERS.flatMap((count, row) =>
    stores.map(({ filled }, place) => {
      const turns = measured[row]?.[place] ?? [];
      const small = measured[row]?.[0] ?? [];
      const middle = (of: keyof Turn) => median(turns.map((each) => each[of])).toFixed(2);
      const ratio = (of: keyof Turn) =>
        median(turns.map((each, at) => each[of] / (small[at]?.[of] ?? Number.NaN))).toFixed(2);
      const { events: stored, sessions, bytes } = filled;
      const size = [stored, sessions, (bytes / 2 ** 30).toFixed(1)];
      return [count, ...size, middle('p50'), middle('mean'), middle('p99'), ratio('p50'), ratio('mean')];
    }),
  );

const withStores = <Result>(
  work: (stores: Store[]) => Promise<Result>,
  done: Store[] = [],
): Promise<Result> => {
  const size = sizes[done.length];
  if (size === undefined) return work(done);
  return withBenchDatabase(`bench_store_${size}`, Math.max(...WRITERS), async (database) =>
    withStores(work, [...done, await prepare(database, size)]),
  );
};

await withStores(async (stores) => {
  const [first] = stores;
  await first?.database.admin.query('CHECKPOINT');
  const before = await Promise.all(stores.map(({ database }) => scansOfHeads(database.admin)));
  const measured = await measure(stores);
  const after = await Promise.all(stores.map(({ database }) => scansOfHeads(database.admin)));
  const scans = after.map((count, at) => count - (before[at] ?? 0));
  report('store-size', options, {
    title: 'Appending to a large store',
    about: `Latency of an append of ${BATCH} events through the platform, with every guard on, in a store of ${sizes[0]} events and in one of ${sizes[1]}, on one server, in turns. Each writer goes round ${SESSIONS_OF_WRITER} sessions. The events are copies of played games of 20 tenants in four months, a quarter of them of the tenant that is measured.`,
    command: `pnpm bench:store-size --record`,
    columns: [
      'writers',
      'events',
      'sessions',
      'events, GiB',
      'p50 ms',
      'mean ms',
      'p99 ms',
      'p50, ratio',
      'mean, ratio',
    ],
    rows: rowsOf(measured, stores),
    reading: [
      'Wanted of the larger store: a ratio of at most 1.15.',
      `Heads of sessions were read without their key ${scans.join(' and ')} times while this was measured.`,
    ],
  });
});
