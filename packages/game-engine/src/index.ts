/**
 * The game engine's door: everything other packages may use. The engine is pure; who calls it brings the state, the
 * action, the rules and the content, and stores the events it answers with.
 */
export { Action, type ActionOf, type ActionType, Correction, PlayerAction } from './actions.ts';
export { type BotGame, type BotGameOptions, playBotGame } from './bot-game.ts';
export { type Bot, type BotSkill, chooseAction } from './bots.ts';
export { canonicalJson } from './canonical-json.ts';
export { freeCapacity, occupied } from './capacity.ts';
export {
  ContentPack,
  EmailCategory,
  EmailIndicator,
  EmailTemplate,
  Technique,
  VerificationArtifact,
} from './content.ts';
export { type Decided, decide, refusalOf } from './decide.ts';
export {
  defineEvent,
  type EventDefinition,
  requireWritable,
  schemaOf,
  upcastEventData,
} from './define-event.ts';
export { createDraws, type DrawKey, type Draws, Stream } from './draws.ts';
export { EngineError, type EngineErrorCode, engineErrorDefinitions, isEngineError } from './errors.ts';
export { Tally } from './event-fields.ts';
export {
  byType,
  EVENT_SCHEMAS,
  type EventData,
  eventTypes,
  type GameEvent,
  type GameEventType,
  isGameEventType,
  parseEvent,
  requireWritableEvent,
} from './events.ts';
export { evolve, fold } from './evolve.ts';
export { nextFacilityTier, upgradePrice } from './handlers/facility.ts';
export { tollOf } from './handlers/incidents.ts';
export { legalActions } from './legal-actions.ts';
export { isOver, phaseOf, phasesOfAction } from './machine.ts';
export { philox4x32 } from './philox.ts';
export { type Refusal, type RefusalCode, refusalCodes, refusalDefinitions } from './refusals.ts';
export { RULES_VERSION, type Rules, rules, rulesFor } from './rules.ts';
export { accuracyOf, gradeOf, scoreOf } from './score.ts';
export {
  type Client,
  type EmailStatus,
  emptyTally,
  type InboxEmail,
  type Incident,
  type IndicatorMark,
  initialState,
  type PendingAttack,
  REDUCER_VERSION,
  type SessionState,
  STATE_LIMITS,
} from './state.ts';
export { type DecideContext, findTemplate } from './transcript.ts';
export { ENGINE_VERSION, requireKnownEngine } from './version.ts';
export * from './vocabulary.ts';
