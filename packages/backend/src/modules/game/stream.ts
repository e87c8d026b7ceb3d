/**
 * A session's stream of events in PostgreSQL: what an event is, appending, and the hash over events. The contiguous
 * sequence is kept by the trigger of game.events for every writer; this file states what it expects.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type GameEvent, requireWritableEvent } from '@archive-gate/game-engine';
import { v7 as uuidv7 } from 'uuid';
import { nullablePlaceholder, placeholder } from '../../kernel/db/index.ts';
import { prepared, type TenantTx } from '../../kernel/tenancy/index.ts';
import { translateEngineError } from './errors.ts';
import { gameTables } from './schema.ts';

/** An event with its place in the stream, lifted to the latest version of its type. */
export type StoredEvent = GameEvent & {
  readonly id: string;
  readonly sequence: number;
  readonly actionId: string;
  readonly serverTime: Date;
};

export interface AppendEvents {
  readonly sessionId: string;
  /** The sequence of the last event that the writer has seen; 0 for a new session. */
  readonly expectedSequence: number;
  readonly actionId: string;
  readonly events: readonly GameEvent[];
  readonly clientTime: Date | null;
}

/** Most actions cause fewer events; a longer batch is cut into pieces of this size, each of them prepared. */
const ROWS_PER_STATEMENT = 64;

/**
 * Appends events that belong together; all of them or none. Needs a tenant transaction, and is sent at once, so that
 * the caller may send more before it awaits the answer.
 *
 * @throws GAME_SEQUENCE_CONFLICT  when the session's head is not at `expectedSequence`; carries both in `data`
 * @throws GAME_SESSION_UNKNOWN
 * @throws GAME_EVENT_DATA_INVALID, GAME_EVENT_TYPE_UNKNOWN, GAME_EVENT_VERSION_UNSUPPORTED  at once, for an event that
 *         does not match the latest schema of its type
 */
export function appendEvents(
  tx: TenantTx,
  request: AppendEvents,
): { stored: StoredEvent[]; done: Promise<unknown> } {
  requireWritableEvents(request.events);
  const stored = request.events.map((event, at) => ({
    ...event,
    id: eventId(request.actionId, tx.now, at),
    sequence: request.expectedSequence + 1 + at,
    actionId: request.actionId,
    serverTime: tx.now,
  }));
  const statements: Promise<unknown>[] = [];
  for (let from = 0; from < stored.length; from += ROWS_PER_STATEMENT) {
    statements.push(insertEvents(tx, request, stored.slice(from, from + ROWS_PER_STATEMENT)));
  }
  return { stored, done: Promise.all(statements) };
}

function requireWritableEvents(events: readonly GameEvent[]): void {
  try {
    for (const event of events) requireWritableEvent(event);
  } catch (error) {
    throw translateEngineError(error);
  }
}

/** One prepared statement for each number of rows; values of one row are told from another's by its position. */
function insertEvents(tx: TenantTx, request: AppendEvents, rows: readonly StoredEvent[]): Promise<unknown> {
  const { events } = gameTables(tx);
  const statement = prepared(tx, `insert_events_${rows.length}`, (db, name) =>
    db
      .insert(events)
      .values(
        rows.map((_, at) => ({
          tenantId: placeholder('tenantId'),
          sessionId: placeholder('sessionId'),
          actionId: placeholder('actionId'),
          serverTime: placeholder('serverTime'),
          clientTime: nullablePlaceholder('clientTime'),
          id: placeholder(`id${at}`),
          sequence: placeholder(`sequence${at}`),
          eventType: placeholder(`type${at}`),
          version: placeholder(`version${at}`),
          eventData: placeholder(`data${at}`),
        })),
      )
      .prepare(name),
  );
  const { sessionId, actionId, clientTime } = request;
  const values: Record<string, unknown> = {
    tenantId: tx.tenantId,
    sessionId,
    actionId,
    serverTime: tx.now,
    clientTime,
  };
  rows.forEach(({ id, sequence, type, version, data }, at) => {
    Object.assign(values, {
      [`id${at}`]: id,
      [`sequence${at}`]: sequence,
      [`type${at}`]: type,
      [`version${at}`]: version,
      [`data${at}`]: data,
    });
  });
  return statement.execute(values);
}

/**
 * A UUIDv7 (RFC 9562, section 5.7) whose time is the action's, and whose other bits follow from the action and the
 * event's place in it: unique as the action's id is, and a replay can tell whether it was changed.
 *
 * @param at  place of the event in its action, from 0
 */
export function eventId(actionId: string, serverTime: Date, at: number): string {
  const random = createHash('sha256').update(`${actionId}/${at}`).digest().subarray(0, 16);
  return uuidv7({ msecs: serverTime.getTime(), seq: at, random });
}

/**
 * SHA-256, in hex, over events in order: for each the canonical JSON (RFC 8785) of {data, sequence, type, version} and
 * a line feed. Identifiers and times are left out, so the same play has the same hash wherever it is played.
 */
export function hashEvents(events: readonly (GameEvent & { readonly sequence: number })[]): string {
  const hash = createHash('sha256');
  for (const { data, sequence, type, version } of events)
    hash.update(`${canonicalJson({ data, sequence, type, version })}\n`);
  return hash.digest('hex');
}

export const hashJson = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');
