/**
 * The state machine of a session: which action is allowed when. What an action does is in the other files.
 *
 * Status
 *   new              --start-->             active
 *   active           --pause-->             paused
 *   active           --a breach occurs-->   breach_recovery   (only process_threats lets one occur)
 *   breach_recovery  --pause-->             paused
 *   breach_recovery  --last incident resolved--> active
 *   paused           --resume-->            what it was: breach_recovery while an incident is open, else active
 *   active, at the last day's end           --> completed     (final)
 *   active, paused, breach_recovery  --abandon--> abandoned   (final)
 *   any but new      --correct-->           the same, also where it is final: errors are found later
 * Pausing stops the game, not the phase: the phase is kept and continued.
 *
 * Phases of a day. Those marked (waits) need an action; the others pass within the action that reaches them, so that
 * all their events are appended together or not at all.
 *   day_start (waits)            acknowledge_day                         -> inbox_intake
 *   inbox_intake                 packets due arrive, e-mails come        -> triage
 *   triage (waits)               open, mark, verify, decide, as often as wanted
 *                                advance_day                             -> decision_resolution
 *   decision_resolution          decided e-mails show their truth, undecided ones are put off or expire -> consequences
 *   consequences                 backlog is penalised, approved deceptions launch attacks               -> threats
 *   threats (waits)              process_threats: due attacks are blocked or breach, the tier is assessed
 *                                an incident is open                     -> incident_response
 *                                none is open                            -> resources
 *   incident_response (waits)    resolve_incident; after the last one    -> resources
 *   resources (waits)            adjust_resource as often as wanted; advance_day -> upgrades
 *   upgrades (waits)             purchase_upgrade as often as wanted; advance_day -> day_end
 *   day_end                      income, upkeep, departures, summary     -> day_start of the next day, or completed
 *
 * Attacks are launched in one phase and fought in the next one that waits, rather than at once, so that the player
 * sees the cause (the e-mail) and the effect (the breach) apart, as in life.
 */
import type { Action, ActionType } from './actions.ts';
import { type Refusal, refuse } from './refusals.ts';
import type { SessionState } from './state.ts';
import type { Phase } from './vocabulary.ts';

/** Phases in which each action of play is allowed; actions about the session itself do not depend on the phase. */
export const phasesOfAction: Readonly<Partial<Record<ActionType, readonly Phase[]>>> = {
  acknowledge_day: ['day_start'],
  open_email: ['triage'],
  mark_indicator: ['triage'],
  request_verification: ['triage'],
  submit_decision: ['triage'],
  process_threats: ['threats'],
  resolve_incident: ['incident_response'],
  adjust_resource: ['resources'],
  purchase_upgrade: ['upgrades'],
  advance_day: ['triage', 'resources', 'upgrades'],
};

/** The phase a session is in, or null before its start and after its end. */
export function phaseOf(state: SessionState): Phase | null {
  return isOver(state) ? null : state.phase;
}

export const isOver = (state: SessionState): boolean =>
  state.status === 'completed' || state.status === 'abandoned';

/** Refuses what the session's status or the day's phase does not allow. */
export function checkMachine(state: SessionState, action: Action): Refusal | null {
  return checkStatus(state, action) ?? checkPhase(state, action);
}

function checkStatus(state: SessionState, action: Action): Refusal | null {
  const found = `a session that is ${state.status}`;
  if (action.type === 'start') {
    return state.status === 'new' ? null : refuse('GAME_SESSION_ALREADY_STARTED', found, 'a new session');
  }
  if (state.status === 'new') return refuse('GAME_SESSION_NOT_STARTED', found, 'a started session');
  if (action.type === 'correct') return null;
  if (isOver(state)) return refuse('GAME_SESSION_OVER', found, 'a session in play');
  if (action.type === 'resume') {
    return state.status === 'paused' ? null : refuse('GAME_SESSION_NOT_PAUSED', found, 'a paused session');
  }
  if (state.status === 'paused' && action.type !== 'abandon') {
    return refuse('GAME_SESSION_PAUSED', found, 'resume or abandon');
  }
  return null;
}

function checkPhase(state: SessionState, action: Action): Refusal | null {
  const phases = phasesOfAction[action.type];
  if (phases === undefined || state.phase === null || phases.includes(state.phase)) return null;
  if (action.type === 'advance_day' && state.phase === 'incident_response') {
    return refuse('GAME_INCIDENT_OPEN', `${state.incidents.length} open`, 'no open incident');
  }
  return refuse(
    'GAME_ACTION_NOT_ALLOWED_IN_PHASE',
    `${action.type} in phase ${state.phase}`,
    `phase ${phases.join(' or ')}`,
  );
}
