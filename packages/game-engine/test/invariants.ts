/** What must hold in every state and for every event, said once for all tests that play. */
import { expect } from 'vitest';
import {
  canonicalJson,
  type GameEvent,
  occupied,
  parseEvent,
  Resource,
  rules,
  type SessionState,
  STATE_LIMITS,
} from '../src/index.ts';

/** A state of the generated content stays below this, in UTF-16 units of its canonical JSON. */
export const MAX_STATE_LENGTH = 64 * 1024;

/** Each e-mail lives four days at most: its first, two deferrals, and a night of verification. */
export const MAX_INBOX = 18 * 4;

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}

export function expectStateInBounds(state: SessionState): void {
  if (state.status === 'new') return;
  for (const quantity of ['credits', 'trust', 'intel', 'heat'] as const) {
    expect(state[quantity], quantity).toBeGreaterThanOrEqual(rules.bounds[quantity].min);
    expect(state[quantity], quantity).toBeLessThanOrEqual(rules.bounds[quantity].max);
  }
  const used = occupied(state);
  const { ceiling } = rules.facilities[state.facilityTier];
  for (const resource of Resource.options) {
    expect(used[resource], resource).toBeLessThanOrEqual(state.allocation[resource]);
    expect(state.allocation[resource], resource).toBeLessThanOrEqual(ceiling[resource]);
  }
  expect(state.day).toBeLessThanOrEqual(state.days);
  expect(state.inbox.length).toBeLessThanOrEqual(MAX_INBOX);
  expect(state.clients.length).toBeLessThanOrEqual(rules.clients.max);
  expect(state.whitelist.length).toBeLessThanOrEqual(STATE_LIMITS.listedDomains);
  expect(state.blacklist.length).toBeLessThanOrEqual(STATE_LIMITS.listedDomains);
  expect(state.whitelist.filter((domain) => state.blacklist.includes(domain))).toEqual([]);
  expect(new Set(state.inbox.map((email) => email.emailKey)).size).toBe(state.inbox.length);
  expect(state.inbox.every((email) => email.marks.length <= rules.indicators.maxPerEmail)).toBe(true);
  expect(state.status === 'breach_recovery' && state.incidents.length === 0).toBe(false);
  expect(state.status === 'active' && state.incidents.length > 0).toBe(false);
  expect(canonicalJson(state).length).toBeLessThan(MAX_STATE_LENGTH);
}

/** Each event passes its own schema, is canonical, and holds no minus zero, which JSON would lose. */
export function expectValidEvents(events: readonly GameEvent[]): void {
  for (const event of events) {
    expect(parseEvent(event.type, event.version, event.data)).toEqual(event);
    expect(JSON.parse(canonicalJson(event))).toEqual(event);
  }
}

/** The tier's bounds, on each day by itself. */
export function expectInboxesWithinTiers(events: readonly GameEvent[]): void {
  let tier: SessionState['threatTier'] = 'LOW';
  let received: boolean[] = [];
  for (const event of events) {
    if (event.type === 'game.day.started') {
      tier = event.data.threatTier;
      received = [];
    }
    if (event.type === 'game.email.received') received.push(event.data.legitimate);
    if (event.type === 'game.phase.entered' && event.data.phase === 'triage') {
      const { minEmails, maxEmails, minLegitimatePermille } = rules.threatTiers[tier];
      const honest = received.filter(Boolean).length;
      expect(received.length).toBeGreaterThanOrEqual(minEmails);
      expect(received.length).toBeLessThanOrEqual(maxEmails);
      expect(honest * 1000).toBeGreaterThanOrEqual(received.length * minLegitimatePermille);
    }
  }
}
