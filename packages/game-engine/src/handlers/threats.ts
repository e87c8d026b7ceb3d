/**
 * The night: the worm probes, attacks that are due are blocked or become breaches, and the threat tier for tomorrow
 * is assessed from the day, the attackers' attention and the player's judgement.
 */
import { Stream } from '../draws.ts';
import type { Handler } from '../handler.ts';
import { attackKeyFor, enterPhase, incidentKeyFor } from '../phases.ts';
import type { PendingAttack, SessionState } from '../state.ts';
import type { Transcript } from '../transcript.ts';
import { AttackKind, ThreatTier } from '../vocabulary.ts';

export const processThreats: Handler<'process_threats'> = {
  check: () => null,
  perform(transcript) {
    probe(transcript);
    const { day, attacks } = transcript.state;
    const draws = transcript.draws(Stream.breaches);
    for (const attack of attacks.filter((each) => each.dueDay <= day)) {
      const blockPermille = blockChance(transcript, attack.kind);
      if (draws.chance(blockPermille)) {
        const { attackKey, kind, severity } = attack;
        transcript.record('game.attack.blocked', { attackKey, day, kind, severity, blockPermille });
      } else {
        breach(transcript, attack, blockPermille);
        if (attack.severity >= transcript.rules.breaches.clientLossSeverity) loseClient(transcript, draws);
      }
    }
    assessThreat(transcript);
    enterPhase(transcript, transcript.state.incidents.length > 0 ? 'incident_response' : 'resources');
  },
};

function probe(transcript: Transcript): void {
  const { rules, state } = transcript;
  const draws = transcript.draws(Stream.attacks);
  if (!draws.chance(rules.threatTiers[state.threatTier].probePermille)) return;
  const kinds = AttackKind.options;
  transcript.record('game.attack.launched', {
    attackKey: attackKeyFor(state.day, state.attacksToday + 1),
    day: state.day,
    kind: kinds[draws.integer(0, kinds.length - 1)] ?? 'sabotage',
    severity: rules.attacks.probeSeverityByTier[state.threatTier],
    emailKey: null,
    dueDay: state.day,
  });
}

function blockChance({ rules, state }: Transcript, kind: AttackKind): number {
  const {
    baseBlockPermille,
    maxBlockPermille,
    blockPermillePerBlacklistedDomain,
    maxBlacklistBlockPermille,
  } = rules.attacks;
  const known = Math.min(
    maxBlacklistBlockPermille,
    state.blacklist.length * blockPermillePerBlacklistedDomain,
  );
  const bought = state.defences.reduce((sum, each) => sum + rules.defences[each].blockPermille[kind], 0);
  return Math.min(maxBlockPermille, baseBlockPermille + known + bought);
}

function breach(transcript: Transcript, attack: PendingAttack, blockPermille: number): void {
  const { trustPerSeverity, creditsPerSeverity, ransomPerSeverity, heatPerSeverity } =
    transcript.rules.breaches;
  const { attackKey, emailKey, kind, severity } = attack;
  const { day, today } = transcript.state;
  transcript.record('game.breach.occurred', {
    incidentKey: incidentKeyFor(day, today.breaches + 1),
    attackKey,
    emailKey,
    day,
    kind,
    severity,
    ransomCredits: kind === 'ransomware' ? severity * ransomPerSeverity : 0,
    creditsDelta: transcript.bounded('credits', severity * creditsPerSeverity),
    trustDelta: transcript.bounded('trust', severity * trustPerSeverity),
    heatDelta: transcript.bounded('heat', severity * heatPerSeverity),
    blockPermille,
  });
}

function loseClient(transcript: Transcript, draws: { integer(min: number, max: number): number }): void {
  const { clients, day } = transcript.state;
  if (clients.length === 0) return;
  const client = clients[draws.integer(0, clients.length - 1)];
  if (client === undefined) return;
  transcript.record('game.client.departed', { clientKey: client.clientKey, day, reason: 'breach' });
}

function assessThreat(transcript: Transcript): void {
  const { rules, state } = transcript;
  const { pointsPerDay, maxDayPoints, heatDecayPermille } = rules.threat;
  const dayPoints = Math.min(maxDayPoints, state.day * pointsPerDay);
  const performancePoints = performanceOf(transcript, state);
  const score = Math.max(0, dayPoints + state.heat + performancePoints);
  transcript.record('game.threat.assessed', {
    day: state.day,
    threatTier: tierFor(transcript, score),
    previousTier: state.threatTier,
    score,
    dayPoints,
    performancePoints,
    heat: Math.floor((state.heat * heatDecayPermille) / 1000),
  });
}

function performanceOf({ rules }: Transcript, { today }: SessionState): number {
  const { threat } = rules;
  if (today.decided < threat.performanceMinDecisions) return 0;
  const accuracyPermille = Math.floor((today.correct * 1000) / today.decided);
  if (accuracyPermille >= threat.strongAccuracyPermille) return threat.strongRelief;
  return accuracyPermille < threat.weakAccuracyPermille ? threat.weakPressure : 0;
}

/** One step a day at most: a player should feel the climate change, not be thrown into another. */
function tierFor({ rules, state }: Transcript, score: number): ThreatTier {
  const tiers = ThreatTier.options;
  const now = tiers.indexOf(state.threatTier);
  const target = tiers.findLastIndex((tier) => score >= rules.threat.tierFrom[tier]);
  return tiers[now + Math.sign(target - now)] ?? state.threatTier;
}
