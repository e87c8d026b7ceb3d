/**
 * What an append costs: actions a second through the event store with every guard on, alone and in groups, and through
 * published Emmett, as ratios to a bare INSERT of the same rows. All are measured in turns in one run, on a database of
 * its own; nothing is asserted, since machines are noisy.
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { type BenchDatabase, median, withBenchDatabase } from './bench-database.ts';
import { bareInsert, emmettAppend, groupAppend, storeAppend, type Write, type Writers } from './writers.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const roundMs = options.quick ? 500 : Number(options.seconds) * 1_000;
/** Turns of each measurement; the middle one counts. */
const rounds = options.quick ? 3 : Number(options.rounds);

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
    { name: 'group append', writers: groupAppend, count: 64, batch: 1 },
    { name: 'append', writers: storeAppend, count: 64, batch: 1 },
  ],
];

function heat(count: number, batch: number): Contestant[] {
  return [
    { name: 'bare INSERT', writers: bareInsert, count, batch },
    { name: 'append', writers: storeAppend, count, batch },
    { name: 'group append', writers: groupAppend, count, batch },
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
    const sorted = latencies[at]?.toSorted((one, other) => one - other) ?? [];
    return {
      name,
      count,
      batch,
      perSecond: perSecond[at] ?? 0,
      p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
      p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      ratio: (perSecond[at] ?? 0) / (perSecond[0] ?? 1),
    };
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

function print(measured: readonly Measured[]): void {
  if (options.json) {
    console.log(JSON.stringify(measured));
    return;
  }
  const head = ['', 'writers', 'batch', 'actions/s', 'events/s', 'p50 ms', 'p99 ms', 'ratio to bare'];
  const colAligns = head.map((title) => (title === '' ? 'left' : 'right')) as ('left' | 'right')[];
  const table = new Table({ head, style: { head: [], border: [] }, colAligns });
  for (const { name, count, batch, perSecond, p50Ms, p99Ms, ratio } of measured) {
    const perEvent = (perSecond * batch).toFixed(0);
    table.push([
      name,
      count,
      batch,
      perSecond.toFixed(0),
      perEvent,
      p50Ms.toFixed(1),
      p99Ms.toFixed(1),
      ratio.toFixed(2),
    ]);
  }
  console.log(table.toString());
}

await withBenchDatabase('bench_append', 64, async (database) => {
  const measured: Measured[] = [];
  for (const contestants of HEATS) {
    measured.push(...(await runHeat(database, contestants)));
    if (!options.json) console.error(`${measured.length} of ${HEATS.flat().length} measured`);
  }
  print(measured);
});
