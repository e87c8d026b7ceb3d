/**
 * What an action brings about: events, or a refusal. Pure: the same state, action and context give the same events,
 * byte for byte, which is what re-running a session's actions relies on.
 */
import type { Action, ActionType } from './actions.ts';
import type { GameEvent } from './events.ts';
import type { Handler } from './handler.ts';
import { advanceDay } from './handlers/advance.ts';
import { correct } from './handlers/correction.ts';
import { submitDecision } from './handlers/decisions.ts';
import { adjustResource, purchaseUpgrade } from './handlers/facility.ts';
import { resolveIncident } from './handlers/incidents.ts';
import { acknowledgeDay } from './handlers/intake.ts';
import { abandon, pause, resume, start } from './handlers/session.ts';
import { processThreats } from './handlers/threats.ts';
import { markIndicator, openEmail, requestVerification } from './handlers/triage.ts';
import { checkMachine } from './machine.ts';
import { type Refusal, refuse } from './refusals.ts';
import type { SessionState } from './state.ts';
import { type DecideContext, Transcript } from './transcript.ts';

export type Decided =
  | { readonly ok: true; readonly events: readonly GameEvent[] }
  | { readonly ok: false; readonly refusal: Refusal };

const handlers: { readonly [Type in ActionType]: Handler<Type> } = {
  start,
  acknowledge_day: acknowledgeDay,
  open_email: openEmail,
  mark_indicator: markIndicator,
  request_verification: requestVerification,
  submit_decision: submitDecision,
  process_threats: processThreats,
  resolve_incident: resolveIncident,
  purchase_upgrade: purchaseUpgrade,
  adjust_resource: adjustResource,
  advance_day: advanceDay,
  pause,
  resume,
  abandon,
  correct,
};

/** The handler of an action; the cast joins what TypeScript cannot: a union's member and its own entry. */
const handlerOf = <Type extends ActionType>(action: { readonly type: Type }): Handler<Type> =>
  handlers[action.type] as unknown as Handler<Type>;

/** Why an action is not allowed now, or null when it is. */
export function refusalOf(state: SessionState, action: Action, context: DecideContext): Refusal | null {
  return (
    checkMachine(state, action) ??
    checkVersions(state, action, context) ??
    handlerOf(action).check(state, action, context)
  );
}

function checkVersions(
  state: SessionState,
  action: Action,
  { rules, content }: DecideContext,
): Refusal | null {
  if (action.type === 'start') return null;
  if (rules.version !== state.rulesVersion) {
    const expected = `version ${state.rulesVersion}`;
    return refuse('GAME_RULES_VERSION_MISMATCH', `rules version ${rules.version}`, expected);
  }
  return content.version === state.contentVersion
    ? null
    : refuse('GAME_CONTENT_VERSION_MISMATCH', content.version, state.contentVersion);
}

/**
 * Decides an action.
 *
 * @param state    the state that the session's events so far fold to
 * @param action   as `Action.parse` returned it
 * @param context  the rules and the content pack of the versions that the session recorded
 * @returns the events, at least one, to be appended together; or why not, in which case nothing happened
 */
export function decide(state: SessionState, action: Action, context: DecideContext): Decided {
  const refusal = refusalOf(state, action, context);
  if (refusal !== null) return { ok: false, refusal };
  const transcript = new Transcript(state, context);
  handlerOf(action).perform(transcript, action);
  return { ok: true, events: transcript.events };
}
