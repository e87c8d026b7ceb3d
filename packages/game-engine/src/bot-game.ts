/** A whole session played by a bot, without any store: for recordings, demonstrations and tests. */
import type { Action } from './actions.ts';
import { type Bot, chooseAction } from './bots.ts';
import { decide } from './decide.ts';
import { EngineError } from './errors.ts';
import type { GameEvent } from './events.ts';
import { fold } from './evolve.ts';
import { isOver } from './machine.ts';
import { initialState, type SessionState } from './state.ts';
import type { DecideContext } from './transcript.ts';

export interface BotGameOptions {
  readonly bot: Bot;
  /** Of the session; the bot has its own. */
  readonly seed: number;
  readonly days: number;
  /** What is done instead of the bot's own choice, if anything: bots never pause, and never give up. */
  readonly interrupt?: (state: SessionState) => Action | undefined;
}

export interface BotGame {
  readonly state: SessionState;
  readonly actions: readonly Action[];
  readonly events: readonly (GameEvent & { readonly sequence: number })[];
}

/** Far above what a session of the length needs; reaching it means that a bot makes no progress. */
const ACTIONS_PER_DAY = 600;

/** @throws GAME_BOT_STUCK  when an action is refused or the session does not end */
export function playBotGame(context: DecideContext, options: BotGameOptions): BotGame {
  const { bot, seed, days, interrupt } = options;
  const actions: Action[] = [];
  const events: BotGame['events'][number][] = [];
  let state = initialState();
  while (!isOver(state)) {
    const action: Action =
      state.status === 'new'
        ? { type: 'start', seed, days }
        : (interrupt?.(state) ?? chooseAction(state, context, bot));
    const decided = decide(state, action, context);
    if (!decided.ok) throw stuck(`${action.type}, refused with ${decided.refusal.code}`);
    const { sequence } = state;
    actions.push(action);
    events.push(...decided.events.map((event, at) => ({ ...event, sequence: sequence + 1 + at })));
    state = fold(state, decided.events);
    if (actions.length > ACTIONS_PER_DAY * days) throw stuck(`${actions.length} actions in ${days} days`);
  }
  return { state, actions, events };
}

const stuck = (found: string) =>
  new EngineError('GAME_BOT_STUCK', { found, expected: 'legal actions that lead to the session’s end' });
