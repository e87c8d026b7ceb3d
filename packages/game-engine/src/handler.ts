/**
 * How an action is handled: `check` says why not, `perform` records what happens. `perform` is only called after
 * `check` found nothing, so all refusals of an action are in one place and `legalActions` can ask for them alone.
 */
import type { ActionOf, ActionType } from './actions.ts';
import type { Refusal } from './refusals.ts';
import type { SessionState } from './state.ts';
import type { DecideContext, Transcript } from './transcript.ts';

export interface Handler<Type extends ActionType> {
  check(state: SessionState, action: ActionOf<Type>, context: DecideContext): Refusal | null;
  perform(transcript: Transcript, action: ActionOf<Type>): void;
}
