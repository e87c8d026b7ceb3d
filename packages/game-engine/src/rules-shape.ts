/**
 * The shape of the rules: what each number is for is said here, its value and reason in rules.ts.
 * A field's name ends in its unit: credits, trust (points), intel (fragments), days, permille (of 1000).
 */
import type {
  AttackKind,
  Defence,
  FacilityTier,
  Grade,
  Outcome,
  Resource,
  Resources,
  ThreatTier,
} from './vocabulary.ts';

/** What a decision changes at once. */
interface Effect {
  readonly credits: number;
  readonly trust: number;
}

export interface TierRules {
  /** New e-mails a day, inclusive. */
  readonly minEmails: number;
  readonly maxEmails: number;
  /** Lower bound of the honest share of a day's new e-mails; holds on every single day. */
  readonly minLegitimatePermille: number;
  /** Weight of a template by its difficulty, 1 to 5: calm days teach the obvious, stormy ones the subtle. */
  readonly difficultyWeights: readonly [number, number, number, number, number];
  /** Chance that the worm itself attacks on a day, whatever the player decided. */
  readonly probePermille: number;
}

interface FacilityRules {
  /** Credits to move in; 0 for the tier that the game starts with. */
  readonly priceCredits: number;
  /** Most that can be brought online. */
  readonly ceiling: Resources;
  /** Rent, guards and diesel, credits a day. */
  readonly upkeepCredits: number;
}

interface DefenceRules {
  readonly priceCredits: number;
  readonly priceIntel: number;
  /** Added to the chance of blocking an attack of the kind. */
  readonly blockPermille: Readonly<Record<AttackKind, number>>;
}

export interface Rules {
  readonly version: number;
  readonly opening: {
    readonly credits: number;
    readonly trust: number;
    readonly intel: number;
    readonly threatTier: ThreatTier;
    readonly facilityTier: FacilityTier;
    readonly allocation: Resources;
  };
  readonly bounds: {
    readonly credits: Bounds;
    readonly trust: Bounds;
    readonly intel: Bounds;
    readonly heat: Bounds;
    readonly score: Bounds;
  };
  readonly threatTiers: Readonly<Record<ThreatTier, TierRules>>;
  readonly inbox: {
    readonly deceptiveSpread: number;
    readonly recentWeightDivisor: number;
    readonly freshWeightFactor: number;
    readonly maxDeferrals: number;
    readonly deferralTrust: number;
    readonly expiryTrust: number;
    readonly backlogTolerance: number;
    readonly backlogTrustEach: number;
    readonly backlogTrustFloor: number;
  };
  readonly indicators: {
    readonly maxPerEmail: number;
    readonly rightIntel: number;
    readonly wrongCredits: number;
  };
  readonly verification: {
    readonly priceCredits: number;
    readonly sameDaySlots: number;
    readonly deskExtraSlots: number;
  };
  readonly outcomes: Readonly<Record<Outcome, Effect>>;
  /** Fragments for flagging a deception rightly, by its difficulty from 1 to 5: a subtle one teaches more. */
  readonly flagIntelByDifficulty: readonly [number, number, number, number, number];
  readonly clients: { readonly max: number; readonly incomePermillePerTrust: number };
  readonly attacks: AttackRules;
  readonly breaches: BreachRules;
  readonly incidents: IncidentRules;
  readonly threat: ThreatRules;
  readonly facilities: Readonly<Record<FacilityTier, FacilityRules>>;
  readonly resources: Readonly<Record<Resource, { readonly step: number; readonly pricePerStep: number }>>;
  readonly upkeep: { readonly unpaidTrustPerTen: number; readonly unpaidTrustFloor: number };
  readonly defences: Readonly<Record<Defence, DefenceRules>>;
  readonly score: ScoreRules;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

interface AttackRules {
  readonly minDwellDays: number;
  readonly maxDwellDays: number;
  readonly baseBlockPermille: number;
  readonly maxBlockPermille: number;
  readonly blockPermillePerBlacklistedDomain: number;
  readonly maxBlacklistBlockPermille: number;
  readonly blacklistedApprovalSeverity: number;
  readonly segmentationSeverity: number;
  readonly severityByDifficulty: readonly [number, number, number, number, number];
  readonly probeSeverityByTier: Readonly<Record<ThreatTier, number>>;
}

interface BreachRules {
  readonly trustPerSeverity: number;
  readonly creditsPerSeverity: number;
  readonly ransomPerSeverity: number;
  readonly heatPerSeverity: number;
  readonly clientLossSeverity: number;
}

interface IncidentRules {
  readonly containCreditsPerSeverity: number;
  readonly containIntel: number;
  readonly restoreCreditsPerSeverity: number;
  readonly restorableKinds: readonly AttackKind[];
  readonly ransomTrust: number;
  readonly ransomHeat: number;
  readonly ignoreTrustPerSeverity: number;
  readonly ignoreHeatPerSeverity: number;
}

interface ThreatRules {
  readonly pointsPerDay: number;
  readonly maxDayPoints: number;
  readonly heatDecayPermille: number;
  readonly performanceMinDecisions: number;
  readonly strongAccuracyPermille: number;
  readonly strongRelief: number;
  readonly weakAccuracyPermille: number;
  readonly weakPressure: number;
  readonly tierFrom: Readonly<Record<ThreatTier, number>>;
}

interface ScoreRules {
  readonly accuracyWeightPermille: number;
  readonly perTrust: number;
  readonly perFacilityTier: number;
  readonly perClient: number;
  readonly maxClientPoints: number;
  /** Points for a breach on every day; a long session is judged by its rate, as a short one is. */
  readonly oneBreachADay: number;
  readonly gradeFrom: Readonly<Record<Grade, number>>;
}
