/**
 * Remembers the states that consumers have folded to, so that each event is folded once and not again from a snapshot
 * with every batch. A state at a sequence never changes, so what is remembered is right whatever became of the
 * transaction that it was folded in; of each session only the last one is kept.
 */
import { initialState, type SessionState } from '@archive-gate/game-engine';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { openSession } from './session-state.ts';

/** States of ten to thirty kilobytes each. */
const MOST_SESSIONS = 256;

export class SessionFolds {
  readonly #states = new Map<string, SessionState>();

  /** The state after a sequence. @throws GAME_HISTORY_BROKEN and what else opening a session throws */
  async at(tx: TenantTx, sessionId: string, sequence: number): Promise<SessionState> {
    if (sequence === 0) return initialState();
    const known = this.#states.get(`${tx.tenantId}/${sessionId}`);
    if (known?.sequence === sequence) return known;
    return (await openSession(tx, sessionId, sequence)).state;
  }

  remember(tx: TenantTx, sessionId: string, state: SessionState): void {
    const key = `${tx.tenantId}/${sessionId}`;
    this.#states.delete(key);
    this.#states.set(key, state);
    const [oldest] = this.#states.keys();
    if (this.#states.size > MOST_SESSIONS && oldest !== undefined) this.#states.delete(oldest);
  }
}
