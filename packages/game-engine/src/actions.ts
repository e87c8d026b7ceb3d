/**
 * What can be asked for, by players and by those who put right what went wrong. `PlayerAction.parse` is the border: it is
 * given whatever a client sent, and lets pass only enumerations, bounded integers and keys of a known form, so that no
 * free text ever reaches an event. `Action` is what a session's record may hold.
 */
import { z } from 'zod';
import { Technique } from './content.ts';
import {
  CorrectionReason,
  Decision,
  IncidentResponse,
  IndicatorLocation,
  Resource,
  Upgrade,
} from './vocabulary.ts';

const emailKey = z.string().regex(/^d\d{2,4}-e\d{2}$/);

/** A year: far longer than any sitting, short enough that sums of it stay safe integers. */
const MAX_TIME_SPENT_MS = 366 * 24 * 60 * 60 * 1000;
/** More than the largest facility's ceiling, so that every sensible change fits. */
const MAX_RESOURCE_CHANGE = 100_000;

/** The whole range of the credits, which is the widest of the three; the rules' bounds cut off what is too much. */
const MAX_CORRECTION = 10_000_000;

const AdjustResource = z.discriminatedUnion('resource', [
  /** Bring capacity online (positive, paid by the step) or take idle capacity offline (negative, nothing is refunded). */
  z.strictObject({
    type: z.literal('adjust_resource'),
    resource: Resource,
    change: z.int().min(-MAX_RESOURCE_CHANGE).max(MAX_RESOURCE_CHANGE),
  }),
  /** Ask a guest to leave before its days are over. */
  z.strictObject({
    type: z.literal('adjust_resource'),
    resource: z.literal('client'),
    clientKey: z.string().regex(/^d\d{2,4}-e\d{2}-c$/),
  }),
]);

export const PlayerAction = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    days: z.int().min(1).max(1000).default(10),
  }),
  z.strictObject({ type: z.literal('acknowledge_day') }),
  z.strictObject({ type: z.literal('open_email'), emailKey }),
  z.strictObject({
    type: z.literal('mark_indicator'),
    emailKey,
    technique: Technique,
    location: IndicatorLocation,
  }),
  z.strictObject({ type: z.literal('request_verification'), emailKey }),
  z.strictObject({
    type: z.literal('submit_decision'),
    emailKey,
    decision: Decision,
    timeSpentMs: z.int().min(0).max(MAX_TIME_SPENT_MS),
  }),
  z.strictObject({ type: z.literal('process_threats') }),
  z.strictObject({
    type: z.literal('resolve_incident'),
    incidentKey: z.string().regex(/^d\d{2,4}-i\d{1,3}$/),
    response: IncidentResponse,
  }),
  z.strictObject({ type: z.literal('purchase_upgrade'), upgrade: Upgrade }),
  AdjustResource,
  z.strictObject({ type: z.literal('advance_day') }),
  z.strictObject({ type: z.literal('pause') }),
  z.strictObject({ type: z.literal('resume') }),
  z.strictObject({ type: z.literal('abandon') }),
]);
export type PlayerAction = z.infer<typeof PlayerAction>;

const correction = (meaning: string) =>
  z.int().min(-MAX_CORRECTION).max(MAX_CORRECTION).default(0).describe(meaning);

/**
 * Makes good what an earlier event did wrong, by changing what it changed; the event itself stays as it is. A correction
 * is an event too, so a wrong one is corrected in its turn.
 */
export const Correction = z.strictObject({
  type: z.literal('correct'),
  sequence: z.int().min(1).describe('the event that was wrong'),
  reason: CorrectionReason,
  creditsDelta: correction('credits to add, or to take'),
  trustDelta: correction('trust to add, or to take'),
  intelDelta: correction('intel to add, or to take'),
});
export type Correction = z.infer<typeof Correction>;

export const Action = z.discriminatedUnion('type', [PlayerAction, Correction]);

export type Action = z.infer<typeof Action>;
export type ActionType = Action['type'];
export type ActionOf<Type extends ActionType> = Extract<Action, { type: Type }>;
