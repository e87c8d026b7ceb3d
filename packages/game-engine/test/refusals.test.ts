/** Every refusal can be reached, and changes nothing. The table is held complete by its type. */
import { describe, expect, it } from 'vitest';
import {
  type Action,
  type DecideContext,
  decide,
  emptyTally,
  type InboxEmail,
  initialState,
  type RefusalCode,
  refusalCodes,
  refusalDefinitions,
  type SessionState,
} from '../src/index.ts';
import { act, context } from './play.ts';

const started = act(initialState(), { type: 'start', seed: 11, days: 10 });
const triage = act(started, { type: 'acknowledge_day' });
const emailKey = 'd01-e01';
const opened = act(triage, { type: 'open_email', emailKey });
const paused = act(started, { type: 'pause' });
const rich: SessionState = { ...started, credits: 100_000, intel: 1000 };
const inResources: SessionState = { ...rich, phase: 'resources' };
const inUpgrades: SessionState = { ...rich, phase: 'upgrades' };
const incident = { incidentKey: 'd01-i1', kind: 'ransomware', severity: 2, ransomCredits: 120 } as const;
const breached: SessionState = {
  ...started,
  status: 'breach_recovery',
  phase: 'incident_response',
  incidents: [incident],
};
const guest = {
  clientKey: 'd01-e02-c',
  untilDay: 9,
  creditsPerDay: 10,
  occupies: { rackUnits: 24, powerKw: 1, coolingKw: 1, bandwidthMbps: 1 },
};

const open: Action = { type: 'open_email', emailKey };
const mark: Action = { type: 'mark_indicator', emailKey, technique: 'urgency', location: 'body' };
const verify: Action = { type: 'request_verification', emailKey };
const decision = (kind: 'approve' | 'deny' | 'defer'): Action => ({
  type: 'submit_decision',
  emailKey,
  decision: kind,
  timeSpentMs: 1,
});
const changed = (state: SessionState, change: Partial<InboxEmail>): SessionState => ({
  ...state,
  inbox: state.inbox.map((email) => (email.emailKey === emailKey ? { ...email, ...change } : email)),
});
const full = changed(
  { ...triage, clients: [guest] },
  { offer: { ...guest.occupies, creditsPerDay: 9, days: 3 } },
);
const sixMarks = Array.from({ length: 6 }, () => ({
  technique: 'spoofed_sender' as const,
  location: 'from' as const,
  correct: false,
}));
const respond = (response: 'restore_backup' | 'contain'): Action => ({
  type: 'resolve_incident',
  incidentKey: 'd01-i1',
  response,
});
const power = (change: number): Action => ({ type: 'adjust_resource', resource: 'powerKw', change });
const buy = (upgrade: 'facility' | 'mail_gateway'): Action => ({ type: 'purchase_upgrade', upgrade });
const correction = (sequence: number, creditsDelta: number): Action => ({
  type: 'correct',
  sequence,
  reason: 'wrong_scoring',
  creditsDelta,
  trustDelta: 0,
  intelDelta: 0,
});
const withContent = (content: Partial<DecideContext['content']>): DecideContext => ({
  ...context,
  content: { ...context.content, ...content },
});
const onlyBait = withContent({ emails: context.content.emails.filter((email) => !email.legitimate) });

const ways: Record<RefusalCode, [SessionState, Action, DecideContext?]> = {
  GAME_SESSION_NOT_STARTED: [initialState(), { type: 'advance_day' }],
  GAME_SESSION_ALREADY_STARTED: [started, { type: 'start', seed: 1, days: 1 }],
  GAME_SESSION_PAUSED: [paused, { type: 'acknowledge_day' }],
  GAME_SESSION_NOT_PAUSED: [started, { type: 'resume' }],
  GAME_SESSION_OVER: [act(started, { type: 'abandon' }), { type: 'resume' }],
  GAME_ACTION_NOT_ALLOWED_IN_PHASE: [started, open],
  GAME_RULES_VERSION_MISMATCH: [
    started,
    { type: 'acknowledge_day' },
    { ...context, rules: { ...context.rules, version: 2 } },
  ],
  GAME_CONTENT_VERSION_MISMATCH: [started, { type: 'acknowledge_day' }, withContent({ version: 'other@1' })],
  GAME_CONTENT_INSUFFICIENT: [initialState(), { type: 'start', seed: 1, days: 1 }, onlyBait],
  GAME_CONTENT_TEMPLATE_MISSING: [opened, mark, withContent({ emails: [] })],
  GAME_EMAIL_UNKNOWN: [triage, { type: 'open_email', emailKey: 'd09-e99' }],
  GAME_EMAIL_ALREADY_OPENED: [opened, open],
  GAME_EMAIL_NOT_OPENED: [triage, mark],
  GAME_EMAIL_ALREADY_DECIDED: [act(triage, decision('deny')), decision('deny')],
  GAME_EMAIL_DEFERRED: [act(triage, decision('defer')), decision('deny')],
  GAME_EMAIL_AWAITING_VERIFICATION: [
    act({ ...triage, today: { ...emptyTally, verifications: 9 } }, verify),
    decision('deny'),
  ],
  GAME_INDICATOR_LIMIT: [changed(opened, { marks: sixMarks }), mark],
  GAME_INDICATOR_REPEATED: [act(opened, mark), mark],
  GAME_VERIFICATION_REPEATED: [act(triage, verify), verify],
  GAME_DEFERRAL_LIMIT: [changed(triage, { deferrals: 2 }), decision('defer')],
  GAME_CAPACITY_INSUFFICIENT: [full, decision('approve')],
  GAME_CREDITS_INSUFFICIENT: [{ ...triage, credits: 9 }, verify],
  GAME_INTEL_INSUFFICIENT: [{ ...inUpgrades, intel: 0 }, buy('mail_gateway')],
  GAME_INCIDENT_UNKNOWN: [
    { ...breached, incidents: [{ ...incident, incidentKey: 'd01-i2' }] },
    respond('contain'),
  ],
  GAME_INCIDENT_OPEN: [breached, { type: 'advance_day' }],
  GAME_RESPONSE_NOT_APPLICABLE: [breached, respond('restore_backup')],
  GAME_UPGRADE_OWNED: [act(inUpgrades, buy('mail_gateway')), buy('mail_gateway')],
  GAME_UPGRADE_EXHAUSTED: [{ ...inUpgrades, facilityTier: 'citadel' }, buy('facility')],
  GAME_RESOURCE_CHANGE_INVALID: [inResources, power(7)],
  GAME_RESOURCE_CEILING: [inResources, power(1000)],
  GAME_RESOURCE_IN_USE: [
    { ...inResources, clients: [guest] },
    { type: 'adjust_resource', resource: 'rackUnits', change: -6 },
  ],
  GAME_CLIENT_UNKNOWN: [inResources, { type: 'adjust_resource', resource: 'client', clientKey: 'd01-e02-c' }],
  GAME_CORRECTED_EVENT_UNKNOWN: [triage, correction(triage.sequence + 1, 5)],
  GAME_CORRECTION_EMPTY: [{ ...triage, credits: 0 }, correction(1, -5)],
};

describe('a refusal', () => {
  it.each(refusalCodes)('%s is reached, says why, and leaves the state as it was', (code) => {
    const [state, action, within = context] = ways[code];
    const before = JSON.stringify(state);
    const decided = decide(state, action, within);
    if (decided.ok) throw new Error('the action was allowed');
    expect(decided.refusal.code).toBe(code);
    expect(decided.refusal.reason).toBe(refusalDefinitions[code].message);
    expect(decided.refusal.found).not.toBe('');
    expect(decided.refusal.expected).not.toBe('');
    expect(JSON.stringify(state)).toBe(before);
  });

  it('is described in one sentence, with what to do next', () => {
    for (const { message, next } of Object.values(refusalDefinitions)) {
      expect(message).toMatch(/^[A-Z][^.]*\.$/);
      expect(next).toMatch(/^[A-Z].*\.$/);
    }
  });
});
