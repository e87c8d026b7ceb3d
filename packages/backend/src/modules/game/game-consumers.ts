/**
 * The game's own consumers: its read models, and the snapshots of its sessions' states. They are two, because a new
 * reducer makes new snapshots beside the old ones and leaves the read models as they are.
 */
import { REDUCER_VERSION } from '@archive-gate/game-engine';
import { type Batch, defineConsumer } from '../../kernel/consumers/index.ts';
import type { PackLibrary } from '../content/index.ts';
import type { GameConsumer, PlayedSession } from './event-source.ts';
import { clearReadModels, project } from './projection.ts';
import { type Fold, SessionFolds } from './session-folds.ts';
import { type SnapshotToWrite, snapshotIsDue, writeSnapshots } from './session-state.ts';
import type { StoredEvent } from './stream.ts';

export const READ_MODELS = 'game.read-models';
export const SNAPSHOTS = 'game.snapshots';

export function gameConsumers(packs: PackLibrary): GameConsumer[] {
  const folds = new SessionFolds();
  return [readModels(packs, folds), snapshots(folds)];
}

/** `game.emails`, `game.decisions`, `game.day_summaries` and their like, and how the session's own row says it stands. */
function readModels(packs: PackLibrary, folds: SessionFolds): GameConsumer {
  return defineConsumer({
    name: READ_MODELS,
    handles: 'every type',
    async apply(tx, batches) {
      const sessions = batches.map(async (batch) => {
        const { id: sessionId, contentVersion } = batch.session;
        const [content, fold] = await Promise.all([packs.get(tx, contentVersion), folds.of(tx, batch)]);
        return { sessionId, content, fold, events: batch.events };
      });
      await project(tx, await Promise.all(sessions));
    },
    reset: clearReadModels,
  });
}

/**
 * A snapshot stands at the end of the action that crosses a multiple of fifty events or ends a day. Snapshots are never
 * changed: read again from the start, a session's are compared, and one that differs from its events is reported.
 */
function snapshots(folds: SessionFolds): GameConsumer {
  return defineConsumer({
    name: SNAPSHOTS,
    version: REDUCER_VERSION,
    handles: 'every type',
    async apply(tx, batches) {
      const due = batches.map(async (batch) => statesDue(batch, await folds.of(tx, batch)));
      await writeSnapshots(tx, (await Promise.all(due)).flat());
    },
  });
}

function statesDue(
  { session, events }: Batch<StoredEvent, PlayedSession>,
  { before, after }: Fold,
): SnapshotToWrite[] {
  const due: SnapshotToWrite[] = [];
  let reached = before;
  let first = 0;
  for (const [at, state] of after.entries()) {
    if (events[at]?.actionId === events[at + 1]?.actionId) continue;
    if (snapshotIsDue(reached, events.slice(first, at + 1))) due.push({ sessionId: session.id, state });
    reached = state;
    first = at + 1;
  }
  return due;
}
