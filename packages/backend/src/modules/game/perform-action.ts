/**
 * Accepts actions of players: decides each on the session's present state, and appends its record and its events. What is
 * derived from them follows in consumers. An action id is accepted once; sent again, it answers the same and writes nothing.
 */
import {
  type Action,
  type ContentPack,
  decide,
  type GameEvent,
  PlayerAction,
  rulesFor,
  type SessionState,
} from '@archive-gate/game-engine';
import { eq } from 'drizzle-orm';
import type { Cache, CacheAddress } from '../../kernel/cache/index.ts';
import { placeholder } from '../../kernel/db/index.ts';
import { DmzError } from '../../kernel/errors/index.ts';
import { prepared, type RunOptions, type Tenancy, type TenantTx } from '../../kernel/tenancy/index.ts';
import type { LowPool, PackLibrary } from '../content/index.ts';
import { type AcceptedAction, answerRepeated } from './append-events.ts';
import { type ExpectedSequence, requireSequence } from './append-to-stream.ts';
import { refusalError, translateEngineError } from './errors.ts';
import type { GroupAppend } from './group-append.ts';
import { keepHot, openHotSession } from './hot-sessions.ts';
import { parseRequest } from './parse-request.ts';
import { gameTables } from './schema.ts';

export interface ActionRequest {
  readonly sessionId: string;
  /** Given by the sender, unique within the tenant; a UUIDv7 keeps the index compact. */
  readonly actionId: string;
  /** Whatever the sender sent; checked here. */
  readonly action: unknown;
  readonly clientTime?: Date;
  /** When given, the action is accepted only if the session's stream is so. */
  readonly expectedSequence?: ExpectedSequence;
}

/** What an action is decided on. */
interface Position {
  readonly state: SessionState;
  readonly rulesVersion: number;
  readonly content: ContentPack;
  /** Where the state's copy is. */
  readonly copy: CacheAddress;
}

/** What sessions are played with. */
export interface Props {
  readonly packs: PackLibrary;
  readonly cache: Cache;
  /** Has a pool of e-mails filled, once for an occasion, if the transaction is committed. */
  onLowPool(tx: TenantTx, low: LowPool): Promise<void>;
}

/** What performing an action needs: where sessions live, what they are played with, and the way into the store. */
export interface Stage extends Props {
  readonly tenancy: Tenancy;
  readonly appends: GroupAppend;
}

/**
 * Performs an action on a running session: reads it, decides, and appends in one round trip. When another writer was
 * first, it is decided anew on what that one left, unless the sender insists on a sequence.
 *
 * @throws GAME_ACTION_INVALID       when it is not an action of a player
 * @throws GAME_SESSION_UNKNOWN
 * @throws GAME_ACTION_ID_REUSED     when the id was accepted for something else
 * @throws GAME_SEQUENCE_CONFLICT    when the session is not where `expectedSequence` says
 * @throws GAME_*                    the refusal, when the rules do not allow it; nothing is written
 */
export async function performAction(
  stage: Stage,
  tenant: string,
  sent: ActionRequest,
  options: Pick<RunOptions, 'onRetry'> = {},
): Promise<AcceptedAction> {
  const { action, request } = parseRequest(PlayerAction, sent.action, sent);
  const pinned = typeof request.expectedSequence === 'number';
  return stage.tenancy.repeat(() => performOnce(stage, tenant, request, action, options), {
    ...options,
    ...(pinned ? { surface: ['GAME_SEQUENCE_CONFLICT'] } : {}),
  });
}

/** The record of an accepted action answers its repetition, so it is looked for only where the action is refused. */
async function performOnce(
  { tenancy, appends, ...props }: Stage,
  tenant: string,
  request: ActionRequest,
  action: Action,
  options: Pick<RunOptions, 'onRetry'>,
): Promise<AcceptedAction> {
  const { sessionId, actionId, clientTime = null } = request;
  const reading = { ...options, idempotent: true };
  const position = await tenancy.run(tenant, (tx) => readPosition(tx, props, sessionId), reading);
  try {
    requireSequence(request.expectedSequence, position.state.sequence);
    const events = decideAction(position, action);
    const expectedSequence = position.state.sequence;
    const append = { sessionId, actionId, action, events, expectedSequence, clientTime };
    const accepted = await appends.append(tenant, append, options);
    keepHot(props.cache, position.copy, { before: position.state, events, accepted });
    return accepted;
  } catch (refusal) {
    if (!(refusal instanceof DmzError) || !refusal.code.startsWith('GAME_')) throw refusal;
    const earlier = await tenancy.run(tenant, (tx) => findAccepted(tx, request, action), reading);
    if (earlier) return earlier;
    throw refusal;
  }
}

export async function readPosition(
  tx: TenantTx,
  { packs, cache }: Props,
  sessionId: string,
): Promise<Position> {
  const { session, state, copy } = await openHotSession(tx, cache, sessionId);
  const { rulesVersion, contentVersion } = session;
  return { state, rulesVersion, content: await packs.get(tx, contentVersion), copy };
}

/** @throws GAME_*  the refusal, or what is wrong with the session's history, rules or content */
export function decideAction(
  { state, rulesVersion, content }: Omit<Position, 'copy'>,
  action: Action,
): readonly GameEvent[] {
  try {
    const decided = decide(state, action, { rules: rulesFor(rulesVersion), content });
    if (decided.ok) return decided.events;
    throw refusalError(decided.refusal);
  } catch (error) {
    throw translateEngineError(error);
  }
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
  const outcome = answerRepeated({ ...request, action }, { ...earlier, actionId: earlier.id });
  if (outcome instanceof Error) throw outcome;
  return outcome;
}
