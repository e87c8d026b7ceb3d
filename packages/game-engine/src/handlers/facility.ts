/** The house itself: capacity brought online or taken offline, guests asked to leave, upgrades bought. */
import type { ActionOf } from '../actions.ts';
import { occupied } from '../capacity.ts';
import type { Handler } from '../handler.ts';
import { type Refusal, refuse } from '../refusals.ts';
import type { Rules } from '../rules-shape.ts';
import type { SessionState } from '../state.ts';
import type { Transcript } from '../transcript.ts';
import { FacilityTier, type Resource, type Upgrade } from '../vocabulary.ts';

type Evict = Extract<ActionOf<'adjust_resource'>, { resource: 'client' }>;
type Allocate = Exclude<ActionOf<'adjust_resource'>, Evict>;

/** Bringing online is paid by the step; what goes offline again is not refunded. */
const priceOf = (resource: Resource, change: number, rules: Rules): number =>
  change > 0 ? (change / rules.resources[resource].step) * rules.resources[resource].pricePerStep : 0;

function checkCredits(state: SessionState, price: number): Refusal | null {
  return state.credits >= price
    ? null
    : refuse('GAME_CREDITS_INSUFFICIENT', `${state.credits} credits`, `${price} credits`);
}

function checkAllocation(state: SessionState, { resource, change }: Allocate, rules: Rules): Refusal | null {
  const { step } = rules.resources[resource];
  if (change === 0 || change % step !== 0) {
    return refuse('GAME_RESOURCE_CHANGE_INVALID', `${change}`, `a multiple of ${step} other than 0`);
  }
  const wanted = state.allocation[resource] + change;
  const ceiling = rules.facilities[state.facilityTier].ceiling[resource];
  if (change > 0 && wanted > ceiling) {
    return refuse('GAME_RESOURCE_CEILING', `${wanted} ${resource}`, `at most ${ceiling}`);
  }
  const used = occupied(state)[resource];
  if (change < 0 && wanted < used) {
    return refuse('GAME_RESOURCE_IN_USE', `${wanted} ${resource}`, `at least ${used}`);
  }
  return checkCredits(state, priceOf(resource, change, rules));
}

export const adjustResource: Handler<'adjust_resource'> = {
  check(state, action, { rules }) {
    if (action.resource !== 'client') return checkAllocation(state, action, rules);
    return state.clients.some((client) => client.clientKey === action.clientKey)
      ? null
      : refuse('GAME_CLIENT_UNKNOWN', action.clientKey, `one of ${state.clients.length} guests`);
  },
  perform(transcript, action) {
    const { day, allocation } = transcript.state;
    if (action.resource === 'client') {
      transcript.record('game.client.departed', { clientKey: action.clientKey, day, reason: 'evicted' });
      return;
    }
    const { resource, change } = action;
    transcript.record('game.resource.adjusted', {
      day,
      resource,
      change,
      allocation: { ...allocation, [resource]: allocation[resource] + change },
      creditsDelta: 0 - priceOf(resource, change, transcript.rules), // never minus zero
    });
  },
};

/** The next larger facility, or undefined in a citadel. */
export const nextFacilityTier = (tier: FacilityTier): FacilityTier | undefined =>
  FacilityTier.options[FacilityTier.options.indexOf(tier) + 1];

/** What an upgrade costs now, or null when it cannot be bought again. */
export function upgradePrice(
  state: SessionState,
  upgrade: Upgrade,
  rules: Rules,
): { credits: number; intel: number } | null {
  if (upgrade !== 'facility') {
    const { priceCredits, priceIntel } = rules.defences[upgrade];
    return state.defences.includes(upgrade) ? null : { credits: priceCredits, intel: priceIntel };
  }
  const next = nextFacilityTier(state.facilityTier);
  return next === undefined ? null : { credits: rules.facilities[next].priceCredits, intel: 0 };
}

export const purchaseUpgrade: Handler<'purchase_upgrade'> = {
  check(state, { upgrade }, { rules }) {
    const price = upgradePrice(state, upgrade, rules);
    if (price === null) {
      return upgrade === 'facility'
        ? refuse('GAME_UPGRADE_EXHAUSTED', state.facilityTier, 'a facility that can grow')
        : refuse('GAME_UPGRADE_OWNED', upgrade, 'a defence not bought yet');
    }
    const refusal = checkCredits(state, price.credits);
    if (refusal !== null) return refusal;
    return state.intel >= price.intel
      ? null
      : refuse('GAME_INTEL_INSUFFICIENT', `${state.intel} fragments`, `${price.intel} fragments`);
  },
  perform(transcript: Transcript, { upgrade }) {
    const { state, rules } = transcript;
    const price = upgradePrice(state, upgrade, rules) ?? { credits: 0, intel: 0 };
    const next = upgrade === 'facility' ? nextFacilityTier(state.facilityTier) : undefined;
    transcript.record('game.upgrade.purchased', {
      day: state.day,
      upgrade,
      facilityTier: next ?? state.facilityTier,
      creditsDelta: 0 - price.credits, // never minus zero
      intelDelta: 0 - price.intel,
    });
  },
};
