/**
 * The game: sessions as streams of events. What happened is in `game.events` and nowhere else; states, snapshots and
 * read models are derived from it, and a replay proves that they agree.
 */
export { type AcceptedAction, type Append, appendAll, eventId } from './append-events.ts';
export type { AppendToStream, ExpectedSequence } from './append-to-stream.ts';
export type { Branch } from './branch-session.ts';
export { compareStates, type StateChange } from './compare-states.ts';
export type { CorrectionRequest } from './correct-event.ts';
export { countSessions, type SessionCounts } from './count-sessions.ts';
export { gameErrors, gameStates } from './errors.ts';
export { eventSource, type GameConsumer, type PlayedSession } from './event-source.ts';
export { type ActionClaim, type ClaimProblem, examineClaims } from './examine-claims.ts';
export { gameConsumers, READ_MODELS, SNAPSHOTS } from './game-consumers.ts';
export {
  forgetHotSessions,
  hotSessionIdsAfter,
  rebuildHotSession,
  verifyHotSession,
} from './hot-copies.ts';
export { PLAY_ACTIONS } from './limits.ts';
export type { ActionRequest } from './perform-action.ts';
export type { StreamQuery } from './read-stream.ts';
export type { Mismatch, ReplayReport } from './replayed-session.ts';
export { createGame, type Followers, type Game } from './service.ts';
export { daySummaries, listSessions, type SessionSummary, sessionIdsAfter } from './sessions.ts';
export type { StartRequest } from './start-session.ts';
export { hashEvents, hashJson, type StoredEvent } from './stream.ts';
export {
  changesBetween,
  type EventsPage,
  eventsPage,
  type StateDifference,
  sessionEvents,
  sessionState,
} from './time-travel.ts';
