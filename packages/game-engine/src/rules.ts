/**
 * Every number of the game, in one place and under one version. A session records the version it is played by;
 * numbers of a released version never change, a new balance is a new version.
 * Units: credits, points of trust, fragments of intel, days; probabilities and shares in permille (of 1000).
 */
import { EngineError } from './errors.ts';
import type { Rules, TierRules } from './rules-shape.ts';

export type { Rules } from './rules-shape.ts';

export const RULES_VERSION = 1;

const HUNDRED_PERCENT = 1000;

const threatTiers: Rules['threatTiers'] = {
  // Sizes and shares are the design's: a calm day fits ten minutes, a severe one is more than anybody can read with care.
  LOW: {
    minEmails: 4,
    maxEmails: 6,
    minLegitimatePermille: 800,
    difficultyWeights: [8, 6, 3, 1, 0],
    probePermille: 40,
  },
  GUARDED: {
    minEmails: 6,
    maxEmails: 9,
    minLegitimatePermille: 700,
    difficultyWeights: [6, 7, 5, 2, 1],
    probePermille: 80,
  },
  ELEVATED: {
    minEmails: 8,
    maxEmails: 12,
    minLegitimatePermille: 600,
    difficultyWeights: [4, 6, 6, 4, 2],
    probePermille: 140,
  },
  HIGH: {
    minEmails: 10,
    maxEmails: 15,
    minLegitimatePermille: 500,
    difficultyWeights: [3, 4, 6, 6, 4],
    probePermille: 220,
  },
  SEVERE: {
    minEmails: 12,
    maxEmails: 18,
    minLegitimatePermille: 400,
    difficultyWeights: [2, 3, 5, 7, 7],
    probePermille: 320,
  },
};

const facilities: Rules['facilities'] = {
  // Each tier is about twice the one before; its price is what a well-run one before it saves in four to six days.
  outpost: {
    priceCredits: 0,
    ceiling: { rackUnits: 42, powerKw: 40, coolingKw: 40, bandwidthMbps: 2_000 },
    upkeepCredits: 15,
  },
  station: {
    priceCredits: 600,
    ceiling: { rackUnits: 84, powerKw: 90, coolingKw: 90, bandwidthMbps: 5_000 },
    upkeepCredits: 40,
  },
  vault: {
    priceCredits: 1_800,
    ceiling: { rackUnits: 168, powerKw: 200, coolingKw: 200, bandwidthMbps: 10_000 },
    upkeepCredits: 90,
  },
  fortress: {
    priceCredits: 5_000,
    ceiling: { rackUnits: 336, powerKw: 420, coolingKw: 420, bandwidthMbps: 25_000 },
    upkeepCredits: 200,
  },
  citadel: {
    priceCredits: 12_000,
    ceiling: { rackUnits: 672, powerKw: 900, coolingKw: 900, bandwidthMbps: 60_000 },
    upkeepCredits: 450,
  },
};

const defences: Rules['defences'] = {
  // No defence blocks everything and all together stop at attacks.maxBlockPermille: reading with care stays the best one.
  mail_gateway: {
    priceCredits: 180,
    priceIntel: 4,
    blockPermille: { credential_theft: 150, ransomware: 150, data_leak: 50, sabotage: 0 },
  },
  awareness_training: {
    priceCredits: 120,
    priceIntel: 2,
    blockPermille: { credential_theft: 200, ransomware: 50, data_leak: 100, sabotage: 50 },
  },
  segmentation: {
    priceCredits: 260,
    priceIntel: 6,
    blockPermille: { credential_theft: 50, ransomware: 150, data_leak: 150, sabotage: 100 },
  },
  backup_vault: {
    priceCredits: 220,
    priceIntel: 0,
    blockPermille: { credential_theft: 0, ransomware: 50, data_leak: 0, sabotage: 50 },
  },
  generator: {
    priceCredits: 200,
    priceIntel: 0,
    blockPermille: { credential_theft: 0, ransomware: 0, data_leak: 0, sabotage: 300 },
  },
  verification_desk: {
    priceCredits: 150,
    priceIntel: 3,
    blockPermille: { credential_theft: 0, ransomware: 0, data_leak: 0, sabotage: 0 },
  },
  intrusion_detection: {
    priceCredits: 320,
    priceIntel: 8,
    blockPermille: { credential_theft: 100, ransomware: 150, data_leak: 200, sabotage: 100 },
  },
};

export const rules: Rules = {
  version: RULES_VERSION,
  opening: {
    credits: 250, // one defence, or a first small growth; not both
    trust: 0, // nobody knows you yet
    intel: 0,
    threatTier: 'LOW', // the first day teaches how to play
    facilityTier: 'outpost',
    allocation: { rackUnits: 24, powerKw: 24, coolingKw: 24, bandwidthMbps: 1_000 }, // four to eight small guests
  },
  bounds: {
    credits: { min: 0, max: 10_000_000 }, // nobody lends; the ceiling is beyond a thousand days of a full citadel's reach
    trust: { min: -100, max: 100 }, // a percentage that can be hostile
    intel: { min: 0, max: 100_000 }, // far above the price of all defences together
    heat: { min: 0, max: 100 }, // attention of attackers, a percentage
    score: { min: 0, max: 1_000 }, // permille of a perfect session
  },
  threatTiers,
  inbox: {
    deceptiveSpread: 1, // a day has the tier's most deceptions or one fewer, so that counting them is no strategy
    freshWeightFactor: 24, // weight of a template not seen lately ...
    recentWeightDivisor: 24, // ... over one seen lately: repeats only when the pack runs out
    maxDeferrals: 2, // an e-mail lives at most four days, which bounds the inbox
    deferralTrust: -1, // somebody waits in the cold for another day
    expiryTrust: -3, // as bad as turning them away, and rude
    backlogTolerance: 3, // a few left for tomorrow are good judgement
    backlogTrustEach: -1,
    backlogTrustFloor: -8, // one bad day must not end the game
  },
  indicators: {
    maxPerEmail: 6, // the most that content annotates
    rightIntel: 1,
    wrongCredits: -2, // an analyst's hour; enough to make marking everything a loss
  },
  verification: {
    priceCredits: 10, // a courier; less than a day of a small guest
    sameDaySlots: 2, // further ones arrive the next morning
    deskExtraSlots: 4, // with the verification desk
  },
  outcomes: {
    honest_admitted: { credits: 5, trust: 1 }, // relief fund's handling fee
    honest_denied: { credits: 0, trust: -3 },
    honest_denied_for_capacity: { credits: 0, trust: -1 },
    honest_flagged: { credits: 0, trust: -4 }, // an accusation hurts more than a refusal
    deception_approved: { credits: -20, trust: -3 }, // the breach that may follow costs on top
    deception_denied: { credits: 0, trust: 1 },
    deception_flagged: { credits: 5, trust: 1 },
  },
  flagIntelByDifficulty: [1, 1, 2, 2, 3],
  clients: {
    max: 120, // bounds the state; a citadel full of single-unit guests is not worth more of it
    incomePermillePerTrust: 2, // at full trust guests pay a fifth more, at none a fifth less
  },
  attacks: {
    minDwellDays: 0, // some strike the same evening ...
    maxDwellDays: 2, // ... and some wait until nobody remembers the e-mail
    baseBlockPermille: 100, // luck
    maxBlockPermille: 850, // no defence is certain
    blockPermillePerBlacklistedDomain: 10,
    maxBlacklistBlockPermille: 100,
    blacklistedApprovalSeverity: 1, // approving what you blacklisted yourself: they were expected, and prepared
    segmentationSeverity: -1,
    severityByDifficulty: [2, 2, 3, 3, 4], // elaborate bait is laid by capable people
    probeSeverityByTier: { LOW: 1, GUARDED: 1, ELEVATED: 2, HIGH: 3, SEVERE: 4 },
  },
  breaches: {
    trustPerSeverity: -2,
    creditsPerSeverity: -15,
    ransomPerSeverity: 60, // above the price of containing: paying is quick, not cheap
    heatPerSeverity: 6,
    clientLossSeverity: 4, // from here on a guest packs up
  },
  incidents: {
    containCreditsPerSeverity: 25,
    containIntel: 1, // forensics
    restoreCreditsPerSeverity: 8,
    restorableKinds: ['ransomware', 'sabotage'], // stolen data cannot be restored
    ransomTrust: -2,
    ransomHeat: 8, // who pays is asked again
    ignoreTrustPerSeverity: -3,
    ignoreHeatPerSeverity: 4,
  },
  threat: {
    pointsPerDay: 5, // the worm learns: GUARDED by day four, ELEVATED by day eight without anything else
    maxDayPoints: 70, // HIGH is the long-run climate; SEVERE takes breaches
    heatDecayPermille: 700, // share of the heat that is left a day later
    performanceMinDecisions: 3, // fewer say nothing
    strongAccuracyPermille: 900,
    strongRelief: -10,
    weakAccuracyPermille: 600,
    weakPressure: 10, // word of an easy target spreads
    tierFrom: { LOW: 0, GUARDED: 20, ELEVATED: 40, HIGH: 60, SEVERE: 85 },
  },
  facilities,
  resources: {
    // Bringing a step online costs once; it is a twelfth of what a guest in it pays over a week.
    rackUnits: { step: 6, pricePerStep: 30 },
    powerKw: { step: 10, pricePerStep: 25 },
    coolingKw: { step: 10, pricePerStep: 20 },
    bandwidthMbps: { step: 500, pricePerStep: 20 },
  },
  upkeep: {
    unpaidTrustPerTen: -1, // for each ten credits owed and not paid
    unpaidTrustFloor: -6,
  },
  defences,
  score: {
    accuracyWeightPermille: 500, // half of the score is judgement: that is what the game trains
    perTrust: 2,
    perFacilityTier: 50,
    perClient: 5,
    maxClientPoints: 100,
    oneBreachADay: -250, // a breach in ten days costs 25 points, half a facility tier
    gradeFrom: { A: 620, B: 500, C: 380, D: 250, F: 0 },
  },
};

/**
 * The rules of a version.
 * @throws GAME_RULES_VERSION_UNKNOWN
 */
export function rulesFor(version: number): Rules {
  if (version === RULES_VERSION) return rules;
  throw new EngineError('GAME_RULES_VERSION_UNKNOWN', {
    found: `rules version ${version}`,
    expected: `version ${RULES_VERSION}`,
  });
}

/** The honest-share arithmetic of one day: how many of `count` new e-mails may be deceptive. */
export function maxDeceptive(tier: TierRules, count: number): number {
  return Math.floor((count * (HUNDRED_PERCENT - tier.minLegitimatePermille)) / HUNDRED_PERCENT);
}
