/**
 * States of sessions that are being played, in Redis: the next action then needs no snapshot. PostgreSQL confirms each
 * before it is used: the very event that it ends with must be there, and what came since is folded onto it. So a copy that
 * is late, of before a restored backup or simply wrong costs a look, and misleads nobody.
 */
import {
  EVENT_SCHEMAS,
  fold,
  type GameEvent,
  REDUCER_VERSION,
  type SessionState,
} from '@archive-gate/game-engine';
import {
  addressIn,
  type Cache,
  type CacheAddress,
  discardLatest,
  forgetLatest,
  keepLatest,
  readLatest,
} from '../../kernel/cache/index.ts';
import { DmzError } from '../../kernel/errors/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { type AcceptedAction, eventId } from './append-events.ts';
import { readTail } from './read-stream.ts';
import { readHead } from './replay-source.ts';
import {
  findSession,
  foldTail,
  type OpenSession,
  openSession,
  requireKnownVersion,
  type SessionRow,
} from './session-state.ts';

/** A break at play is shorter; behind a longer one a snapshot does as well. */
export const KEPT_SECONDS = 60 * 60;
/** Other releases make other states of the same events, or know other events. */
const FORM = `${REDUCER_VERSION}.${EVENT_SCHEMAS}`;

/** A session as it is now, and where its copy is. */
export interface HotSession extends OpenSession {
  readonly copy: CacheAddress;
}

/** A copy that was read, before anything confirms it. */
export interface HotState {
  readonly sequence: number;
  /** Of the event that the state ends with. */
  readonly eventId: string;
  readonly state: SessionState;
}

export const copyOf = (tx: TenantTx, sessionId: string): CacheAddress => addressIn(tx, 'session', sessionId);

/**
 * The same as `openSession` gives without it, at the session's head.
 *
 * @throws what `openSession` throws
 */
export async function openHotSession(tx: TenantTx, cache: Cache, sessionId: string): Promise<HotSession> {
  const copy = copyOf(tx, sessionId);
  const [session, head, known] = await Promise.all([
    findSession(tx, sessionId),
    readHead(tx, sessionId),
    readHotState(cache, copy),
  ]);
  if (known === 'unreadable') void forgetLatest(cache, [copy]);
  else if (known) {
    const state = await confirm(tx, session, head, known);
    if (state) return { session, state, copy };
    void discardLatest(cache, copy, { sequence: known.sequence, mark: known.eventId });
  }
  return { ...(await openSession(tx, sessionId)), copy };
}

/** Undefined where there is none that this release can read; unreadable for what no program of the platform's wrote. */
export async function readHotState(
  cache: Cache,
  copy: CacheAddress,
): Promise<HotState | 'unreadable' | undefined> {
  const latest = await readLatest(cache, copy);
  if (latest === 'unreadable') return latest;
  if (latest?.form !== FORM) return undefined;
  const { sequence, mark, text } = latest;
  return { sequence, eventId: mark, state: JSON.parse(text) as SessionState };
}

/**
 * Its own event is read with those behind it; undefined where PostgreSQL has another one, or none. What is behind it and
 * cannot be read may be covered by a snapshot, and is else refused by whoever opens the session without the copy.
 */
async function confirm(
  tx: TenantTx,
  session: SessionRow,
  head: number,
  { sequence, eventId: wanted, state }: HotState,
): Promise<SessionState | undefined> {
  try {
    requireKnownVersion(session);
    const [own, ...tail] = await readTail(tx, session, sequence - 1, Math.max(head, sequence));
    if (own?.sequence !== sequence || own.id !== wanted || state.sequence !== sequence) return undefined;
    return foldTail(state, tail, head);
  } catch (error) {
    if (error instanceof DmzError && error.code.startsWith('GAME_')) return undefined;
    throw error;
  }
}

/** What was decided on a state, and what the store said to it. */
export interface Appended {
  readonly before: SessionState;
  readonly events: readonly GameEvent[];
  readonly accepted: AcceptedAction;
}

/** Follows an append that is committed. Nobody waits for it, and nothing depends on it. */
export function keepHot(cache: Cache, copy: CacheAddress, { before, events, accepted }: Appended): void {
  // A repeated action was answered with what it led to earlier.
  if (!cache.reaches(copy.key) || accepted.firstSequence !== before.sequence + 1) return;
  setImmediate(() => {
    const mark = eventId(accepted.actionId, accepted.serverTime, events.length - 1);
    void keepState(cache, copy, fold(before, events), mark);
  });
}

/** @returns whether it was newer than what was there; undefined without Redis */
export const keepState = (
  cache: Cache,
  copy: CacheAddress,
  state: SessionState,
  lastEventId: string,
): Promise<boolean | undefined> => {
  const latest = { sequence: state.sequence, mark: lastEventId, form: FORM, text: JSON.stringify(state) };
  return keepLatest(cache, copy, latest, KEPT_SECONDS);
};
