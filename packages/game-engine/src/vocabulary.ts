/**
 * The words of the game: every enumeration that appears in actions, events and state. They are stored in events,
 * so a word is never renamed and never reused for another meaning.
 */
import { z } from 'zod';
import { EmailIndicator } from './content.ts';

export const SessionStatus = z.enum(['new', 'active', 'paused', 'breach_recovery', 'completed', 'abandoned']);
export type SessionStatus = z.infer<typeof SessionStatus>;

/** In the order in which a day passes through them. */
export const Phase = z
  .enum([
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
  ])
  .describe('phase of the day');
export type Phase = z.infer<typeof Phase>;

/** From calm to storm; the order is the scale. */
export const ThreatTier = z
  .enum(['LOW', 'GUARDED', 'ELEVATED', 'HIGH', 'SEVERE'])
  .describe('level of the threat');
export type ThreatTier = z.infer<typeof ThreatTier>;

/** From the smallest to the largest. */
export const FacilityTier = z
  .enum(['outpost', 'station', 'vault', 'fortress', 'citadel'])
  .describe('size of the house');
export type FacilityTier = z.infer<typeof FacilityTier>;

export const Decision = z
  .enum(['approve', 'deny', 'flag', 'request_verification', 'defer'])
  .describe('what the player decided');
export type Decision = z.infer<typeof Decision>;

/** Decisions that end an e-mail's stay in the inbox. */
export const FinalDecision = z.enum(['approve', 'deny', 'flag']).describe('what the player decided');
export type FinalDecision = z.infer<typeof FinalDecision>;

export const Outcome = z
  .enum([
    'honest_admitted',
    'honest_denied',
    'honest_denied_for_capacity', // there was no room for it, so the refusal is understood
    'honest_flagged',
    'deception_approved',
    'deception_denied',
    'deception_flagged',
  ])
  .describe('what came of the decision');
export type Outcome = z.infer<typeof Outcome>;

export const AttackKind = z
  .enum(['credential_theft', 'ransomware', 'data_leak', 'sabotage'])
  .describe('kind of attack');
export type AttackKind = z.infer<typeof AttackKind>;

export const IncidentResponse = z
  .enum(['contain', 'restore_backup', 'pay_ransom', 'ignore'])
  .describe('how the player answered');
export type IncidentResponse = z.infer<typeof IncidentResponse>;

export const Resource = z
  .enum(['rackUnits', 'powerKw', 'coolingKw', 'bandwidthMbps'])
  .describe('which capacity');
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
export const Upgrade = z.enum([...Defence.options, 'facility']).describe('what is bought');
export type Upgrade = z.infer<typeof Upgrade>;

/** Where in an e-mail an indicator is found. */
export const IndicatorLocation = EmailIndicator.shape.location.describe('where in the e-mail it is');
export type IndicatorLocation = z.infer<typeof IndicatorLocation>;

export const ListName = z.enum(['blacklist', 'whitelist']).describe('which list');
export type ListName = z.infer<typeof ListName>;

export const DepartureReason = z.enum(['term_ended', 'evicted', 'breach']).describe('why it left');
export type DepartureReason = z.infer<typeof DepartureReason>;

export const CorrectionReason = z
  .enum([
    'wrong_scoring',
    'wrong_content', // the content pack has a truth wrong, so right decisions counted as wrong ones
    'duplicate',
    'technical_fault',
  ])
  .describe('why the event is corrected');
export type CorrectionReason = z.infer<typeof CorrectionReason>;

export const Grade = z.enum(['A', 'B', 'C', 'D', 'F']).describe('mark for the session');
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
