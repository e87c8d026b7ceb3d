/** Room in the data centre: what is online, what guests occupy, what today's approvals have already promised. */
import type { Rules } from './rules-shape.ts';
import type { SessionState } from './state.ts';
import { Resource, type Resources } from './vocabulary.ts';

const none: Resources = { rackUnits: 0, powerKw: 0, coolingKw: 0, bandwidthMbps: 0 };

function addResources(a: Resources, b: Resources): Resources {
  return {
    rackUnits: a.rackUnits + b.rackUnits,
    powerKw: a.powerKw + b.powerKw,
    coolingKw: a.coolingKw + b.coolingKw,
    bandwidthMbps: a.bandwidthMbps + b.bandwidthMbps,
  };
}

/** What guests occupy now. */
export const occupied = (state: SessionState): Resources =>
  state.clients.reduce((sum, client) => addResources(sum, client.occupies), none);

/**
 * What is left for another guest. Approved e-mails count whether they turn out honest or not: if only honest ones
 * did, the remaining room would tell the player the truth.
 */
export function freeCapacity(state: SessionState): Resources {
  const promised = state.inbox.reduce(
    (sum, email) => (email.decision === 'approve' && email.offer ? addResources(sum, email.offer) : sum),
    occupied(state),
  );
  const { allocation } = state;
  return {
    rackUnits: allocation.rackUnits - promised.rackUnits,
    powerKw: allocation.powerKw - promised.powerKw,
    coolingKw: allocation.coolingKw - promised.coolingKw,
    bandwidthMbps: allocation.bandwidthMbps - promised.bandwidthMbps,
  };
}

/** The first thing that is short for the guest, or null when it can move in. */
export function shortageFor(
  state: SessionState,
  wanted: Resources | null,
  rules: Rules,
): { found: string; expected: string } | null {
  if (wanted === null) return null;
  const promised = state.inbox.filter((email) => email.decision === 'approve' && email.offer !== null).length;
  if (state.clients.length + promised >= rules.clients.max) {
    return {
      found: `${state.clients.length + promised} guests`,
      expected: `fewer than ${rules.clients.max} guests`,
    };
  }
  const free = freeCapacity(state);
  const short = Resource.options.find((resource) => free[resource] < wanted[resource]);
  return short === undefined
    ? null
    : { found: `${free[short]} ${short} free`, expected: `${wanted[short]} ${short}` };
}
