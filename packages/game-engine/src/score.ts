/** How well a session went: judgement first, then trust, growth and the breaches that were not avoided. */
import type { Tally } from './event-fields.ts';
import type { Rules } from './rules-shape.ts';
import type { SessionState } from './state.ts';
import { FacilityTier, Grade } from './vocabulary.ts';

/** Share of right decisions in permille; 0 when nothing was decided. */
export const accuracyOf = ({ correct, decided }: Tally): number =>
  decided === 0 ? 0 : Math.floor((correct * 1000) / decided);

/** Permille of a perfect session, at any moment of it. */
export function scoreOf(state: SessionState, { score, bounds }: Rules): number {
  const { totals } = state;
  const points =
    Math.floor((accuracyOf(totals) * score.accuracyWeightPermille) / 1000) +
    state.trust * score.perTrust +
    FacilityTier.options.indexOf(state.facilityTier) * score.perFacilityTier +
    Math.min(score.maxClientPoints, state.clients.length * score.perClient) +
    Math.trunc((totals.breaches * score.oneBreachADay) / Math.max(1, state.day));
  return Math.min(bounds.score.max, Math.max(bounds.score.min, points));
}

export const gradeOf = (score: number, rules: Rules): Grade =>
  Grade.options.find((grade) => score >= rules.score.gradeFrom[grade]) ?? 'F';
