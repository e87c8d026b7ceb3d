/**
 * The game's own consumers: its read models, and the snapshots of its sessions' states. They are two, because a new
 * reducer makes new snapshots beside the old ones and leaves the read models as they are.
 */
import { evolve, REDUCER_VERSION, type SessionState } from '@archive-gate/game-engine';
import { defineConsumer } from '../../kernel/consumers/index.ts';
import type { PackLibrary } from '../content/index.ts';
import type { GameConsumer } from './event-source.ts';
import { clearReadModels, project } from './projection.ts';
import { SessionFolds } from './session-folds.ts';
import { snapshotIsDue, writeSnapshots } from './session-state.ts';
import type { StoredEvent } from './stream.ts';

export const READ_MODELS = 'game.read-models';
export const SNAPSHOTS = 'game.snapshots';

export function gameConsumers(packs: PackLibrary): GameConsumer[] {
  return [readModels(packs), snapshots()];
}

/** `game.emails`, `game.decisions`, `game.day_summaries` and their like, and how the session's own row says it stands. */
function readModels(packs: PackLibrary): GameConsumer {
  const folds = new SessionFolds();
  return defineConsumer({
    name: READ_MODELS,
    handles: 'every type',
    async apply(tx, { session, after, events }) {
      const [content, before] = await Promise.all([
        packs.get(tx, session.contentVersion),
        folds.at(tx, session.id, after),
      ]);
      const state = await project(tx, { sessionId: session.id, content, before }, events);
      folds.remember(tx, session.id, state);
    },
    reset: clearReadModels,
  });
}

/**
 * A snapshot stands at the end of the action that crosses a multiple of fifty events or ends a day. Snapshots are never
 * changed: read again from the start, a session's are compared, and one that differs from its events is reported.
 */
function snapshots(): GameConsumer {
  const folds = new SessionFolds();
  return defineConsumer({
    name: SNAPSHOTS,
    version: REDUCER_VERSION,
    handles: 'every type',
    async apply(tx, { session, after, events }) {
      const due: SessionState[] = [];
      let state = await folds.at(tx, session.id, after);
      for (const action of actionsOf(events)) {
        const before = state;
        for (const event of action) state = evolve(state, event);
        if (snapshotIsDue(before, action)) due.push(state);
      }
      await writeSnapshots(tx, session.id, due);
      folds.remember(tx, session.id, state);
    },
  });
}

function actionsOf(events: readonly StoredEvent[]): StoredEvent[][] {
  const actions: StoredEvent[][] = [];
  for (const event of events) {
    const current = actions.at(-1);
    if (current?.[0]?.actionId === event.actionId) current.push(event);
    else actions.push([event]);
  }
  return actions;
}
