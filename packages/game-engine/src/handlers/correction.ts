/** Putting right what an earlier event did wrong. It is asked for by those who run the game, never by a player or a bot. */
import type { ActionOf } from '../actions.ts';
import type { Handler } from '../handler.ts';
import { refuse } from '../refusals.ts';
import type { Rules } from '../rules-shape.ts';
import type { SessionState } from '../state.ts';
import { boundedChange } from '../transcript.ts';

export const correct: Handler<'correct'> = {
  check(state, action, { rules }) {
    const { sequence } = action;
    if (sequence > state.sequence)
      return refuse('GAME_CORRECTED_EVENT_UNKNOWN', `sequence ${sequence}`, `1 to ${state.sequence}`);
    const changes = Object.values(changesOf(state, action, rules));
    return changes.some((change) => change !== 0)
      ? null
      : refuse('GAME_CORRECTION_EMPTY', 'no change of credits, trust or intel', 'at least one');
  },
  perform(transcript, action) {
    const { sequence, reason } = action;
    const changes = changesOf(transcript.state, action, transcript.rules);
    transcript.record('game.event.corrected', { sequence, reason, ...changes });
  },
};

/** What is left of the correction within the bounds. */
function changesOf(
  state: SessionState,
  { creditsDelta, trustDelta, intelDelta }: ActionOf<'correct'>,
  rules: Rules,
) {
  return {
    creditsDelta: boundedChange(state, rules, 'credits', creditsDelta),
    trustDelta: boundedChange(state, rules, 'trust', trustDelta),
    intelDelta: boundedChange(state, rules, 'intel', intelDelta),
  };
}
