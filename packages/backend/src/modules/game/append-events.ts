/**
 * Appending to streams: the one function of the database that records actions and inserts their events, and what its
 * answer means for each of them. The function, which a migration defines, is called here and nowhere else.
 */
import { type Action, canonicalJson, type GameEvent, requireWritableEvent } from '@archive-gate/game-engine';
import { type BinaryRow, encodeColumns } from '../../kernel/db/index.ts';
import { quoted } from '../../kernel/errors/index.ts';
import {
  callIn,
  type RunOptions,
  type Tenancy,
  type TenantTx,
  tenantFunction,
} from '../../kernel/tenancy/index.ts';
import { gameErrors, translateEngineError } from './errors.ts';
import { eventLine, hashJson, sha256 } from './stream.ts';

/** An action and the events that it leads to: all of them are appended, or none. */
export interface Append {
  readonly sessionId: string;
  /** Given by the sender, unique within the tenant; what is sent again under it is answered with the first result. */
  readonly actionId: string;
  /** What was asked for; the events follow from it. */
  readonly action: Pick<Action, 'type'>;
  readonly events: readonly GameEvent[];
  /** The sequence of the session's last event; 0 when it has none. */
  readonly expectedSequence: number;
  readonly clientTime: Date | null;
}

export interface AcceptedAction {
  readonly sessionId: string;
  readonly actionId: string;
  readonly firstSequence: number;
  readonly lastSequence: number;
  /** See `hashEvents`. */
  readonly eventsSha256: string;
  readonly serverTime: Date;
}

/** The record of an action, as far as a repeated one is compared with it. */
export type EarlierAction = AcceptedAction & { readonly actionType: string; readonly payloadSha256: string };

/** What became of an append: accepted, now or before, or refused for itself alone. */
export type Outcome = AcceptedAction | Error;

/** An event's id has twelve bits for its place in the action. */
export const EVENTS_PER_ACTION = 4_096;

interface Answer {
  readonly server_time: Date;
  readonly earlier: readonly Record<string, unknown>[] | null;
}

/** The function's parameters: an array for each column of the actions, and then of the events. */
const ACTION_COLUMNS = [
  'uuid',
  'uuid',
  'text',
  'jsonb',
  'text',
  'bigint',
  'bigint',
  'text',
  'timestamptz',
] as const;
const EVENT_COLUMNS = ['text', 'uuid', 'bigint', 'text', 'integer', 'jsonb', 'uuid', 'timestamptz'] as const;

const append = tenantFunction<readonly Buffer[], Answer>(
  'game',
  'append_events',
  ACTION_COLUMNS.length + EVENT_COLUMNS.length,
);

/**
 * Appends in a transaction of its own, in one round trip. All of the appends are carried out, or none; each must be of
 * another session.
 *
 * @throws GAME_SEQUENCE_CONFLICT  when one of the sessions is not at its expected sequence; carries both in `data`
 * @throws GAME_SESSION_UNKNOWN
 * @returns what became of each: accepted now, accepted before, or GAME_ACTION_ID_REUSED
 */
export async function appendAll(
  tenancy: Tenancy,
  tenant: string,
  appends: readonly Append[],
  options: Pick<RunOptions, 'onRetry'> = {},
): Promise<Outcome[]> {
  const described = appends.map(describe);
  // A conflict is the decider's to answer: the same events again would meet it again.
  const surfacing = { ...options, surface: ['GAME_SEQUENCE_CONFLICT'] };
  const answer = await tenancy.call(tenant, append, encode(described), surfacing);
  return outcomesOf(described, answer);
}

/**
 * The same for one append, inside the caller's transaction.
 *
 * @throws GAME_ACTION_IN_PROGRESS  when the action was accepted before, so that what the transaction has done is undone
 */
export async function appendIn(tx: TenantTx, request: Append): Promise<AcceptedAction> {
  const described = describe(request);
  const answer = await callIn(tx, append, encode([described]));
  if (answer.earlier) throw gameErrors.GAME_ACTION_IN_PROGRESS({ found: request.actionId });
  return acceptedOf(described, answer);
}

interface Described {
  readonly request: Append;
  readonly payload: string;
  readonly payloadSha256: string;
  /** The data of each event as canonical JSON. */
  readonly data: readonly string[];
  readonly eventsSha256: string;
}

/** @throws GAME_EVENTS_COUNT, GAME_VALUE_NOT_CANONICAL, GAME_EVENT_DATA_INVALID, GAME_EVENT_TYPE_UNKNOWN, GAME_EVENT_VERSION_UNSUPPORTED */
function describe(request: Append): Described {
  const { action, events, expectedSequence } = request;
  if (!Array.isArray(events) || events.length < 1 || events.length > EVENTS_PER_ACTION) {
    throw gameErrors.GAME_EVENTS_COUNT({
      found: Array.isArray(events) ? `${events.length} events` : quoted(events),
      expected: `1 to ${EVENTS_PER_ACTION} events of one action`,
    });
  }
  for (const event of events) attempt(() => requireWritableEvent(event));
  const payload = attempt(() => canonicalJson(action));
  const data = events.map((event) => canonicalJson(event.data));
  const lines = events.map((event, at) => eventLine(event, expectedSequence + 1 + at, data[at] ?? ''));
  return { request, payload, payloadSha256: sha256(payload), data, eventsSha256: sha256(lines.join('')) };
}

function attempt<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw translateEngineError(error);
  }
}

const encode = (described: readonly Described[]): Buffer[] => [
  ...encodeColumns(ACTION_COLUMNS, described.map(actionRow)),
  ...encodeColumns(EVENT_COLUMNS, described.flatMap(eventRows)),
];

function actionRow({
  request,
  payload,
  payloadSha256,
  eventsSha256,
}: Described): BinaryRow<typeof ACTION_COLUMNS> {
  const { actionId, sessionId, action, events, expectedSequence: before, clientTime } = request;
  return [
    actionId,
    sessionId,
    action.type,
    payload,
    payloadSha256,
    before + 1,
    before + events.length,
    eventsSha256,
    clientTime,
  ];
}

function eventRows({ request, data }: Described): BinaryRow<typeof EVENT_COLUMNS>[] {
  const { actionId, sessionId, expectedSequence: before, clientTime } = request;
  const mark = markOf(actionId);
  return request.events.map(({ type, version }, at) => [
    `${placeOf(at)}${mark}`,
    sessionId,
    before + 1 + at,
    type,
    version,
    data[at] ?? '',
    actionId,
    clientTime,
  ]);
}

function outcomesOf(described: readonly Described[], answer: Answer): Outcome[] {
  const known = new Map(answer.earlier?.map((row) => [row.id, row]));
  return described.map((each) => {
    const before = known.get(each.request.actionId);
    return before ? answerRepeated(each.request, earlierAction(before)) : acceptedOf(each, answer);
  });
}

function acceptedOf({ request, eventsSha256 }: Described, { server_time }: Answer): AcceptedAction {
  const { sessionId, actionId, events, expectedSequence } = request;
  return {
    sessionId,
    actionId,
    firstSequence: expectedSequence + 1,
    lastSequence: expectedSequence + events.length,
    eventsSha256,
    serverTime: server_time,
  };
}

function earlierAction(row: Record<string, unknown>): EarlierAction {
  return {
    sessionId: String(row.session_id),
    actionId: String(row.id),
    firstSequence: Number(row.first_sequence),
    lastSequence: Number(row.last_sequence),
    eventsSha256: String(row.events_sha256),
    serverTime: new Date(String(row.server_time)),
    actionType: String(row.action_type),
    payloadSha256: String(row.payload_sha256),
  };
}

/**
 * What a repeated action is answered with: the first one's result, if it is the same action of the same session.
 *
 * @returns GAME_ACTION_ID_REUSED, not thrown, when it is not
 */
export function answerRepeated(
  { sessionId, action }: { readonly sessionId?: string; readonly action: Pick<Action, 'type'> },
  earlier: EarlierAction,
): Outcome {
  const { actionId, firstSequence, lastSequence, eventsSha256, serverTime } = earlier;
  if (earlier.payloadSha256 === hashJson(action) && (sessionId ?? earlier.sessionId) === earlier.sessionId) {
    return { sessionId: earlier.sessionId, actionId, firstSequence, lastSequence, eventsSha256, serverTime };
  }
  return gameErrors.GAME_ACTION_ID_REUSED({
    found: `action ${actionId} was ${earlier.actionType} at sequence ${firstSequence} of session ${earlier.sessionId}`,
    expected: 'an id that was not used before, or the very same action',
  });
}

/**
 * The id of an event: a UUIDv7 (RFC 9562, section 5.7) whose time is the action's, which the database gives it, whose
 * `rand_a` is the event's place in the action, and whose `rand_b` follows from the action's id. A replay can tell whether
 * it was changed.
 *
 * @param at  place of the event in its action, from 0
 */
export function eventId(actionId: string, serverTime: Date, at: number): string {
  const moment = serverTime.getTime().toString(16).padStart(12, '0');
  const hex = `${moment}7${placeOf(at)}${markOf(actionId)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const placeOf = (at: number) => at.toString(16).padStart(3, '0');

/** The variant and `rand_b`. */
function markOf(actionId: string): string {
  const digest = sha256(actionId);
  const variant = ((Number.parseInt(digest.charAt(0), 16) & 3) | 8).toString(16);
  return `${variant}${digest.slice(1, 16)}`;
}
