/**
 * Runs a move from wherever it stands to its end: claim and prepare the target, copy, follow, verify, fence, flip, and let
 * go of the source. A lost connection, or a server that was killed, is waited for, and the move taken up again; what a
 * program leaves that is killed itself, another one takes up by the same function.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DmzError } from '../errors/index.ts';
import { analyzeTarget } from './analyze.ts';
import { Attempt, type MoverOptions } from './attempt.ts';
import { copyTables } from './copy.ts';
import { cutOver } from './cut-over.ts';
import { moverErrors } from './errors.ts';
import { explainMoveError } from './explain-error.ts';
import { flip, whereIs } from './flip.ts';
import { formatLsn } from './lsn.ts';
import { openFollower } from './open-follower.ts';
import type { Move, MoveStep, StepRecord } from './ports.ts';
import { claim, prepare } from './prepare.ts';
import { createSlot, isSlotUsable, publish, removeSlot } from './slot.ts';
import { Watch } from './watch.ts';

/** A restart takes seconds, a failover a minute. */
const RETRY_MS = 60_000;
const RETRY_PAUSE_MS = 500;
/** An attempt that went well for so long has its whole time again. */
const WENT_WELL_MS = 10_000;

const COPIED: readonly MoveStep[] = ['copied', 'verified'];
const ENDED: readonly MoveStep[] = ['completed', 'purged', 'rolling_back', 'rolled_back'];

/**
 * @returns the move as it stands at its end
 * @throws TENANCY_MOVE_BUSY, TENANCY_MOVE_STOPPED, TENANCY_MOVE_VERIFICATION_FAILED, TENANCY_MOVE_FENCE_TIMEOUT, what
 *   keeps the target from being prepared, and what keeps it from its servers for longer than `retryMs`
 */
export async function runMove(options: MoverOptions, moveId: string): Promise<Move> {
  const retryMs = options.retryMs ?? RETRY_MS;
  let deadline = performance.now() + retryMs;
  for (;;) {
    const begunAt = performance.now();
    try {
      return await attemptMove(options, moveId);
    } catch (error) {
      const now = performance.now();
      if (now - begunAt > WENT_WELL_MS) deadline = now + retryMs;
      if (!isPassing(error) || now >= deadline) throw error;
      options.log.info({ moveId, code: error.code }, 'the move is taken up again');
      await sleep(RETRY_PAUSE_MS);
    }
  }
}

/** The session of a lost connection may hold the move's lock for a moment more. */
const isPassing = (error: unknown): error is DmzError =>
  error instanceof DmzError && (error.retryable || error.code === 'TENANCY_MOVE_BUSY');

async function attemptMove(options: MoverOptions, moveId: string): Promise<Move> {
  let attempt: Attempt | undefined;
  try {
    attempt = await Attempt.take(options, moveId);
    await proceed(attempt);
    return attempt.move;
  } catch (cause) {
    const error = explainMoveError(cause);
    if (attempt && error instanceof DmzError) await recordFailure(attempt, error);
    throw error;
  } finally {
    await attempt?.close();
  }
}

/** A move that will not go on by itself keeps nothing back at the source; taken up again, it copies anew. */
const LETTING_GO = ['TENANCY_MOVE_VERIFICATION_FAILED', 'TENANCY_MOVE_WAL_LIMIT'];

async function recordFailure(attempt: Attempt, error: DmzError): Promise<void> {
  const { control, options, move, source } = attempt;
  try {
    if (LETTING_GO.includes(error.code)) await removeSlot(source.owner, move.id);
    await control.run((tx) =>
      options.register.fail(tx, move, { code: error.code, found: error.found ?? null }),
    );
  } catch (cause) {
    // What stopped the move may keep it from being written down, too; the caller is told of the former.
    options.log.info({ moveId: move.id, code: error.code, cause: String(cause) }, 'not recorded');
  }
}

async function proceed(attempt: Attempt): Promise<void> {
  const { move } = attempt;
  if (ENDED.includes(move.step)) throw moverErrors.TENANCY_MOVE_ENDED({ found: `${move.step}` });
  if (move.step !== 'flipped') {
    // A program that was killed in the middle of a flip has verified before it began; the flip can only go on.
    if ((await whereIs(attempt)) === 'source') await bringOver(attempt);
    else await flip(attempt, await attempt.livingState(), {});
  }
  await finish(attempt);
}

/** Everything up to the flip. */
async function bringOver(attempt: Attempt): Promise<void> {
  if (attempt.move.step === 'planned') await claim(attempt);
  const watch = await Watch.start(attempt);
  try {
    const canFollow = COPIED.includes(attempt.move.step) && (await isSlotUsable(attempt));
    if (canFollow) await attempt.readTables();
    if (!canFollow) await copy(attempt, watch);
    await follow(attempt, watch);
  } finally {
    await watch.stop();
  }
}

async function copy(attempt: Attempt, watch: Watch): Promise<void> {
  const { target, options, move } = attempt;
  await prepare(attempt);
  await publish(attempt);
  const snapshot = await createSlot(attempt);
  const lsn = formatLsn(snapshot.lsn);
  await target.owner.run((tx) => options.instances.startAt(tx, move, lsn));
  await attempt.record({ step: 'copying', lsn });
  const rowsCopied = await copyTables(attempt, snapshot, watch);
  await attempt.record({ step: 'copied', lsn, totals: { rowsCopied } });
}

async function follow(attempt: Attempt, watch: Watch): Promise<void> {
  const follower = await openFollower(attempt);
  const following = follower.run();
  // What it fails with, whoever waits for it is told.
  following.catch(() => {});
  try {
    // Not before the follower is at work: what the source has kept for it grows.
    await analyzeTarget(attempt);
    const { pauseMs, longestWaitMs } = await cutOver(attempt, follower, watch);
    await attempt.amend({ pauseMs, longestWaitMs });
  } finally {
    follower.stop();
    await Promise.allSettled([following]);
  }
}

/** The tenant is at the target; what the move kept at both ends goes, and the rows at the source stay for a while. */
async function finish(attempt: Attempt): Promise<void> {
  const { source, target, options, move } = attempt;
  const end = await target.owner.run((tx) => options.instances.end(tx, move.id, 'target'));
  // Where the end is closed, an earlier program has done all of this, and was killed before it said so.
  if (end) {
    const state = await attempt.livingState();
    await target.owner.run((tx) => options.instances.serveAs(tx, move, state));
    await removeSlot(source.owner, move.id);
    for (const { owner } of [source, target]) await owner.run((tx) => options.instances.close(tx, move.id));
  }
  const keptUntil = new Date(Date.now() + move.keepSourceSeconds * 1_000);
  const totals: StepRecord['totals'] = { keptUntil, ...(end ? { changesApplied: end.changesApplied } : {}) };
  await attempt.record({ step: 'completed', totals });
}
