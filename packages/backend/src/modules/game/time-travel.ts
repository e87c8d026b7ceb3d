/**
 * A session at any moment of it, and what changed between two of them. A moment is a sequence, or an instant of the
 * platform's clock; the state at it comes from the nearest snapshot and the events behind that.
 */
import type { SessionState } from '@archive-gate/game-engine';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { compareStates, type StateChange } from './compare-states.ts';
import { gameErrors } from './errors.ts';
import { lastSequenceAt, readEvents, type StreamQuery } from './read-stream.ts';
import { findSession, openSession, type SessionRow } from './session-state.ts';
import type { StoredEvent } from './stream.ts';

/**
 * @param at  the sequence after which the state is wanted, 0 for before the first event, or an instant; now by default
 * @throws GAME_SESSION_UNKNOWN, GAME_SEQUENCE_OUT_OF_RANGE, GAME_INSTANT_OUT_OF_RANGE, GAME_HISTORY_BROKEN
 */
export async function sessionState(
  tx: TenantTx,
  sessionId: string,
  at?: number | Date,
): Promise<SessionState> {
  const sequence = at instanceof Date ? await sequenceAt(tx, await findSession(tx, sessionId), at) : at;
  return (await openSession(tx, sessionId, sequence)).state;
}

/** Before its start a session has no state, and what will be after now is not known, so neither is answered by a guess. */
async function sequenceAt(tx: TenantTx, session: SessionRow, instant: Date): Promise<number> {
  const { startedAt } = session;
  if (instant >= startedAt && instant <= tx.now) return lastSequenceAt(tx, session, instant);
  throw gameErrors.GAME_INSTANT_OUT_OF_RANGE({
    found: Number.isNaN(instant.getTime()) ? 'no instant' : instant.toISOString(),
    expected: `from its start, ${startedAt.toISOString()}, until now, ${tx.now.toISOString()}`,
  });
}

export interface StateDifference {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly StateChange[];
}

/**
 * What is different after one sequence from what was after an earlier one.
 *
 * @throws GAME_SESSION_UNKNOWN, GAME_SEQUENCE_OUT_OF_RANGE, GAME_HISTORY_BROKEN
 */
export async function changesBetween(
  tx: TenantTx,
  sessionId: string,
  from: number,
  to: number,
): Promise<StateDifference> {
  const before = await sessionState(tx, sessionId, from);
  const after = await sessionState(tx, sessionId, to);
  return { from, to, changes: compareStates(before, after) };
}

/** @throws GAME_SESSION_UNKNOWN */
export async function* sessionEvents(
  tx: TenantTx,
  sessionId: string,
  query: StreamQuery = {},
): AsyncGenerator<StoredEvent> {
  yield* readEvents(tx, await findSession(tx, sessionId), query);
}

export interface EventsPage {
  readonly events: readonly StoredEvent[];
  /** Where the next page begins: its `from`, or its `to` when reading backwards; null when this one is the last. */
  readonly next: number | null;
}

/**
 * One page of a session's events. It is found again by its sequence, not by counting, so events that are appended
 * meanwhile move nothing.
 *
 * @throws GAME_SESSION_UNKNOWN
 */
export async function eventsPage(
  tx: TenantTx,
  sessionId: string,
  query: StreamQuery & { readonly limit: number },
): Promise<EventsPage> {
  const events: StoredEvent[] = [];
  for await (const event of sessionEvents(tx, sessionId, { ...query, limit: query.limit + 1 }))
    events.push(event);
  const next = events.length > query.limit ? events.pop() : undefined;
  return { events, next: next?.sequence ?? null };
}
