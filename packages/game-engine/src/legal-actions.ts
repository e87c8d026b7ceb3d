/**
 * Every concrete action that is allowed at a state, for user interfaces, bots and tests. What has a range is listed
 * by its steps: `start` once, resources by one step up and one down, decisions with no time spent.
 */
import type { Action } from './actions.ts';
import { Technique } from './content.ts';
import { refusalOf } from './decide.ts';
import { isOver } from './machine.ts';
import type { InboxEmail, SessionState } from './state.ts';
import type { DecideContext } from './transcript.ts';
import { Decision, IncidentResponse, IndicatorLocation, Resource, Upgrade } from './vocabulary.ts';

export function legalActions(state: SessionState, context: DecideContext): Action[] {
  if (isOver(state)) return [];
  return candidatesAt(state, context).filter((action) => refusalOf(state, action, context) === null);
}

function candidatesAt(state: SessionState, context: DecideContext): Action[] {
  if (state.status === 'new') return [{ type: 'start', seed: 0, days: 10 }];
  if (state.status === 'paused') return [{ type: 'resume' }, { type: 'abandon' }];
  return [...candidatesOfPhase(state, context), { type: 'pause' }, { type: 'abandon' }];
}

function candidatesOfPhase(state: SessionState, context: DecideContext): Action[] {
  switch (state.phase) {
    case 'day_start':
      return [{ type: 'acknowledge_day' }];
    case 'triage':
      return [{ type: 'advance_day' }, ...state.inbox.flatMap(candidatesForEmail)];
    case 'threats':
      return [{ type: 'process_threats' }];
    case 'incident_response':
      return state.incidents.flatMap(({ incidentKey }) =>
        IncidentResponse.options.map(
          (response): Action => ({ type: 'resolve_incident', incidentKey, response }),
        ),
      );
    case 'resources':
      return [{ type: 'advance_day' }, ...candidatesForResources(state, context)];
    case 'upgrades':
      return [
        { type: 'advance_day' },
        ...Upgrade.options.map((upgrade): Action => ({ type: 'purchase_upgrade', upgrade })),
      ];
    default:
      return [];
  }
}

function candidatesForEmail({ emailKey, opened, status }: InboxEmail): Action[] {
  if (status === 'decided') return opened ? [] : [{ type: 'open_email', emailKey }];
  const marks = Technique.options.flatMap((technique) =>
    IndicatorLocation.options.map(
      (location): Action => ({ type: 'mark_indicator', emailKey, technique, location }),
    ),
  );
  return [
    { type: 'open_email', emailKey },
    { type: 'request_verification', emailKey },
    ...Decision.options.map(
      (decision): Action => ({ type: 'submit_decision', emailKey, decision, timeSpentMs: 0 }),
    ),
    ...(opened ? marks : []),
  ];
}

function candidatesForResources(state: SessionState, { rules }: DecideContext): Action[] {
  const steps = Resource.options.flatMap((resource): Action[] => {
    const { step } = rules.resources[resource];
    return [step, -step].map((change) => ({ type: 'adjust_resource', resource, change }));
  });
  const evictions = state.clients.map(
    ({ clientKey }): Action => ({ type: 'adjust_resource', resource: 'client', clientKey }),
  );
  return [...steps, ...evictions];
}
