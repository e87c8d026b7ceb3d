/**
 * What an append costs: actions a second through the event store with every guard on, as the platform appends, in groups
 * where there is load; the same with a transaction for each; and published Emmett, as ratios to a bare INSERT of the same
 * rows. All are measured in turns in one run, on a database of its own; nothing is asserted, since machines are noisy.
 */
import { latenciesOf } from '../src/simulate/percentile.ts';
import { type BenchDatabase, withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';
import { bareInsert, emmettAppend, groupAppend, storeAppend, type Write, type Writers } from './writers.ts';

const options = benchmarkOptions();
const { rounds, roundMs } = options;

interface Contestant {
  readonly name: string;
  readonly writers: Writers;
  readonly count: number;
  readonly batch: number;
}

interface Measured extends Omit<Contestant, 'writers'> {
  readonly perSecond: number;
  /** Middle and 99th percentile of one append, in ms. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly ratio: number;
}

/** Each heat is measured against its first, the ceiling. */
const HEATS: readonly (readonly Contestant[])[] = [
  ...[1, 3, 50].map((batch) => heat(1, batch)),
  ...[1, 3, 50].map((batch) => heat(8, batch)),
  [
    { name: 'bare INSERT', writers: bareInsert, count: 8, batch: 1 },
    { name: 'append', writers: groupAppend, count: 64, batch: 1 },
    { name: 'append, each alone', writers: storeAppend, count: 64, batch: 1 },
  ],
];

function heat(count: number, batch: number): Contestant[] {
  return [
    { name: 'bare INSERT', writers: bareInsert, count, batch },
    { name: 'append', writers: groupAppend, count, batch },
    { name: 'append, each alone', writers: storeAppend, count, batch },
    { name: 'Emmett', writers: emmettAppend, count, batch },
  ];
}

async function runHeat(database: BenchDatabase, contestants: readonly Contestant[]): Promise<Measured[]> {
  const rates = contestants.map(() => [] as number[]);
  const latencies = contestants.map(() => [] as number[]);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { writers, count, batch }] of contestants.entries()) {
      const measure = (writes: Write[]) => rate(writes, latencies[at] ?? []);
      rates[at]?.push(await writers(database, count, batch, measure));
    }
  }
  const perSecond = rates.map(median);
  return contestants.map(({ name, count, batch }, at) => {
    const { p50, p99 } = latenciesOf(latencies[at] ?? []);
    const ratio = (perSecond[at] ?? 0) / (perSecond[0] ?? 1);
    return { name, count, batch, perSecond: perSecond[at] ?? 0, p50Ms: p50, p99Ms: p99, ratio };
  });
}

/** @returns appends a second of all writers together */
async function rate(writes: readonly Write[], latencies: number[]): Promise<number> {
  const begun = performance.now();
  let count = 0;
  await Promise.all(
    writes.map(async (write) => {
      for (let now = performance.now(); now - begun < roundMs; count += 1) {
        await write();
        const done = performance.now();
        latencies.push(done - now);
        now = done;
      }
    }),
  );
  return count / ((performance.now() - begun) / 1_000);
}

const rowOf = ({ name, count, batch, perSecond, p50Ms, p99Ms, ratio }: Measured) => [
  name,
  count,
  batch,
  perSecond.toFixed(0),
  (perSecond * batch).toFixed(0),
  p50Ms.toFixed(1),
  p99Ms.toFixed(1),
  ratio.toFixed(2),
];

await withBenchDatabase('bench_append', 64, async (database) => {
  const measured: Measured[] = [];
  for (const contestants of HEATS) {
    measured.push(...(await runHeat(database, contestants)));
    if (!options.json) console.error(`${measured.length} of ${HEATS.flat().length} measured`);
  }
  report('append', options, {
    title: 'Appending',
    about:
      'Actions a second: a bare INSERT of the events’ rows into a like table that nothing guards; the event store with row security, fence, sequence trigger and record of the action, as the platform appends, which lets appends that arrive together share a transaction; the same with a transaction for each; and published Emmett. Each block of writers and batch is a race of its own, in turns, and the middle of its rounds counts.',
    command: 'pnpm bench:append --record',
    columns: ['', 'writers', 'batch', 'actions/s', 'events/s', 'p50 ms', 'p99 ms', 'ratio to bare'],
    rows: measured.map(rowOf),
    reading: [
      'Wanted of `append` with 8 writers: at least 0.5 of bare at batch 1 and 0.75 at batch 50; 1.6 and 2.5 times Emmett.',
      'Wanted of `append` with 64 sessions: at least 2 times the bare INSERT of 8 writers; with 1 writer: no more latency than each alone.',
    ],
  });
});
