/** The rules of play, one sentence each, on a session that is steered to the point. */
import { describe, expect, it } from 'vitest';
import {
  type Action,
  decide,
  type EventData,
  type FinalDecision,
  fold,
  type GameEvent,
  type GameEventType,
  type InboxEmail,
  initialState,
  rules,
  type SessionState,
} from '../src/index.ts';
import { act, context } from './play.ts';

const morning = act(act(initialState(), { type: 'start', seed: 4, days: 10 }), { type: 'acknowledge_day' });
const first = morning.inbox[0] as InboxEmail;
const { emailKey } = first;

function eventsOf(state: SessionState, ...actions: Action[]): GameEvent[] {
  let current = state;
  return actions.flatMap((action) => {
    const decided = decide(current, action, context);
    if (!decided.ok) throw new Error(decided.refusal.code);
    current = fold(current, decided.events);
    return decided.events;
  });
}

function only<Type extends GameEventType>(events: readonly GameEvent[], type: Type): EventData<Type>[] {
  return events.filter((event) => event.type === type).map((event) => event.data as EventData<Type>);
}

const facing = (change: Partial<InboxEmail>): SessionState => ({
  ...morning,
  inbox: [{ ...first, offer: null, ...change }],
});
const honest = facing({ legitimate: true, attackKind: null });
const bait = facing({ legitimate: false, attackKind: 'ransomware', templateKey: 'bait-5', difficulty: 3 });
const choose = (decision: FinalDecision): Action => ({
  type: 'submit_decision',
  emailKey,
  decision,
  timeSpentMs: 900,
});
const resolve = (state: SessionState, decision: FinalDecision): GameEvent[] =>
  eventsOf(state, choose(decision), { type: 'advance_day' });

describe('a decision', () => {
  it.each<[string, SessionState, FinalDecision, string, boolean]>([
    ['admits an honest sender', honest, 'approve', 'honest_admitted', true],
    ['denies an honest sender', honest, 'deny', 'honest_denied', false],
    ['accuses an honest sender', honest, 'flag', 'honest_flagged', false],
    ['lets a deception in', bait, 'approve', 'deception_approved', false],
    ['denies a deception', bait, 'deny', 'deception_denied', true],
    ['flags a deception', bait, 'flag', 'deception_flagged', true],
  ])('that %s is resolved when the day advances, not before', (_name, state, decision, outcome, correct) => {
    expect(only(eventsOf(state, choose(decision)), 'game.decision.resolved')).toEqual([]);
    const [resolved] = only(resolve(state, decision), 'game.decision.resolved');
    expect(resolved).toMatchObject({ outcome, correct });
    expect(Math.sign(resolved?.trustDelta ?? 0)).toBe(correct ? 1 : -1);
  });

  it('lists the sender: who is rightly denied is blacklisted, who is rightly admitted whitelisted', () => {
    expect(only(resolve(bait, 'deny'), 'game.sender.listed')).toMatchObject([{ list: 'blacklist' }]);
    expect(only(resolve(honest, 'approve'), 'game.sender.listed')).toMatchObject([{ list: 'whitelist' }]);
    expect(only(resolve(honest, 'deny'), 'game.sender.listed')).toEqual([]);
    expect(only(resolve(bait, 'approve'), 'game.sender.listed')).toEqual([]);
  });

  it('on a deception launches an attack when approved, and none otherwise', () => {
    expect(only(resolve(bait, 'approve'), 'game.attack.launched')).toMatchObject([
      { emailKey, kind: 'ransomware' },
    ]);
    expect(only(resolve(bait, 'flag'), 'game.attack.launched')).toEqual([]);
    expect(only(resolve(honest, 'approve'), 'game.attack.launched')).toEqual([]);
  });

  it('for a rightly flagged deception gives intel by its difficulty', () => {
    expect(only(resolve(bait, 'flag'), 'game.decision.resolved')[0]?.intelDelta).toBe(2);
  });

  it('to deny an honest guest for want of room is right, though it costs a little', () => {
    const huge = { rackUnits: 99, powerKw: 1, coolingKw: 1, bandwidthMbps: 1, creditsPerDay: 9, days: 3 };
    const events = resolve(facing({ legitimate: true, attackKind: null, offer: huge }), 'deny');
    expect(only(events, 'game.decision.resolved')).toMatchObject([
      { outcome: 'honest_denied_for_capacity', correct: true, trustDelta: -1 },
    ]);
  });
});

describe('marking', () => {
  const opened = act(bait, { type: 'open_email', emailKey });
  const sign = context.content.emails.find((email) => email.key === 'bait-5')?.indicators[0];
  const mark = (location: string): Action =>
    ({ type: 'mark_indicator', emailKey, technique: sign?.technique, location }) as Action;

  it('what is there gives intel', () => {
    expect(only(eventsOf(opened, mark(sign?.location ?? '')), 'game.indicator.marked')).toMatchObject([
      { correct: true, indicatorKeys: [sign?.key], intelDelta: 1, creditsDelta: 0 },
    ]);
  });

  it('what is not there costs credits, but never more than there are', () => {
    const wrong = sign?.location === 'subject' ? 'body' : 'subject';
    expect(only(eventsOf(opened, mark(wrong)), 'game.indicator.marked')[0]?.creditsDelta).toBe(-2);
    const poor = { ...opened, credits: 1 };
    expect(only(eventsOf(poor, mark(wrong)), 'game.indicator.marked')[0]?.creditsDelta).toBe(-1);
  });
});

describe('verification', () => {
  const verify: Action = { type: 'request_verification', emailKey };

  it('brings the papers at once while a courier is at hand', () => {
    const events = eventsOf(bait, verify);
    expect(only(events, 'game.verification.requested')).toMatchObject([{ dueDay: 1, costCredits: 10 }]);
    expect(only(events, 'game.verification.delivered')).toMatchObject([{ artifactKeys: ['registry'] }]);
  });

  it('brings them the next morning when the couriers are out, at no deferral', () => {
    const busy = { ...bait, today: { ...bait.today, verifications: rules.verification.sameDaySlots } };
    const waiting = act(busy, verify);
    expect(waiting.inbox[0]?.status).toBe('verifying');
    const night = act(act(waiting, { type: 'advance_day' }), { type: 'process_threats' });
    const next = act(act(act(night, { type: 'advance_day' }), { type: 'advance_day' }), {
      type: 'acknowledge_day',
    });
    expect(next.day).toBe(2);
    expect(next.inbox[0]).toMatchObject({ emailKey, status: 'pending', verified: true, deferrals: 0 });
  });
});

describe('a breach', () => {
  const attack = { attackKey: 'd01-a1', kind: 'ransomware', severity: 3, emailKey, dueDay: 1 } as const;
  const besieged = (number: number): SessionState => ({
    ...honest,
    inbox: [],
    phase: 'threats',
    sequence: 100 + number,
    attacks: [attack],
  });
  const struck = Array.from({ length: 20 }, (_, number) =>
    act(besieged(number), { type: 'process_threats' }),
  ).find((state) => state.status === 'breach_recovery') as SessionState;

  it('puts the session into recovery until its last incident is resolved', () => {
    expect(struck.phase).toBe('incident_response');
    expect(struck.incidents[0]).toMatchObject({ ransomCredits: 180, severity: 3 });
    const [incident] = struck.incidents;
    const after = act(struck, {
      type: 'resolve_incident',
      incidentKey: incident?.incidentKey ?? '',
      response: 'contain',
    });
    expect([after.status, after.phase, after.incidents.length]).toEqual(['active', 'resources', 0]);
    expect(after.credits).toBe(struck.credits - 75);
  });

  it('is still there after a pause', () => {
    expect(act(act(struck, { type: 'pause' }), { type: 'resume' }).status).toBe('breach_recovery');
  });
});
