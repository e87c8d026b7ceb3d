/** Plays sessions through the public door, keeping what happened. */
import {
  type Action,
  type Bot,
  chooseAction,
  type DecideContext,
  decide,
  fold,
  type GameEvent,
  initialState,
  isOver,
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

/** Far above what a session of the length needs; reaching it means that a bot makes no progress. */
const ACTIONS_PER_DAY = 600;

export function playBot(bot: Bot, seed: number, days = 10, within = context): Game {
  const actions: Action[] = [];
  const events: GameEvent[] = [];
  let state = initialState();
  while (!isOver(state)) {
    const action: Action =
      state.status === 'new' ? { type: 'start', seed, days } : chooseAction(state, within, bot);
    const decided = decide(state, action, within);
    if (!decided.ok) throw new Error(`${action.type}: ${decided.refusal.code}`);
    actions.push(action);
    events.push(...decided.events);
    state = fold(state, decided.events);
    if (actions.length > ACTIONS_PER_DAY * days) throw new Error('the bot makes no progress');
  }
  return { state, actions, events };
}
