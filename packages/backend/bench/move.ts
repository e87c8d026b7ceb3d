/**
 * What a move does: how fast it copies, against a plain pipe of the same rows; how fast it follows, against how fast
 * writers can write; and what other tenants notice of it. All of it between two databases of one server, so that both
 * ends share this machine. Nothing is asserted, since machines are noisy.
 */

import { type TwoInstances, withTwoInstances } from './moves/bench-instance.ts';
import { measureCopy } from './moves/copying.ts';
import { measureFollowing } from './moves/following.ts';
import { measureNeighbours } from './moves/neighbours.ts';
import { benchmarkOptions, report } from './report.ts';
import { groupAppend } from './writers.ts';

const options = benchmarkOptions();
const { rounds } = options;
/** Whole shifts of the tenant that is copied, some 1,250 rows each. */
const games = options.quick ? 100 : 800;
const writingMs = options.quick ? 2_000 : 5_000;
const BATCHES = [1, 3];
/** There and back. */
const MOVES = options.quick ? 2 : 4;

const whole = (value: number) => value.toFixed(0);
const fine = (value: number) => value.toFixed(2);

async function measure(place: TwoInstances): Promise<(string | number)[][]> {
  const copied = await measureCopy(place, games, rounds);
  const rows = [
    [`copy, rows/s: as many pipes, the mover`, whole(copied.pipes), whole(copied.mover), fine(copied.ratio)],
    [
      `copy, rows/s: one pipe, the mover`,
      whole(copied.onePipe),
      whole(copied.mover),
      fine(copied.ratioToOne),
    ],
  ];
  for (const batch of BATCHES) {
    const each = await measureFollowing(place, groupAppend, batch, rounds, writingMs);
    const what = `changes/s, batches of ${batch}`;
    rows.push([`${what}: written, then applied`, whole(each.written), whole(each.applied), fine(each.ratio)]);
    rows.push([
      `${what}: written, applied while writers go on`,
      whole(each.written),
      whole(each.appliedBeside),
      fine(each.ratioBeside),
    ]);
  }
  const { quietP50Ms, movingP50Ms, quietP99Ms, movingP99Ms, ratio } = await measureNeighbours(place, MOVES);
  rows.push([
    'another tenant’s action, median ms: without, with the move',
    fine(quietP50Ms),
    fine(movingP50Ms),
    fine(movingP50Ms / quietP50Ms),
  ]);
  rows.push([
    'another tenant’s action, p99 ms: without, with the move',
    fine(quietP99Ms),
    fine(movingP99Ms),
    fine(ratio),
  ]);
  return rows;
}

await withTwoInstances('bench_move', 8, async (place) => {
  const rows = await measure(place);
  report('move', options, {
    title: 'Moving a tenant',
    about: `A tenant of ${games} whole shifts is copied to another database of the same server by two connections on each side, against COPY piped into COPY of like tables, which have the same keys, indexes and checks. Eight writers append for ${writingMs / 1_000} s while nobody follows; then what they changed is applied. Eight people of another tenant act every 50 ms while a program of its own moves the first one.`,
    command: `pnpm bench:move ${options.quick ? '--quick ' : ''}--record`,
    columns: ['', 'first', 'second', 'ratio'],
    rows,
    reading: [
      'The ratio of the 99th percentiles is the middle of the moves’ own, not that of the two numbers beside it.',
      'Wanted: a copy of at least 0.7 of a plain pipe; following at least 3 times what the writers write; p99 of other tenants at most 1.5 times what it is without a move.',
    ],
  });
});
