/** Short ways to a session that a test can work on. */
import {
  type Action,
  type BotSkill,
  type ContentPack,
  chooseAction,
  type DecideContext,
  decide,
  fold,
  initialState,
  isOver,
  rules,
  type SessionState,
} from '@archive-gate/game-engine';
import { v7 as uuidv7 } from 'uuid';
import { listPlayers } from '../../src/modules/auth/index.ts';
import { type AcceptedAction, listSessions } from '../../src/modules/game/index.ts';
import type { Platform } from '../../src/platform.ts';

export async function somePlayer(platform: Platform, tenant: string): Promise<string> {
  const [player] = await platform.tenancy.run(tenant, (tx) => listPlayers(tx, 1));
  if (!player) throw new Error(`The template gives ${tenant} people.`);
  return player.id;
}

/** Starts a game of ten days. */
export async function startedSession(platform: Platform, tenant: string, seed = 7): Promise<AcceptedAction> {
  const playerId = await somePlayer(platform, tenant);
  return platform.game.start(tenant, { actionId: uuidv7(), playerId, seed, days: 10 });
}

export interface PlayedGame {
  readonly sessionId: string;
  readonly state: SessionState;
  /** What the platform answered, action by action, from the start on. */
  readonly accepted: readonly AcceptedAction[];
}

export interface BotGame {
  readonly seed?: number;
  readonly days?: number;
  readonly skill?: BotSkill;
  /** Stops once the session has this many events; plays to the end by default. */
  readonly events?: number;
  /** Snapshots keep the opening of a long session short, as the running consumers of a program do. */
  readonly actionsPerSettling?: number;
}

/** Lets a bot play a session of its own, with the consumers behind it. The bot decides on a state that it folds itself, not on what was stored. */
export async function playedGame(
  platform: Platform,
  tenant: string,
  game: BotGame = {},
): Promise<PlayedGame> {
  const { seed = 7, days = 10, skill = 'expert', events = Number.POSITIVE_INFINITY } = game;
  const { actionsPerSettling = 100 } = game;
  const playerId = await somePlayer(platform, tenant);
  const started = await platform.game.start(tenant, { actionId: uuidv7(), playerId, seed, days });
  const { sessionId } = started;
  const context = { rules, content: await contentOf(platform, tenant, sessionId) };
  const accepted = [started];
  let state = advance(initialState(), { type: 'start', seed, days }, context);
  while (!isOver(state) && state.sequence < events) {
    const action = chooseAction(state, context, { skill, seed });
    accepted.push(await platform.game.act(tenant, { sessionId, actionId: uuidv7(), action }));
    state = advance(state, action, context);
    if (accepted.length % actionsPerSettling === 0) await platform.consumers.settle(tenant);
  }
  await platform.consumers.settle(tenant);
  return { sessionId, state, accepted };
}

function contentOf(platform: Platform, tenant: string, sessionId: string): Promise<ContentPack> {
  return platform.tenancy.run(tenant, async (tx) => {
    const [session] = await listSessions(tx, { id: sessionId });
    if (!session) throw new Error(`The session ${sessionId} was just started.`);
    return platform.game.packs.get(tx, session.contentVersion);
  });
}

function advance(state: SessionState, action: Action, context: DecideContext): SessionState {
  const decided = decide(state, action, context);
  if (!decided.ok) throw new Error(`${action.type}: ${decided.refusal.code}`);
  return fold(state, decided.events);
}
