/**
 * The state of a session: plain integers, words and short lists, so that it is JSON and can be hashed.
 * Its size is bounded however long the session is: e-mails live four days at most, closed incidents, spent attacks
 * and departed guests are dropped, lists of domains and templates forget their oldest; only counters remain.
 */
import type { EmailCategory, Technique } from './content.ts';
import type { Tally } from './event-fields.ts';
import type {
  AttackKind,
  Defence,
  FacilityTier,
  FinalDecision,
  Grade,
  IndicatorLocation,
  Offer,
  Phase,
  Resources,
  SessionStatus,
  ThreatTier,
} from './vocabulary.ts';

/** Version of `evolve` and of this shape; a snapshot of another version is not comparable. */
export const REDUCER_VERSION = 1;

/**
 * Lengths at which lists forget their oldest entry. They belong to the reducer rather than to the rules: changing
 * one changes the fold of events already stored, so it needs a new REDUCER_VERSION.
 */
export const STATE_LIMITS = {
  /** Two months of a calm session's senders; beyond that, nobody remembers. */
  listedDomains: 100,
  /** Templates that the inbox avoids for a while: about four days of a stormy session. */
  recentTemplates: 48,
} as const;

export type EmailStatus = 'pending' | 'verifying' | 'deferred' | 'decided';

export interface IndicatorMark {
  readonly technique: Technique;
  readonly location: IndicatorLocation;
  readonly correct: boolean;
}

export interface InboxEmail {
  readonly emailKey: string;
  readonly templateKey: string;
  /** The day it came. */
  readonly day: number;
  readonly category: EmailCategory;
  readonly difficulty: number;
  /** The truth; a UI must not show it before the decision is resolved. */
  readonly legitimate: boolean;
  readonly attackKind: AttackKind | null;
  readonly senderDomain: string;
  readonly offer: Offer | null;
  readonly status: EmailStatus;
  readonly opened: boolean;
  readonly marks: readonly IndicatorMark[];
  /** Null until verification is requested. */
  readonly verificationDueDay: number | null;
  readonly verified: boolean;
  readonly deferrals: number;
  readonly decision: FinalDecision | null;
  readonly capacityLacking: boolean;
}

export interface Client {
  readonly clientKey: string;
  /** The last day it pays for. */
  readonly untilDay: number;
  readonly creditsPerDay: number;
  readonly occupies: Resources;
}

export interface PendingAttack {
  readonly attackKey: string;
  readonly kind: AttackKind;
  readonly severity: number;
  readonly emailKey: string | null;
  readonly dueDay: number;
}

export interface Incident {
  readonly incidentKey: string;
  readonly kind: AttackKind;
  readonly severity: number;
  /** Zero where nobody asks for a ransom. */
  readonly ransomCredits: number;
}

export interface SessionState {
  /** Number of events folded so far, and the sequence of the last one. */
  readonly sequence: number;
  readonly status: SessionStatus;
  /** Null before the start. */
  readonly phase: Phase | null;
  readonly seed: number;
  readonly days: number;
  /** From 1; 0 before the start. */
  readonly day: number;
  readonly engineVersion: string;
  readonly rulesVersion: number;
  readonly contentVersion: string;
  /** Of today; `nextThreatTier` takes effect tomorrow. */
  readonly threatTier: ThreatTier;
  readonly nextThreatTier: ThreatTier;
  /** Attention of attackers, 0 to 100: breaches raise it, days let it fade. */
  readonly heat: number;
  readonly credits: number;
  readonly trust: number;
  readonly intel: number;
  readonly facilityTier: FacilityTier;
  /** Capacity that is online, at most the facility's ceiling. */
  readonly allocation: Resources;
  readonly defences: readonly Defence[];
  readonly inbox: readonly InboxEmail[];
  readonly clients: readonly Client[];
  readonly attacks: readonly PendingAttack[];
  /** Open ones only. */
  readonly incidents: readonly Incident[];
  readonly whitelist: readonly string[];
  readonly blacklist: readonly string[];
  /** Newest last. */
  readonly recentTemplates: readonly string[];
  /** Attacks launched today, which numbers the next one. */
  readonly attacksToday: number;
  readonly today: Tally;
  readonly totals: Tally;
  /** Null until the session is completed. */
  readonly score: number | null;
  readonly grade: Grade | null;
}

export const emptyTally: Tally = Object.freeze({
  received: 0,
  decided: 0,
  correct: 0,
  deferred: 0,
  expired: 0,
  verifications: 0,
  marksRight: 0,
  marksWrong: 0,
  attacksBlocked: 0,
  breaches: 0,
  clientsAdmitted: 0,
});

/** A session before its first event. */
export function initialState(): SessionState {
  return {
    sequence: 0,
    status: 'new',
    phase: null,
    seed: 0,
    days: 0,
    day: 0,
    engineVersion: '',
    rulesVersion: 0,
    contentVersion: '',
    threatTier: 'LOW',
    nextThreatTier: 'LOW',
    heat: 0,
    credits: 0,
    trust: 0,
    intel: 0,
    facilityTier: 'outpost',
    allocation: { rackUnits: 0, powerKw: 0, coolingKw: 0, bandwidthMbps: 0 },
    defences: [],
    inbox: [],
    clients: [],
    attacks: [],
    incidents: [],
    whitelist: [],
    blacklist: [],
    recentTemplates: [],
    attacksToday: 0,
    today: emptyTally,
    totals: emptyTally,
    score: null,
    grade: null,
  };
}
