/**
 * The registry of event types: what may be written into a session's stream, and what each carries. Events carry
 * results, not causes to be computed again: `evolve` folds them without rules, content or draws.
 * No event holds text that a player wrote, or anything about who the player is.
 */
import { z } from 'zod';
import { EmailCategory, Technique } from './content.ts';
import { defineEvent, type EventDefinition, upcastEventData } from './define-event.ts';
import { EngineError } from './errors.ts';
import {
  attackKey,
  clientKey,
  count,
  day,
  delta,
  difficulty,
  domain,
  emailKey,
  incidentKey,
  packetKey,
  severity,
  Tally,
  templateKey,
  version,
} from './event-fields.ts';
import {
  AttackKind,
  Decision,
  DepartureReason,
  FacilityTier,
  FinalDecision,
  Grade,
  IncidentResponse,
  IndicatorLocation,
  ListName,
  Offer,
  Outcome,
  Phase,
  Resource,
  Resources,
  ThreatTier,
  Upgrade,
} from './vocabulary.ts';

const definitions = [
  defineEvent('game.session.started', {
    1: z.strictObject({
      seed: count,
      days: z.int().min(1).max(1000),
      engineVersion: version,
      rulesVersion: z.int().min(1),
      contentVersion: version,
      credits: count,
      trust: z.int(),
      intel: count,
      facilityTier: FacilityTier,
      allocation: Resources,
    }),
  }),
  defineEvent('game.session.paused', { 1: z.strictObject({ day }) }),
  defineEvent('game.session.resumed', { 1: z.strictObject({ day }) }),
  defineEvent('game.session.abandoned', { 1: z.strictObject({ day, phase: Phase }) }),
  defineEvent('game.session.completed', {
    1: z.strictObject({
      score: count,
      grade: Grade,
      days: day,
      totals: Tally,
      accuracyPermille: count.max(1000),
      credits: count,
      trust: z.int(),
      intel: count,
      facilityTier: FacilityTier,
      clients: count,
    }),
  }),
  defineEvent('game.day.started', { 1: z.strictObject({ day, threatTier: ThreatTier }) }),
  defineEvent('game.day.acknowledged', { 1: z.strictObject({ day }) }),
  defineEvent('game.phase.entered', { 1: z.strictObject({ day, phase: Phase }) }),
  defineEvent('game.email.received', {
    1: z.strictObject({
      emailKey,
      templateKey,
      day,
      category: EmailCategory,
      difficulty,
      legitimate: z.boolean(),
      senderDomain: domain,
      /** Where the sender already stood when the e-mail came. */
      senderListed: ListName.nullable(),
      /** What approving a deceptive e-mail leads to; null for an honest one. */
      attackKind: AttackKind.nullable(),
      /** Null where nothing is hosted. */
      offer: Offer.nullable(),
    }),
  }),
  defineEvent('game.email.opened', { 1: z.strictObject({ emailKey }) }),
  defineEvent('game.indicator.marked', {
    1: z.strictObject({
      emailKey,
      technique: Technique,
      location: IndicatorLocation,
      correct: z.boolean(),
      /** Keys of the template's indicators that were found; one place can give away more than one. */
      indicatorKeys: z.array(z.string()).max(6),
      creditsDelta: delta,
      intelDelta: delta,
    }),
  }),
  defineEvent('game.verification.requested', {
    1: z.strictObject({ emailKey, packetKey, day, dueDay: day, creditsDelta: delta, costCredits: count }),
  }),
  defineEvent('game.verification.delivered', {
    1: z.strictObject({ emailKey, packetKey, day, artifactKeys: z.array(z.string()).max(4) }),
  }),
  defineEvent('game.email.decided', {
    1: z.strictObject({
      emailKey,
      day,
      decision: Decision,
      timeSpentMs: count,
      /** True when there was no room for the offer at that moment. */
      capacityLacking: z.boolean(),
    }),
  }),
  defineEvent('game.email.deferred', {
    1: z.strictObject({
      emailKey,
      day,
      /** How often this e-mail has been deferred, this time included. */
      deferrals: z.int().min(1),
      /** True when the day ended before the player decided. */
      automatic: z.boolean(),
      trustDelta: delta,
    }),
  }),
  defineEvent('game.email.expired', {
    1: z.strictObject({
      emailKey,
      day,
      reason: z.enum(['deferral_limit', 'session_ended']),
      trustDelta: delta,
    }),
  }),
  defineEvent('game.decision.resolved', {
    1: z.strictObject({
      emailKey,
      day,
      decision: FinalDecision,
      outcome: Outcome,
      correct: z.boolean(),
      creditsDelta: delta,
      trustDelta: delta,
      intelDelta: delta,
      category: EmailCategory,
      difficulty,
      legitimate: z.boolean(),
    }),
  }),
  defineEvent('game.sender.listed', { 1: z.strictObject({ list: ListName, domain, emailKey }) }),
  defineEvent('game.client.admitted', {
    1: z.strictObject({
      clientKey,
      emailKey,
      day,
      untilDay: day,
      creditsPerDay: count,
      occupies: Resources,
    }),
  }),
  defineEvent('game.client.departed', { 1: z.strictObject({ clientKey, day, reason: DepartureReason }) }),
  defineEvent('game.income.received', {
    1: z.strictObject({ day, source: z.enum(['clients']), clients: count, creditsDelta: delta }),
  }),
  defineEvent('game.upkeep.charged', {
    1: z.strictObject({
      day,
      dueCredits: count,
      unpaidCredits: count,
      creditsDelta: delta,
      trustDelta: delta,
    }),
  }),
  defineEvent('game.backlog.penalised', { 1: z.strictObject({ day, count, trustDelta: delta }) }),
  defineEvent('game.attack.launched', {
    1: z.strictObject({
      attackKey,
      day,
      kind: AttackKind,
      severity,
      /** The approved e-mail that let it in; null for a probe by the worm itself. */
      emailKey: emailKey.nullable(),
      dueDay: day,
    }),
  }),
  defineEvent('game.attack.blocked', {
    1: z.strictObject({ attackKey, day, kind: AttackKind, severity, blockPermille: count.max(1000) }),
  }),
  defineEvent('game.breach.occurred', {
    1: z.strictObject({
      incidentKey,
      attackKey,
      emailKey: emailKey.nullable(),
      day,
      kind: AttackKind,
      severity,
      ransomCredits: count,
      creditsDelta: delta,
      trustDelta: delta,
      heatDelta: delta,
      blockPermille: count.max(1000),
    }),
  }),
  defineEvent('game.incident.resolved', {
    1: z.strictObject({
      incidentKey,
      day,
      response: IncidentResponse,
      costCredits: count,
      creditsDelta: delta,
      trustDelta: delta,
      intelDelta: delta,
      heatDelta: delta,
    }),
  }),
  defineEvent('game.threat.assessed', {
    1: z.strictObject({
      day,
      /** From the next day on. */
      threatTier: ThreatTier,
      previousTier: ThreatTier,
      score: count,
      dayPoints: count,
      performancePoints: delta,
      /** What is left of the attackers' attention after today. */
      heat: count,
    }),
  }),
  defineEvent('game.resource.adjusted', {
    1: z.strictObject({ day, resource: Resource, change: delta, allocation: Resources, creditsDelta: delta }),
  }),
  defineEvent('game.upgrade.purchased', {
    1: z.strictObject({
      day,
      upgrade: Upgrade,
      facilityTier: FacilityTier,
      creditsDelta: delta,
      intelDelta: delta,
    }),
  }),
  defineEvent('game.day.ended', {
    1: z.strictObject({
      day,
      tally: Tally,
      credits: count,
      trust: z.int(),
      intel: count,
      threatTier: ThreatTier,
      score: count,
      clients: count,
      /** E-mails that wait for tomorrow. */
      carried: count,
    }),
  }),
] as const;

type Definition = (typeof definitions)[number];
export type GameEventType = Definition['type'];
type DefinitionOf<Type extends GameEventType> = Extract<Definition, { type: Type }>;

/** Data of an event type in its latest version. */
export type EventData<Type extends GameEventType> = z.infer<DefinitionOf<Type>['schema']>;

/** An event in its latest version, as `decide` emits it and `evolve` takes it. */
export type GameEvent = {
  [Type in GameEventType]: {
    readonly type: Type;
    readonly version: number;
    readonly data: Readonly<EventData<Type>>;
  };
}[GameEventType];

/** Every event type by its name. */
export const eventTypes = Object.fromEntries(definitions.map((each) => [each.type, each])) as {
  readonly [Type in GameEventType]: DefinitionOf<Type>;
};

export const isGameEventType = (type: string): type is GameEventType => Object.hasOwn(eventTypes, type);

/**
 * Turns a stored event of any known version into one of the latest version.
 *
 * @throws GAME_EVENT_TYPE_UNKNOWN
 * @throws GAME_EVENT_VERSION_UNSUPPORTED  when a later release wrote it; names both versions
 * @throws GAME_EVENT_DATA_INVALID
 */
export function parseEvent(type: string, version: number, data: unknown): GameEvent {
  if (!isGameEventType(type)) {
    throw new EngineError('GAME_EVENT_TYPE_UNKNOWN', {
      found: type.slice(0, 80),
      expected: `one of ${definitions.length} registered types`,
    });
  }
  const definition: EventDefinition = eventTypes[type];
  return {
    type,
    version: definition.latestVersion,
    data: upcastEventData(definition, version, data),
  } as GameEvent;
}
