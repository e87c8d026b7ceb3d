/**
 * Accepts actions of players: decides each on the session's present state, and appends its events and its record in one
 * transaction. An action id is accepted once; sent again, it answers the same and writes nothing.
 */
import { Action, type ContentPack, decide, rulesFor, type SessionState } from '@archive-gate/game-engine';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { nullablePlaceholder, placeholder, violatedConstraint } from '../../kernel/db/index.ts';
import { prepared, type TenantTx } from '../../kernel/tenancy/index.ts';
import type { PackLibrary } from '../content/index.ts';
import { gameErrors, refusalError, translateEngineError } from './errors.ts';
import { gameTables } from './schema.ts';
import { openSession, type SessionRow } from './session-state.ts';
import { appendEvents, hashEvents, hashJson } from './stream.ts';

export interface ActionRequest {
  readonly sessionId: string;
  /** Given by the sender, unique within the tenant; a UUIDv7 keeps the index compact. */
  readonly actionId: string;
  /** Whatever the sender sent; checked here. */
  readonly action: unknown;
  readonly clientTime?: Date;
  /** When given, the action is accepted only if the session stands exactly here. */
  readonly expectedSequence?: number;
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

/** An action on its way into the store: the session as it stands, and what the engine is to decide. */
export interface Decision {
  readonly request: ActionRequest;
  readonly action: Action;
  readonly session: Pick<SessionRow, 'id' | 'rulesVersion' | 'contentVersion'>;
  readonly before: SessionState;
}

/**
 * Performs an action on a running session, in the caller's tenant transaction.
 *
 * @throws GAME_ACTION_INVALID       when it is not an action at all
 * @throws GAME_SESSION_UNKNOWN
 * @throws GAME_ACTION_ID_REUSED     when the id was accepted for something else
 * @throws GAME_SEQUENCE_CONFLICT    when another writer was first (retryable), or `expectedSequence` is not the head
 * @throws GAME_ACTION_IN_PROGRESS   when the same action is being accepted just now (retryable)
 * @throws GAME_*                    the refusal, when the rules do not allow it; nothing is written
 */
export async function performAction(
  tx: TenantTx,
  packs: PackLibrary,
  sent: ActionRequest,
): Promise<AcceptedAction> {
  const { action, request } = parseRequest(sent.action, sent);
  const { session, state } = await openSession(tx, request.sessionId);
  // Looked for after the state was read: whoever accepted this very action before then is found now, and a later one is
  // met at the key of the record. The other way round, it could be refused for what it has itself brought about.
  const earlier = await findAccepted(tx, request, action);
  if (earlier) return earlier;
  if (request.expectedSequence !== undefined && request.expectedSequence !== state.sequence) {
    throw gameErrors.GAME_SEQUENCE_CONFLICT({
      found: `head at sequence ${state.sequence}`,
      expected: `head at sequence ${request.expectedSequence}`,
      data: { expected: request.expectedSequence, actual: state.sequence },
    });
  }
  return acceptAction(tx, packs, { request, action, session, before: state });
}

/** Decides the action and writes everything that follows from it. */
export async function acceptAction(
  tx: TenantTx,
  packs: PackLibrary,
  decision: Decision,
): Promise<AcceptedAction> {
  const { request, action, session, before } = decision;
  const content = await packs.get(tx, session.contentVersion);
  const decided = decideAction(before, action, session.rulesVersion, content);
  const stream = {
    ...request,
    sessionId: session.id,
    expectedSequence: before.sequence,
    clientTime: request.clientTime ?? null,
  };
  const accepted = describeAccepted(tx, request, session.id, before, decided);
  try {
    // Sent together and answered in order: the record first, whose key holds back a concurrent repetition.
    const recorded = recordAction(tx, request.clientTime ?? null, action, accepted);
    await Promise.all([recorded, appendEvents(tx, { ...stream, events: decided }).done]);
  } catch (error) {
    throw violatedConstraint(error) === 'actions_pkey'
      ? gameErrors.GAME_ACTION_IN_PROGRESS({ found: request.actionId, cause: error })
      : error;
  }
  return accepted;
}

/** PostgreSQL writes a uuid in lower case, so ids are compared, and answered, that way. */
const Id = z.uuid().transform((id) => id.toLowerCase());

const Sender = z.object({
  sessionId: Id.optional(),
  actionId: Id,
  playerId: Id.optional(),
  clientTime: z.date().optional(),
  expectedSequence: z.int().nonnegative().optional(),
});

/**
 * Checks what a sender sent, the action and what stands around it.
 *
 * @returns the action, and the request with its ids in lower case
 * @throws GAME_ACTION_INVALID  naming the first field that is wrong
 */
export function parseRequest<Request extends z.input<typeof Sender>>(
  input: unknown,
  sent: Request,
): { readonly action: Action; readonly request: Request } {
  const parsed = Action.safeParse(input);
  const around = Sender.safeParse(sent);
  const issue = (parsed.error ?? around.error)?.issues[0];
  if (parsed.success && around.success) return { action: parsed.data, request: { ...sent, ...around.data } };
  throw gameErrors.GAME_ACTION_INVALID({
    found: `${issue?.path.join('.') || 'the action'}: ${issue?.message}`,
  });
}

function decideAction(before: SessionState, action: Action, rulesVersion: number, content: ContentPack) {
  try {
    const decided = decide(before, action, { rules: rulesFor(rulesVersion), content });
    if (decided.ok) return decided.events;
    throw refusalError(decided.refusal);
  } catch (error) {
    throw translateEngineError(error);
  }
}

function describeAccepted(
  tx: TenantTx,
  { actionId }: ActionRequest,
  sessionId: string,
  { sequence }: SessionState,
  events: ReturnType<typeof decideAction>,
): AcceptedAction {
  const numbered = events.map((event, at) => ({ ...event, sequence: sequence + 1 + at }));
  return {
    sessionId,
    actionId,
    firstSequence: sequence + 1,
    lastSequence: sequence + events.length,
    eventsSha256: hashEvents(numbered),
    serverTime: tx.now,
  };
}

/** Keeps an accepted action under its id, whose key makes a second one of the same id impossible. Sent at once. */
export function recordAction(
  tx: TenantTx,
  clientTime: Date | null,
  action: Action,
  accepted: AcceptedAction,
): Promise<unknown> {
  const { actions } = gameTables(tx);
  const statement = prepared(tx, 'record_action', (db, name) =>
    db
      .insert(actions)
      .values({
        tenantId: placeholder('tenantId'),
        id: placeholder('actionId'),
        sessionId: placeholder('sessionId'),
        actionType: placeholder('actionType'),
        payload: placeholder('payload'),
        payloadSha256: placeholder('payloadSha256'),
        firstSequence: placeholder('firstSequence'),
        lastSequence: placeholder('lastSequence'),
        eventsSha256: placeholder('eventsSha256'),
        serverTime: placeholder('serverTime'),
        clientTime: nullablePlaceholder('clientTime'),
      })
      .prepare(name),
  );
  const { tenantId } = tx;
  const payloadSha256 = hashJson({ ...action });
  return statement.execute({
    ...accepted,
    tenantId,
    actionType: action.type,
    payload: action,
    payloadSha256,
    clientTime,
  });
}

/**
 * What an action of this id was answered with, if it was accepted before.
 *
 * @throws GAME_ACTION_ID_REUSED  when the id stands for another action or another session
 */
export async function findAccepted(
  tx: TenantTx,
  request: Pick<ActionRequest, 'actionId'> & { readonly sessionId?: string },
  action: Action,
) {
  const { actions } = gameTables(tx);
  const statement = prepared(tx, 'find_action', (db, name) =>
    db
      .select()
      .from(actions)
      .where(eq(actions.id, placeholder('actionId')))
      .prepare(name),
  );
  const [earlier] = await statement.execute({ actionId: request.actionId });
  if (!earlier) return undefined;
  const same =
    earlier.payloadSha256 === hashJson({ ...action }) &&
    (request.sessionId ?? earlier.sessionId) === earlier.sessionId;
  if (!same) {
    throw gameErrors.GAME_ACTION_ID_REUSED({
      found: `action ${request.actionId} was ${earlier.actionType} at sequence ${earlier.firstSequence} of session ${earlier.sessionId}`,
      expected: 'an id that was not used before, or the very same action',
    });
  }
  const { sessionId, id: actionId, firstSequence, lastSequence, eventsSha256, serverTime } = earlier;
  return {
    sessionId,
    actionId,
    firstSequence,
    lastSequence,
    eventsSha256,
    serverTime,
  } satisfies AcceptedAction;
}
