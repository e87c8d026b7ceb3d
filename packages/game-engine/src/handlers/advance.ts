/** Going on with the day: out of triage, from resources to upgrades, and through the day's end. */
import type { Handler } from '../handler.ts';
import { enterPhase } from '../phases.ts';
import { accuracyOf, gradeOf, scoreOf } from '../score.ts';
import type { Transcript } from '../transcript.ts';
import { closeTriage } from './resolution.ts';

export const advanceDay: Handler<'advance_day'> = {
  check: () => null,
  perform(transcript) {
    switch (transcript.state.phase) {
      case 'triage':
        return closeTriage(transcript);
      case 'resources':
        return enterPhase(transcript, 'upgrades');
      default:
        return closeDay(transcript);
    }
  },
};

function closeDay(transcript: Transcript): void {
  enterPhase(transcript, 'day_end');
  collectIncome(transcript);
  chargeUpkeep(transcript);
  const { day, clients } = transcript.state;
  for (const { clientKey, untilDay } of clients) {
    if (untilDay <= day) transcript.record('game.client.departed', { clientKey, day, reason: 'term_ended' });
  }
  summarise(transcript);
  const { days, nextThreatTier } = transcript.state;
  if (day === days) {
    complete(transcript);
    return;
  }
  transcript.record('game.day.started', { day: day + 1, threatTier: nextThreatTier });
  enterPhase(transcript, 'day_start');
}

function collectIncome(transcript: Transcript): void {
  const { rules, state } = transcript;
  if (state.clients.length === 0) return;
  const gross = state.clients.reduce((sum, client) => sum + client.creditsPerDay, 0);
  const sharePermille = 1000 + state.trust * rules.clients.incomePermillePerTrust;
  transcript.record('game.income.received', {
    day: state.day,
    source: 'clients',
    clients: state.clients.length,
    creditsDelta: transcript.bounded('credits', Math.floor((gross * sharePermille) / 1000)),
  });
}

function chargeUpkeep(transcript: Transcript): void {
  const { rules, state } = transcript;
  const dueCredits = rules.facilities[state.facilityTier].upkeepCredits;
  const creditsDelta = transcript.bounded('credits', -dueCredits);
  const unpaidCredits = dueCredits + creditsDelta;
  const { unpaidTrustPerTen, unpaidTrustFloor } = rules.upkeep;
  const trust = Math.max(unpaidTrustFloor, Math.floor(unpaidCredits / 10) * unpaidTrustPerTen);
  transcript.record('game.upkeep.charged', {
    day: state.day,
    dueCredits,
    unpaidCredits,
    creditsDelta,
    trustDelta: transcript.bounded('trust', trust),
  });
}

function summarise(transcript: Transcript): void {
  const { state, rules } = transcript;
  transcript.record('game.day.ended', {
    day: state.day,
    tally: state.today,
    credits: state.credits,
    trust: state.trust,
    intel: state.intel,
    threatTier: state.threatTier,
    score: scoreOf(state, rules),
    clients: state.clients.length,
    carried: state.inbox.length,
  });
}

function complete(transcript: Transcript): void {
  const { state, rules } = transcript;
  const score = scoreOf(state, rules);
  transcript.record('game.session.completed', {
    score,
    grade: gradeOf(score, rules),
    days: state.days,
    totals: state.totals,
    accuracyPermille: accuracyOf(state.totals),
    credits: state.credits,
    trust: state.trust,
    intel: state.intel,
    facilityTier: state.facilityTier,
    clients: state.clients.length,
  });
}
