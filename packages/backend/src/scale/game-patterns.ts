/**
 * The games that multiplied games are copies of: bots play them through the same services that people play through, so
 * what is copied is what playing leaves behind. A pattern's actions have ids of their own making, so playing it again,
 * or going on after a kill, finds what was accepted and writes nothing twice.
 */
import { createHash } from 'node:crypto';
import { type BotSkill, chooseAction, decide, fold, isOver, rulesFor } from '@archive-gate/game-engine';
import { v7 as uuidv7 } from 'uuid';
import { demonstrationTime, drawn } from '../kernel/demonstration.ts';
import { findPlayer } from '../modules/auth/index.ts';
import { gameErrors, listSessions, sessionState } from '../modules/game/index.ts';
import type { Platform } from '../platform.ts';

export interface Pattern {
  readonly skill: BotSkill;
  /** Length of the game, in game days. */
  readonly days: number;
  /** The game is left, still running, where it has so many events. */
  readonly leftAfter?: number;
}

/** What the multiplied people played: short games, and one that is not finished. */
export const SHORT_GAMES: readonly Pattern[] = [
  { skill: 'novice', days: 10, leftAfter: 60 },
  { skill: 'trained', days: 2 },
  { skill: 'expert', days: 3 },
  { skill: 'reckless', days: 1 },
];

/** Whole shifts, some 430 events each: what a store of a given size is filled with. */
export const WHOLE_SHIFTS: readonly Pattern[] = [
  { skill: 'expert', days: 10 },
  { skill: 'trained', days: 10, leftAfter: 300 },
];

export interface PlayedPattern {
  readonly sessionId: string;
  readonly playerId: string;
}

/** @throws GAME_PLAYER_UNKNOWN  when the tenant has not been seeded */
export async function playPatterns(
  platform: Platform,
  slug: string,
  patterns: readonly Pattern[],
): Promise<PlayedPattern[]> {
  const first = await platform.tenancy.run(slug, (tx) => findPlayer(tx, `player001@${slug}.example`));
  if (!first) throw gameErrors.GAME_PLAYER_UNKNOWN({ found: `no first player of ${slug}` });
  const played = [];
  for (const pattern of patterns) {
    const sessionId = await playPattern(platform, slug, first.id, pattern);
    played.push({ sessionId, playerId: first.id });
  }
  return played;
}

async function playPattern(
  platform: Platform,
  slug: string,
  playerId: string,
  pattern: Pattern,
): Promise<string> {
  const { skill, days, leftAfter = Number.POSITIVE_INFINITY } = pattern;
  const name = `${playerId}/${skill}/${days}/${leftAfter}`;
  const seed = drawn(`pattern:${skill}:${days}:${leftAfter}`, 2 ** 31);
  const { sessionId } = await platform.game.start(slug, {
    actionId: actionIdOf(name, 0),
    playerId,
    seed,
    days,
  });
  const reached = await platform.tenancy.run(slug, async (tx) => {
    const [session] = await listSessions(tx, { id: sessionId });
    const content = await platform.game.packs.get(tx, session?.contentVersion ?? '');
    return { content, state: await sessionState(tx, sessionId) };
  });
  let { state } = reached;
  const context = { rules: rulesFor(state.rulesVersion), content: reached.content };
  while (!isOver(state) && state.sequence < leftAfter) {
    const action = chooseAction(state, context, { skill, seed });
    await platform.game.act(slug, { sessionId, actionId: actionIdOf(name, state.sequence), action });
    const decided = decide(state, action, context);
    if (!decided.ok) throw new Error(`An accepted action is refused: ${decided.refusal.code}`);
    state = fold(state, decided.events);
  }
  // What is copied is what is there when the game has been followed.
  await platform.consumers.settle(slug, { sessionIds: [sessionId] });
  return sessionId;
}

/** The same in every run: of which game, and behind which sequence. */
function actionIdOf(name: string, sequence: number): string {
  const random = createHash('sha256').update(`${name}/${sequence}`).digest().subarray(0, 16);
  return uuidv7({ msecs: demonstrationTime(0).getTime(), seq: sequence, random });
}
