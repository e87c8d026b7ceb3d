/**
 * What one action writes down: its events so far, and the state after them. Each event is folded as it is recorded,
 * so that the next one is decided on the very state that a replay will have at that point.
 */
import type { ContentPack, EmailTemplate } from './content.ts';
import { createDraws, type Draws, type Stream } from './draws.ts';
import { type EventData, eventTypes, type GameEvent, type GameEventType } from './events.ts';
import { evolve } from './evolve.ts';
import type { Rules } from './rules-shape.ts';
import type { SessionState } from './state.ts';

/** What a decision depends on beside the state; the session records the versions of both. */
export interface DecideContext {
  readonly rules: Rules;
  readonly content: ContentPack;
}

export class Transcript {
  readonly rules: Rules;
  readonly content: ContentPack;
  readonly events: GameEvent[] = [];
  readonly #decidedAt: number;
  #state: SessionState;

  constructor(state: SessionState, context: DecideContext) {
    this.rules = context.rules;
    this.content = context.content;
    this.#decidedAt = state.sequence;
    this.#state = state;
  }

  get state(): SessionState {
    return this.#state;
  }

  record<Type extends GameEventType>(type: Type, data: EventData<Type>): void {
    const event = { type, version: eventTypes[type].latestVersion, data } as GameEvent;
    this.events.push(event);
    this.#state = evolve(this.#state, event);
  }

  /** Draws are keyed by the sequence before the action, so each stream is opened at most once an action. */
  draws(stream: Stream): Draws {
    return createDraws({ seed: this.#state.seed, sequence: this.#decidedAt, stream });
  }

  /** The part of a change that the bounds allow; events carry what really changed. */
  bounded(quantity: 'credits' | 'trust' | 'intel' | 'heat', delta: number): number {
    return boundedChange(this.#state, this.rules, quantity, delta);
  }
}

export function boundedChange(
  state: SessionState,
  rules: Rules,
  quantity: 'credits' | 'trust' | 'intel' | 'heat',
  delta: number,
): number {
  const { min, max } = rules.bounds[quantity];
  return Math.min(max, Math.max(min, state[quantity] + delta)) - state[quantity];
}

export const findTemplate = (content: ContentPack, templateKey: string): EmailTemplate | undefined =>
  content.emails.find((email) => email.key === templateKey);
