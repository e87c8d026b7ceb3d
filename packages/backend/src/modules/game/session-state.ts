/**
 * A session's state, from the nearest snapshot and the events behind it. A snapshot is a faster copy: one whose hash
 * or sequence is wrong is passed over, and the state is folded from the events. So is one that a later release wrote:
 * it could hide events that this release does not know, whose session it must not touch.
 */
import {
  EVENT_SCHEMAS,
  fold,
  initialState,
  REDUCER_VERSION,
  requireKnownEngine,
  type SessionState,
} from '@archive-gate/game-engine';
import { and, desc, eq, lte } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { placeholder } from '../../kernel/db/index.ts';
import { insertMissingAndTell, prepared, type TenantTx } from '../../kernel/tenancy/index.ts';
import { gameErrors, translateEngineError } from './errors.ts';
import { readEvents, readTail } from './read-stream.ts';
import { readHead } from './replay-source.ts';
import { gameTables } from './schema.ts';
import { hashJson, type StoredEvent } from './stream.ts';

/** Reading at most this many events opens any session. */
export const SNAPSHOT_EVERY = 50;

export interface Snapshot {
  readonly sequence: number;
  readonly state: SessionState;
}

/** @throws GAME_SESSION_UNKNOWN */
export async function findSession(tx: TenantTx, sessionId: string) {
  const { sessions } = gameTables(tx);
  const statement = prepared(tx, 'find_session', (db, name) =>
    db
      .select()
      .from(sessions)
      .where(eq(sessions.id, placeholder('sessionId')))
      .prepare(name),
  );
  const [session] = await statement.execute({ sessionId });
  return session ?? unknownSession(sessionId);
}

export type SessionRow = Awaited<ReturnType<typeof findSession>>;

function unknownSession(sessionId: string): never {
  throw gameErrors.GAME_SESSION_UNKNOWN({ found: sessionId, expected: 'the id of a session of this tenant' });
}

export interface OpenSession {
  readonly session: SessionRow;
  /** After its last event, unless an earlier sequence was asked for. */
  readonly state: SessionState;
}

/**
 * A session with its state: the nearest snapshot, and the events behind it.
 *
 * @param at  the sequence after which the state is wanted; 0 is before the first event
 * @throws GAME_SESSION_UNKNOWN, GAME_SEQUENCE_OUT_OF_RANGE, GAME_HISTORY_BROKEN
 * @throws GAME_EVENT_TYPE_UNKNOWN, GAME_EVENT_VERSION_UNSUPPORTED, GAME_ENGINE_VERSION_UNSUPPORTED  naming what was
 *         found and what this release knows, when a later release has worked on the session
 */
export async function openSession(tx: TenantTx, sessionId: string, at?: number): Promise<OpenSession> {
  if (at !== undefined) requireSequence(at);
  const [session, head, nearest] = await Promise.all([
    findSession(tx, sessionId),
    readHead(tx, sessionId),
    nearestSnapshot(tx, sessionId, at ?? Number.MAX_SAFE_INTEGER),
  ]);
  requireKnownVersion(session);
  // What lies beyond the head is no state of this session, or was written since the head was read.
  const snapshot = nearest && nearest.sequence > head ? await nearestSnapshot(tx, sessionId, head) : nearest;
  const before = snapshot?.state ?? initialState();
  const tail =
    at === undefined
      ? await readTail(tx, session, before.sequence, head)
      : await collect(readEvents(tx, session, { from: before.sequence + 1, to: at }));
  if (at !== undefined && at > head) throw outOfRange(at, `0 to ${head}`);
  return { session, state: foldTail(before, tail, at ?? head) };
}

/**
 * A state with the events behind it, which must be all there are up to a sequence.
 *
 * @throws GAME_HISTORY_BROKEN
 */
export function foldTail(before: SessionState, tail: readonly StoredEvent[], upTo: number): SessionState {
  requireContiguous(tail, before.sequence);
  const state = fold(before, tail);
  if (state.sequence >= upTo) return state;
  throw gameErrors.GAME_HISTORY_BROKEN({
    found: `events up to sequence ${state.sequence}`,
    expected: `up to ${upTo}`,
  });
}

function requireSequence(at: number): void {
  if (!Number.isSafeInteger(at) || at < 0) throw outOfRange(at, 'a whole number, 0 or more');
}

const outOfRange = (at: number, expected: string) =>
  gameErrors.GAME_SEQUENCE_OUT_OF_RANGE({ found: `sequence ${at}`, expected });

/** @throws GAME_ENGINE_VERSION_UNSUPPORTED  when a later release has started the session */
export function requireKnownVersion({ engineVersion }: SessionRow): void {
  try {
    requireKnownEngine(engineVersion);
  } catch (error) {
    throw translateEngineError(error);
  }
}

/** The newest usable snapshot of this reducer, at or before a sequence; unusable ones are reported and passed over. */
async function nearestSnapshot(tx: TenantTx, sessionId: string, at: number): Promise<Snapshot | undefined> {
  const { snapshots } = gameTables(tx);
  const statement = prepared(tx, 'nearest_snapshot', (db, name) =>
    db
      .select()
      .from(snapshots)
      .where(
        and(
          eq(snapshots.sessionId, placeholder('sessionId')),
          eq(snapshots.reducerVersion, REDUCER_VERSION),
          lte(snapshots.eventSchemas, EVENT_SCHEMAS),
          lte(snapshots.sequence, placeholder('at')),
        ),
      )
      .orderBy(desc(snapshots.sequence))
      .limit(1)
      .prepare(name),
  );
  const [row] = await statement.execute({ sessionId, at });
  if (!row) return undefined;
  const { sequence, stateSha256 } = row;
  const state = row.state as unknown as SessionState;
  if (hashJson(state) === stateSha256 && state.sequence === sequence) return { sequence, state };
  tx.log.warn({ sessionId, sequence }, 'a snapshot does not have its recorded hash and is passed over');
  return nearestSnapshot(tx, sessionId, sequence - 1);
}

function requireContiguous(events: readonly StoredEvent[], after: number): void {
  const broken = events.findIndex(({ sequence }, at) => sequence !== after + 1 + at);
  if (broken < 0) return;
  throw gameErrors.GAME_HISTORY_BROKEN({
    found: `sequence ${events[broken]?.sequence} after ${after + broken}`,
    expected: `sequence ${after + broken + 1}`,
  });
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Whether a snapshot is due: 50 events have passed since the last multiple of 50, or a game day has ended. */
export function snapshotIsDue(before: SessionState, events: readonly StoredEvent[]): boolean {
  const after = before.sequence + events.length;
  const crossed = Math.floor(after / SNAPSHOT_EVERY) > Math.floor(before.sequence / SNAPSHOT_EVERY);
  return crossed || events.some(({ type }) => type === 'game.day.ended');
}

export interface SnapshotToWrite {
  readonly sessionId: string;
  readonly state: SessionState;
}

/**
 * Writes snapshots. Where one is already there it stays, since it may not be changed; if it is not the state that the
 * events lead to, that is reported.
 */
export async function writeSnapshots(tx: TenantTx, due: readonly SnapshotToWrite[]): Promise<void> {
  const rows = due.map(({ sessionId, state }) => ({
    id: uuidv7(),
    sessionId,
    sequence: state.sequence,
    reducerVersion: REDUCER_VERSION,
    eventSchemas: EVENT_SCHEMAS,
    day: state.day,
    state: state as unknown as Record<string, unknown>,
    stateSha256: hashJson(state),
  }));
  const written = await insertMissingAndTell(tx, gameTables(tx).snapshots, rows);
  for (const { id, ...row } of rows) if (!written.has(id)) await reportWrongSnapshot(tx, row);
}

/** @param right  the snapshot that the events lead to */
async function reportWrongSnapshot(
  tx: TenantTx,
  { sessionId, sequence, stateSha256: right }: { sessionId: string; sequence: number; stateSha256: string },
): Promise<void> {
  const { snapshots } = gameTables(tx);
  const [found] = await tx
    .select({ state: snapshots.state, stateSha256: snapshots.stateSha256 })
    .from(snapshots)
    .where(
      and(
        eq(snapshots.sessionId, sessionId),
        eq(snapshots.reducerVersion, REDUCER_VERSION),
        eq(snapshots.sequence, sequence),
      ),
    );
  if (!found || (found.stateSha256 === right && hashJson(found.state) === right)) return;
  tx.log.error({ sessionId, sequence }, 'a snapshot is not the state that its events lead to');
}
