/** Plays sessions through the public door, keeping what happened. */
import {
  type Action,
  type Bot,
  type DecideContext,
  decide,
  fold,
  type GameEvent,
  playBotGame,
  rules,
  type SessionState,
} from '../src/index.ts';
import { generateContent } from './content.ts';

export const context: DecideContext = { rules, content: generateContent() };

export interface Game {
  readonly state: SessionState;
  readonly actions: readonly Action[];
  readonly events: readonly GameEvent[];
}

/** Decides an action that must be allowed, and folds its events. */
export function act(state: SessionState, action: Action, within = context): SessionState {
  const decided = decide(state, action, within);
  if (!decided.ok) throw new Error(`${decided.refusal.code}: ${decided.refusal.found}`);
  return fold(state, decided.events);
}

export const playBot = (bot: Bot, seed: number, days = 10, within = context): Game => {
  const { state, actions, events } = playBotGame(within, { bot, seed, days });
  return {
    state,
    actions,
    events: events.map(({ type, version, data }) => ({ type, version, data }) as GameEvent),
  };
};
