/** Starts a session: its row, its head (made by the trigger), and the first action with its events, in one transaction. */
import { ENGINE_VERSION, initialState, PlayerAction, RULES_VERSION } from '@archive-gate/game-engine';
import { v7 as uuidv7 } from 'uuid';
import { violates } from '../../kernel/db/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { recordAudit } from '../admin/index.ts';
import { currentPackVersion, DIFFICULTIES, ownPackVersion, takeEmails } from '../content/index.ts';
import { type AcceptedAction, appendIn } from './append-events.ts';
import { gameErrors } from './errors.ts';
import { copyOf, keepHot } from './hot-sessions.ts';
import { parseRequest } from './parse-request.ts';
import { decideAction, findAccepted, type Props } from './perform-action.ts';
import { gameTables } from './schema.ts';
import { findSession } from './session-state.ts';

export interface StartRequest {
  readonly actionId: string;
  readonly playerId: string;
  /** Key of every random draw of the session, 0 to 2^53 - 1. */
  readonly seed: number;
  /** Length of the game in game days, 1 to 1000. */
  readonly days: number;
  readonly clientTime?: Date;
  /** With e-mails that nobody else has seen, as many as the pools have. */
  readonly fresh?: boolean;
}

/** The action is recorded without the person, who must be the same all the same. */
async function requirePlayer(
  tx: TenantTx,
  { sessionId, actionId }: AcceptedAction,
  playerId: string,
): Promise<void> {
  const session = await findSession(tx, sessionId);
  if (session.playerId === playerId) return;
  throw gameErrors.GAME_ACTION_ID_REUSED({
    found: `action ${actionId} started session ${sessionId} for another person`,
    expected: 'an id that was not used before, or the very same action',
  });
}

/** Of each difficulty: enough to be met in a game of ten days, few enough that a full pool serves twenty-five games. */
const FRESH_PER_DIFFICULTY = 2;

/** @returns whether there were any */
async function takeFreshEmails(
  tx: TenantTx,
  { cache, onLowPool }: Pick<Props, 'cache' | 'onLowPool'>,
  sessionId: string,
): Promise<boolean> {
  let total = 0;
  for (const difficulty of DIFFICULTIES) {
    const { taken, low } = await takeEmails(tx, cache, sessionId, difficulty, FRESH_PER_DIFFICULTY);
    total += taken;
    if (low) await onLowPool(tx, low);
  }
  return total > 0;
}

/**
 * @returns the accepted action, whose `sessionId` is the new session's; the first one's when it is repeated
 * @throws GAME_ACTION_INVALID, GAME_ACTION_ID_REUSED, GAME_ACTION_IN_PROGRESS, GAME_PLAYER_UNKNOWN, CONTENT_PACK_UNKNOWN
 */
export async function startSession(
  tx: TenantTx,
  { packs, cache, onLowPool }: Props,
  sent: StartRequest,
): Promise<AcceptedAction> {
  const { seed, days } = sent;
  const { action, request } = parseRequest(PlayerAction, { type: 'start', seed, days }, sent);
  const { playerId } = request;
  const earlier = await findAccepted(tx, request, action);
  if (earlier) {
    await requirePlayer(tx, earlier, playerId);
    return earlier;
  }
  const id = uuidv7();
  const released = await currentPackVersion(tx);
  const isFresh = sent.fresh === true && (await takeFreshEmails(tx, { cache, onLowPool }, id));
  const contentVersion = isFresh ? ownPackVersion(released, id) : released;
  const session = { id, rulesVersion: RULES_VERSION, contentVersion };
  const { sessions } = gameTables(tx);
  try {
    await tx.insert(sessions).values({
      ...session,
      tenantId: tx.tenantId,
      playerId,
      seed,
      days,
      engineVersion: ENGINE_VERSION,
      startedAt: tx.now,
    });
  } catch (error) {
    throw violates(error, 'game', 'sessions_player_id_fk')
      ? gameErrors.GAME_PLAYER_UNKNOWN({ found: playerId, cause: error })
      : error;
  }
  const content = await packs.get(tx, contentVersion);
  const before = initialState();
  const events = decideAction({ state: before, rulesVersion: RULES_VERSION, content }, action);
  const accepted = await appendIn(tx, {
    sessionId: session.id,
    actionId: request.actionId,
    action,
    events,
    expectedSequence: 0,
    clientTime: request.clientTime ?? null,
  });
  await recordAudit(tx, {
    actor: { kind: 'person', id: playerId },
    action: 'game.session.started',
    subject: { type: 'session', id: session.id },
    details: { contentVersion, rulesVersion: RULES_VERSION, engineVersion: ENGINE_VERSION },
  });
  const copy = copyOf(tx, session.id);
  tx.afterCommit(() => keepHot(cache, copy, { before, events, accepted }));
  return accepted;
}
