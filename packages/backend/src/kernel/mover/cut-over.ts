/**
 * From a copy that follows its source to a tenant that lives at the target. The bulk of the rows is verified while the
 * tenant works; what was changed since is verified again until little is left; under the fence only that little is applied
 * and verified, and the tenant is switched. A fence that would take too long is lifted, and everybody goes on at the source.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt } from './attempt.ts';
import { BY_KEY } from './ends.ts';
import { moverErrors } from './errors.ts';
import { Fence } from './fence.ts';
import { flip } from './flip.ts';
import type { Follower } from './follower.ts';
import { formatLsn, type Lsn } from './lsn.ts';
import { Marker } from './marker.ts';
import { type Lookers, verifyRows } from './verify.ts';
import { verifyAll } from './verify-at-position.ts';
import { compareTouched, rowsOf } from './verify-touched.ts';
import type { Watch } from './watch.ts';

/** Rows that are verified under the fence take some 50 µs each. */
const MOST_UNDER_FENCE = 200;
/** Each takes as long as there are rows to compare, some 20 ms for those of as long a time. */
const MOST_ROUNDS = 20;
/** How far the target may be behind when the fence is tried, as a part of the pause that is allowed. */
const LAG_PART = 0.2;
/** Of the pause that is allowed, how long transactions under way are waited for, and when they are cancelled. */
const WAIT_PART = 0.6;
const CANCEL_PART = 0.3;
/** What three commits take on a slow disk: a flip that began later would not end in time. */
const FLIP_MS = 50;
const TRIES = 40;
/** Long transactions get so many tries to end by themselves before they are cancelled. */
const TRIES_WITHOUT_CANCELLING = 3;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** What was verified longer ago is verified again, so that whoever writes to the target by himself is found. */
const VERIFIED_FOR_MS = 60_000;

interface Scene {
  readonly attempt: Attempt;
  readonly follower: Follower;
  readonly watch: Watch;
  readonly fence: Fence;
  readonly marker: Marker;
  /** What both ends are now, for under the fence. */
  readonly lookers: Lookers;
}

export interface CutOver {
  readonly pauseMs: number;
  readonly longestWaitMs: number;
}

/** @throws TENANCY_MOVE_VERIFICATION_FAILED, TENANCY_MOVE_FENCE_TIMEOUT, and what `watch` stops it for */
export async function cutOver(attempt: Attempt, follower: Follower, watch: Watch): Promise<CutOver> {
  const { source, target } = attempt;
  const fence = await Fence.open(attempt);
  try {
    const marker = new Marker(await source.connect());
    const lookers = { source: await source.connect(BY_KEY), target: await target.connect(BY_KEY) };
    return await tryUntilDone({ attempt, follower, watch, fence, marker, lookers });
  } finally {
    await fence.close();
  }
}

async function tryUntilDone(scene: Scene): Promise<CutOver> {
  const { attempt, watch } = scene;
  let verifiedAt = Number.NEGATIVE_INFINITY;
  let pauses = watch.pauses;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    await watch.pass();
    if (performance.now() - verifiedAt > VERIFIED_FOR_MS || pauses !== watch.pauses) {
      pauses = watch.pauses;
      await verify(scene);
      verifiedAt = performance.now();
    }
    attempt.report({ phase: 'switching' });
    const close = await comeClose(scene);
    await watch.lookNow();
    // Stopped or paused meanwhile, it fences nobody; paused, it waits, and is verified again.
    if (!watch.isClear || pauses !== watch.pauses) continue;
    const done = close && (await tryFence(scene, tries > TRIES_WITHOUT_CANCELLING));
    if (done) return done;
    await sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)));
  }
  throw moverErrors.TENANCY_MOVE_FENCE_TIMEOUT({
    found: `${TRIES} tries of ${attempt.move.maxPauseMs} ms each`,
  });
}

async function verify({ attempt, follower, marker, watch }: Scene): Promise<void> {
  attempt.report({ phase: 'verifying' });
  const { rows, lsn } = await verifyAll(attempt, follower, marker, watch);
  await attempt.record({ step: 'verified', lsn, totals: { rowsVerified: rows } });
}

/** Leaves little to apply and to verify under the fence. @returns false where the target cannot keep up with the source */
async function comeClose({ attempt, follower, marker, lookers }: Scene): Promise<boolean> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const askedAt = performance.now();
    await marker.reach(follower);
    const lagMs = performance.now() - askedAt;
    if (follower.touchedRows <= MOST_UNDER_FENCE && lagMs < attempt.move.maxPauseMs * LAG_PART) return true;
    await compareTouched(lookers, follower);
  }
  return false;
}

/** @returns undefined when the fence was lifted without having switched the tenant */
async function tryFence(scene: Scene, cancel: boolean): Promise<CutOver | undefined> {
  const { attempt, fence } = scene;
  const { maxPauseMs } = attempt.move;
  const state = await attempt.livingState();
  const fencedAt = performance.now();
  const elapsed = () => performance.now() - fencedAt;
  if (!(await fence.take(maxPauseMs * WAIT_PART, cancel ? maxPauseMs * CANCEL_PART : undefined)))
    return undefined;
  const waitedMs = elapsed();
  let longestWaitMs = 0;
  try {
    const drained = await drain(scene, maxPauseMs - FLIP_MS - waitedMs);
    if (drained === undefined) return undefined;
    const drainedMs = elapsed();
    const touched = scene.follower.takeTouched();
    const rows = await verifyRows(scene.lookers, attempt.tables, rowsOf(touched));
    const verifiedMs = elapsed();
    if (verifiedMs > maxPauseMs - FLIP_MS) return undefined;
    // What was noticed while the fence was waited for and held lifts it; asking anew would lengthen the pause.
    if (!scene.watch.isClear) return undefined;
    const totals = { changesApplied: scene.follower.changes, pauseMs: Math.round(verifiedMs) };
    const details = rounded({ rows, waitedMs, drainedMs, verifiedMs });
    await flip(attempt, state, { lsn: formatLsn(drained), totals, details });
    longestWaitMs = await fence.longestWaitMs();
  } finally {
    await fence.release();
  }
  return { pauseMs: Math.round(elapsed()), longestWaitMs: Math.round(longestWaitMs) };
}

/** What the pause was made of, each counted from its beginning. */
const rounded = (times: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(times).map(([name, value]) => [name, Math.round(value)]));

/** Waits until everything that the tenant has committed is at the target; undefined when that takes too long. */
async function drain({ marker, follower }: Scene, withinMs: number): Promise<Lsn | undefined> {
  const reached = marker.reach(follower);
  // Where it fails after the time is over, the follower tells by itself.
  reached.catch(() => {});
  const timer = new AbortController();
  try {
    const over = sleep(Math.max(0, withinMs), undefined, { signal: timer.signal }).catch(() => undefined);
    return await Promise.race([reached, over]);
  } finally {
    timer.abort();
  }
}
