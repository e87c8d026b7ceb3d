/**
 * The words of the game: every enumeration that appears in actions, events and state. They are stored in events,
 * so a word is never renamed and never reused for another meaning.
 */
import { z } from 'zod';
import { EmailIndicator } from './content.ts';

export const SessionStatus = z.enum(['new', 'active', 'paused', 'breach_recovery', 'completed', 'abandoned']);
export type SessionStatus = z.infer<typeof SessionStatus>;

/** In the order in which a day passes through them. */
export const Phase = z.enum([
  'day_start',
  'inbox_intake',
  'triage',
  'decision_resolution',
  'consequences',
  'threats',
  'incident_response',
  'resources',
  'upgrades',
  'day_end',
]);
export type Phase = z.infer<typeof Phase>;

/** From calm to storm; the order is the scale. */
export const ThreatTier = z.enum(['LOW', 'GUARDED', 'ELEVATED', 'HIGH', 'SEVERE']);
export type ThreatTier = z.infer<typeof ThreatTier>;

/** From the smallest to the largest. */
export const FacilityTier = z.enum(['outpost', 'station', 'vault', 'fortress', 'citadel']);
export type FacilityTier = z.infer<typeof FacilityTier>;

export const Decision = z.enum(['approve', 'deny', 'flag', 'request_verification', 'defer']);
export type Decision = z.infer<typeof Decision>;

/** Decisions that end an e-mail's stay in the inbox. */
export const FinalDecision = z.enum(['approve', 'deny', 'flag']);
export type FinalDecision = z.infer<typeof FinalDecision>;

export const Outcome = z.enum([
  'honest_admitted',
  'honest_denied',
  'honest_denied_for_capacity', // there was no room for it, so the refusal is understood
  'honest_flagged',
  'deception_approved',
  'deception_denied',
  'deception_flagged',
]);
export type Outcome = z.infer<typeof Outcome>;

export const AttackKind = z.enum(['credential_theft', 'ransomware', 'data_leak', 'sabotage']);
export type AttackKind = z.infer<typeof AttackKind>;

export const IncidentResponse = z.enum(['contain', 'restore_backup', 'pay_ransom', 'ignore']);
export type IncidentResponse = z.infer<typeof IncidentResponse>;

export const Resource = z.enum(['rackUnits', 'powerKw', 'coolingKw', 'bandwidthMbps']);
export type Resource = z.infer<typeof Resource>;

export const Defence = z.enum([
  'mail_gateway',
  'awareness_training',
  'segmentation',
  'backup_vault',
  'generator',
  'verification_desk',
  'intrusion_detection',
]);
export type Defence = z.infer<typeof Defence>;

/** What can be bought: a defence, or the next facility tier. */
export const Upgrade = z.enum([...Defence.options, 'facility']);
export type Upgrade = z.infer<typeof Upgrade>;

/** Where in an e-mail an indicator is found. */
export const IndicatorLocation = EmailIndicator.shape.location;
export type IndicatorLocation = z.infer<typeof IndicatorLocation>;

export const ListName = z.enum(['blacklist', 'whitelist']);
export type ListName = z.infer<typeof ListName>;

export const DepartureReason = z.enum(['term_ended', 'evicted', 'breach']);
export type DepartureReason = z.infer<typeof DepartureReason>;

export const Grade = z.enum(['A', 'B', 'C', 'D', 'F']);
export type Grade = z.infer<typeof Grade>;

const count = z.int().nonnegative();

/** Amounts of the four things that a data centre runs out of. */
export const Resources = z.strictObject({
  rackUnits: count,
  powerKw: count,
  coolingKw: count,
  bandwidthMbps: count,
});
export type Resources = Readonly<z.infer<typeof Resources>>;

/** What a guest pays a day, for how many days, and what it occupies meanwhile. */
export const Offer = Resources.extend({ creditsPerDay: count, days: count });
export type Offer = Readonly<z.infer<typeof Offer>>;
