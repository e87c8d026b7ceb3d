/**
 * The evening: decisions show their truth, what was left undecided is put off or expires, and approved deceptions
 * begin to work inside.
 */
import { Stream } from '../draws.ts';
import { attackKeyFor, clientKeyFor, enterPhase } from '../phases.ts';
import type { InboxEmail } from '../state.ts';
import type { Transcript } from '../transcript.ts';
import type { FinalDecision, Outcome } from '../vocabulary.ts';
import { defer } from './decisions.ts';

/** From triage to threats, where the player is asked again. */
export function closeTriage(transcript: Transcript): void {
  const { inbox, blacklist } = transcript.state;
  enterPhase(transcript, 'decision_resolution');
  for (const email of inbox) {
    if (email.decision !== null) resolveDecision(transcript, email, email.decision);
  }
  const undecided = inbox.filter((email) => email.status === 'pending');
  for (const email of undecided) carryOver(transcript, email);

  enterPhase(transcript, 'consequences');
  penaliseBacklog(transcript);
  const deceived = inbox.filter((email) => email.decision === 'approve' && email.attackKind !== null);
  launchAttacks(transcript, deceived, blacklist);
  enterPhase(transcript, 'threats');
}

const outcomes = {
  honest: { approve: 'honest_admitted', deny: 'honest_denied', flag: 'honest_flagged' },
  deceptive: { approve: 'deception_approved', deny: 'deception_denied', flag: 'deception_flagged' },
} as const satisfies Record<string, Record<FinalDecision, Outcome>>;

function outcomeOf(email: InboxEmail, decision: FinalDecision): Outcome {
  if (!email.legitimate) return outcomes.deceptive[decision];
  const outcome = outcomes.honest[decision];
  return outcome === 'honest_denied' && email.capacityLacking ? 'honest_denied_for_capacity' : outcome;
}

/** Judgements that were right. Denying an honest guest for want of room is: there was no better decision. */
const correctOutcomes: ReadonlySet<Outcome> = new Set<Outcome>([
  'honest_admitted',
  'honest_denied_for_capacity',
  'deception_denied',
  'deception_flagged',
]);

function resolveDecision(transcript: Transcript, email: InboxEmail, decision: FinalDecision): void {
  const { rules, state } = transcript;
  const { emailKey, category, difficulty, legitimate } = email;
  const outcome = outcomeOf(email, decision);
  const effect = rules.outcomes[outcome];
  const intel = outcome === 'deception_flagged' ? (rules.flagIntelByDifficulty[difficulty - 1] ?? 0) : 0;
  transcript.record('game.decision.resolved', {
    emailKey,
    day: state.day,
    decision,
    outcome,
    correct: correctOutcomes.has(outcome),
    creditsDelta: transcript.bounded('credits', effect.credits),
    trustDelta: transcript.bounded('trust', effect.trust),
    intelDelta: transcript.bounded('intel', intel),
    category,
    difficulty,
    legitimate,
  });
  if (outcome === 'deception_denied' || outcome === 'honest_admitted') {
    const list = outcome === 'deception_denied' ? 'blacklist' : 'whitelist';
    transcript.record('game.sender.listed', { list, domain: email.senderDomain, emailKey });
  }
  if (outcome === 'honest_admitted') admitClient(transcript, email);
}

function admitClient(transcript: Transcript, { emailKey, offer }: InboxEmail): void {
  if (offer === null) return;
  const { day } = transcript.state;
  const { creditsPerDay, days, ...occupies } = offer;
  transcript.record('game.client.admitted', {
    clientKey: clientKeyFor(emailKey),
    emailKey,
    day,
    untilDay: day + days - 1,
    creditsPerDay,
    occupies,
  });
}

function carryOver(transcript: Transcript, email: InboxEmail): void {
  const { rules, state } = transcript;
  const last = state.day === state.days;
  if (!last && email.deferrals < rules.inbox.maxDeferrals) {
    defer(transcript, email, true);
    return;
  }
  transcript.record('game.email.expired', {
    emailKey: email.emailKey,
    day: state.day,
    reason: last ? 'session_ended' : 'deferral_limit',
    trustDelta: transcript.bounded('trust', rules.inbox.expiryTrust),
  });
}

function penaliseBacklog(transcript: Transcript): void {
  const { backlogTolerance, backlogTrustEach, backlogTrustFloor } = transcript.rules.inbox;
  const count = transcript.state.inbox.filter((email) => email.status === 'deferred').length;
  if (count <= backlogTolerance) return;
  const trust = Math.max(backlogTrustFloor, (count - backlogTolerance) * backlogTrustEach);
  transcript.record('game.backlog.penalised', {
    day: transcript.state.day,
    count,
    trustDelta: transcript.bounded('trust', trust),
  });
}

function launchAttacks(
  transcript: Transcript,
  deceived: readonly InboxEmail[],
  blacklist: readonly string[],
): void {
  const { minDwellDays, maxDwellDays, severityByDifficulty, blacklistedApprovalSeverity } =
    transcript.rules.attacks;
  const draws = transcript.draws(Stream.dwell);
  const { day, defences } = transcript.state;
  for (const email of deceived) {
    if (email.attackKind === null) continue;
    const severity =
      (severityByDifficulty[email.difficulty - 1] ?? 1) +
      (blacklist.includes(email.senderDomain) ? blacklistedApprovalSeverity : 0) +
      (defences.includes('segmentation') ? transcript.rules.attacks.segmentationSeverity : 0);
    transcript.record('game.attack.launched', {
      attackKey: attackKeyFor(day, transcript.state.attacksToday + 1),
      day,
      kind: email.attackKind,
      severity: Math.min(5, Math.max(1, severity)),
      emailKey: email.emailKey,
      dueDay: day + draws.integer(minDwellDays, maxDwellDays),
    });
  }
}
