/**
 * How fast a mover follows: eight writers append while nobody follows, then all of it is applied; once without them, and
 * once while they go on. Appending is the hardest that a program can do to its own mover.
 */
import { Attempt } from '../../src/kernel/mover/attempt.ts';
import type { Follower } from '../../src/kernel/mover/follower.ts';
import { rollBackMove, runMove } from '../../src/kernel/mover/index.ts';
import { Marker } from '../../src/kernel/mover/marker.ts';
import { openFollower } from '../../src/kernel/mover/open-follower.ts';
import { median } from '../report.ts';
import type { Write, Writers } from '../writers.ts';
import { copyOnly, optionsOf, plannedMove, type TwoInstances } from './bench-instance.ts';

/** Whose sessions the writers write to. */
const TENANT = 'consumers';
const WRITERS = 8;

export interface FollowRates {
  readonly batch: number;
  /** Changed rows a second that the writers made while nobody followed. */
  readonly written: number;
  /** Changed rows a second that were applied without writers, and with them. */
  readonly applied: number;
  readonly appliedBeside: number;
  /** Of what was applied to what was written in the same round. */
  readonly ratio: number;
  readonly ratioBeside: number;
}

interface Followed {
  /** Rows that were changed, counted each time. */
  readonly changes: number;
  readonly seconds: number;
}

export async function measureFollowing(
  place: TwoInstances,
  writers: Writers,
  batch: number,
  rounds: number,
  ms: number,
): Promise<FollowRates> {
  const written: number[] = [];
  const applied: number[] = [];
  const appliedBeside: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { changes, seconds } = await follow(place, writers, batch, ms, false);
    written.push(changes / (ms / 1_000));
    applied.push(changes / seconds);
    const beside = await follow(place, writers, batch, ms, true);
    appliedBeside.push(beside.changes / beside.seconds);
  }
  const ratios = (to: readonly number[]) => median(to.map((rate, round) => rate / (written[round] ?? 0)));
  return {
    batch,
    written: median(written),
    applied: median(applied),
    appliedBeside: median(appliedBeside),
    ratio: ratios(applied),
    ratioBeside: ratios(appliedBeside),
  };
}

/** @param goOn  the writers write on while what they wrote before is applied */
async function follow(
  place: TwoInstances,
  writers: Writers,
  batch: number,
  ms: number,
  goOn: boolean,
): Promise<Followed> {
  const move = await plannedMove(place, TENANT);
  await copyOnly(place, (options) => runMove(options, move.id));
  const attempt = await Attempt.take(optionsOf(place, {}), move.id);
  let followed: Followed = { changes: 0, seconds: 0 };
  try {
    await attempt.readTables();
    const marker = new Marker(await attempt.source.connect());
    await writers(place.control, WRITERS, batch, async (writes) => {
      await writeFor(ms, writes);
      const end = await marker.emit();
      const stop = new AbortController();
      const going = goOn ? writeUntil(stop.signal, writes) : Promise.resolve();
      const follower = await openFollower(attempt);
      followed = await timed(follower, end);
      stop.abort();
      await going;
      return 0;
    });
  } finally {
    await attempt.close();
  }
  await rollBackMove(optionsOf(place, {}), move.id);
  return followed;
}

async function timed(follower: Follower, end: string): Promise<Followed> {
  const begun = performance.now();
  const running = follower.run();
  await follower.reach(end);
  const seconds = (performance.now() - begun) / 1_000;
  const { changes } = follower;
  follower.stop();
  await running;
  return { changes, seconds };
}

function writeFor(ms: number, writes: readonly Write[]): Promise<void> {
  const deadline = performance.now() + ms;
  return writeWhile(() => performance.now() < deadline, writes);
}

const writeUntil = (signal: AbortSignal, writes: readonly Write[]): Promise<void> =>
  writeWhile(() => !signal.aborted, writes);

async function writeWhile(goesOn: () => boolean, writes: readonly Write[]): Promise<void> {
  await Promise.all(
    writes.map(async (write) => {
      while (goesOn()) await write();
    }),
  );
}
