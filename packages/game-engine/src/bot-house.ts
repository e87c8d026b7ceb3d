/** How bots run the house: what they answer to an incident, and what they spend their credits on. */
import type { Action } from './actions.ts';
import { type BotSkill, profiles } from './bot-profiles.ts';
import { freeCapacity } from './capacity.ts';
import { refusalOf } from './decide.ts';
import type { SessionState } from './state.ts';
import type { DecideContext } from './transcript.ts';
import { type IncidentResponse, Resource } from './vocabulary.ts';

const careful: readonly IncidentResponse[] = ['restore_backup', 'contain', 'pay_ransom', 'ignore'];
const hasty: readonly IncidentResponse[] = ['pay_ransom', 'ignore'];

export function chooseIncidentResponse(state: SessionState, context: DecideContext, skill: BotSkill): Action {
  const incidentKey = state.incidents[0]?.incidentKey ?? '';
  const responses = skill === 'reckless' ? hasty : careful;
  const actions = responses.map((response): Action => ({ type: 'resolve_incident', incidentKey, response }));
  return (
    actions.find((action) => refusalOf(state, action, context) === null) ?? {
      type: 'resolve_incident',
      incidentKey,
      response: 'ignore',
    }
  );
}

/** Grows while there is money beyond the reserve, else goes on. */
export function chooseFacilityAction(state: SessionState, context: DecideContext, skill: BotSkill): Action {
  const { reserveCredits, wishes } = profiles[skill];
  const wanted: Action[] =
    state.phase === 'resources'
      ? scarceResources(state).map((resource) => ({
          type: 'adjust_resource',
          resource,
          change: context.rules.resources[resource].step,
        }))
      : [...wishes, 'facility' as const].map((upgrade) => ({ type: 'purchase_upgrade', upgrade }));
  // Judged as if the reserve were gone, so that what is affordable leaves the reserve untouched.
  const thrifty = { ...state, credits: Math.max(0, state.credits - reserveCredits) };
  const choice = wanted.find((action) => refusalOf(thrifty, action, context) === null);
  return choice ?? { type: 'advance_day' };
}

/** Room for two more middling guests is enough; ends, since each step up makes the resource less scarce. */
const roomWorthHaving = { rackUnits: 10, powerKw: 10, coolingKw: 10, bandwidthMbps: 400 } as const;

function scarceResources(state: SessionState): Resource[] {
  const free = freeCapacity(state);
  return Resource.options.filter((resource) => free[resource] < roomWorthHaving[resource]);
}
