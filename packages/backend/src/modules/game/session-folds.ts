/**
 * Folds the events of sessions for consumers: each event once, whoever asks for it, and not again from a snapshot with
 * every batch. A state at a sequence never changes, so what is remembered is right whatever became of the transaction
 * that it was folded in; of each session only the last one is kept.
 */
import { evolve, initialState, type SessionState } from '@archive-gate/game-engine';
import type { Batch } from '../../kernel/consumers/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import type { PlayedSession } from './event-source.ts';
import { openSession } from './session-state.ts';
import type { StoredEvent } from './stream.ts';

/** States of ten to thirty kilobytes each. */
const MOST_SESSIONS = 256;

export interface Fold {
  /** The state before the first of the events. */
  readonly before: SessionState;
  /** The state after each of them. */
  readonly after: readonly SessionState[];
}

export class SessionFolds {
  readonly #states = new Map<string, SessionState>();
  /** Consumers that stand at the same sequence are given the very same list of events. */
  readonly #folds = new WeakMap<readonly StoredEvent[], Promise<Fold>>();

  /** @throws GAME_HISTORY_BROKEN and what else opening a session throws */
  of(tx: TenantTx, batch: Batch<StoredEvent, PlayedSession>): Promise<Fold> {
    const known = this.#folds.get(batch.events);
    if (known) return known;
    const fold = this.#fold(tx, batch);
    this.#folds.set(batch.events, fold);
    return fold;
  }

  async #fold(
    tx: TenantTx,
    { session, after: sequence, events }: Batch<StoredEvent, PlayedSession>,
  ): Promise<Fold> {
    const before = await this.#at(tx, session.id, sequence);
    let state = before;
    const after = events.map((event) => {
      state = evolve(state, event);
      return state;
    });
    this.#remember(tx, session.id, state);
    return { before, after };
  }

  async #at(tx: TenantTx, sessionId: string, sequence: number): Promise<SessionState> {
    if (sequence === 0) return initialState();
    const known = this.#states.get(`${tx.tenantId}/${sessionId}`);
    if (known?.sequence === sequence) return known;
    return (await openSession(tx, sessionId, sequence)).state;
  }

  #remember(tx: TenantTx, sessionId: string, state: SessionState): void {
    const key = `${tx.tenantId}/${sessionId}`;
    this.#states.delete(key);
    this.#states.set(key, state);
    const [oldest] = this.#states.keys();
    if (this.#states.size > MOST_SESSIONS && oldest !== undefined) this.#states.delete(oldest);
  }
}
