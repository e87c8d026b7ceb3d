/** Whatever is played, in whatever order: the invariants of the engine, over random sequences of legal actions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Action,
  canonicalJson,
  decide,
  fold,
  type GameEvent,
  initialState,
  legalActions,
  refusalOf,
  type SessionState,
} from '../src/index.ts';
import { generateContent } from './content.ts';
import {
  deepFreeze,
  expectInboxesWithinTiers,
  expectStateInBounds,
  expectValidEvents,
} from './invariants.ts';
import { context, type Game, playBot } from './play.ts';

/** A choice among the types of legal actions, and one among the actions of that type. */
type Choice = readonly [type: number, member: number];

const seeds = fc.maxSafeNat();
const choices = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 60, maxLength: 220 });
const runs = { numRuns: 60 };

/** Pausing and abandoning are rare, or hardly any game would get past its first day. */
function choose(legal: readonly Action[], [type, member]: Choice): Action | undefined {
  const rare = type % 53 === 0;
  const usual = legal.filter((action) => rare || (action.type !== 'pause' && action.type !== 'abandon'));
  const types = [...new Set(usual.map((action) => action.type))];
  const members = usual.filter((action) => action.type === types[type % types.length]);
  return members[member % members.length];
}

function playChoices(seed: number, path: readonly Choice[], visit: (state: SessionState) => void): Game {
  const actions: Action[] = [];
  const events: GameEvent[] = [];
  let state = deepFreeze(initialState());
  for (const choice of path) {
    const legal = legalActions(state, context);
    const chosen = choose(legal, choice);
    if (chosen === undefined) break;
    const action = chosen.type === 'start' ? { ...chosen, seed, days: 3 } : chosen;
    const decided = decide(state, action, context);
    if (!decided.ok) throw new Error(`a legal action was refused: ${decided.refusal.code}`);
    expect(decided.events.length).toBeGreaterThan(0);
    actions.push(action);
    events.push(...deepFreeze(decided.events));
    state = deepFreeze(fold(state, decided.events));
    visit(state);
  }
  return { state, actions, events };
}

/** The actions again, on a copy of the content, from nothing. */
function rerun(actions: readonly Action[]): GameEvent[] {
  const again = { rules: context.rules, content: generateContent() };
  let state = initialState();
  return actions.flatMap((action) => {
    const decided = decide(state, Action.parse(structuredClone(action)), again);
    if (!decided.ok) throw new Error(decided.refusal.code);
    state = fold(state, decided.events);
    return decided.events;
  });
}

describe('any sequence of legal actions', () => {
  it('keeps every state in its bounds, mutates none, and emits events that pass their schemas', () => {
    fc.assert(
      fc.property(seeds, choices, (seed, path) => {
        const { events } = playChoices(seed, path, expectStateInBounds);
        expectValidEvents(events);
        expectInboxesWithinTiers(events);
      }),
      runs,
    );
  });

  it('is replayed by folding its events, one sequence number an event', () => {
    fc.assert(
      fc.property(seeds, choices, (seed, path) => {
        const { state, events } = playChoices(seed, path, () => {});
        const stored = events.map((event) => JSON.parse(canonicalJson(event)) as GameEvent);
        expect(canonicalJson(fold(initialState(), stored))).toBe(canonicalJson(state));
        expect(state.sequence).toBe(events.length);
      }),
      runs,
    );
  });

  it('gives the same events, byte for byte, when its actions are run again', () => {
    fc.assert(
      fc.property(seeds, choices, (seed, path) => {
        const { actions, events } = playChoices(seed, path, () => {});
        expect(canonicalJson(rerun(actions))).toBe(canonicalJson(events));
      }),
      runs,
    );
  });

  it('can go on from every state that is not over', () => {
    fc.assert(
      fc.property(seeds, choices, (seed, path) => {
        playChoices(seed, path, (state) => {
          const over = state.status === 'completed' || state.status === 'abandoned';
          expect(legalActions(state, context).length > 0).toBe(!over);
        });
      }),
      runs,
    );
  });
});

describe('any action at all', () => {
  const number = fc.integer({ min: 1, max: 9 });
  const emailKey = fc.tuple(number, number).map(([day, email]) => `d0${Math.min(day, 3)}-e0${email}`);
  const anyAction = fc.record({ type: fc.constantFrom(...actionTypes()), emailKey, number }).map(concrete);

  it('is either refused, and changes nothing, or legal', () => {
    fc.assert(
      fc.property(seeds, choices, fc.array(anyAction, { minLength: 10 }), (seed, path, actions) => {
        const { state } = playChoices(seed, path, () => {});
        const before = canonicalJson(state);
        for (const action of actions) {
          const decided = decide(state, action, context);
          expect(refusalOf(state, action, context) === null).toBe(decided.ok);
          expect(decide(state, action, context)).toEqual(decided);
          expect(canonicalJson(state)).toBe(before);
        }
      }),
      runs,
    );
  });
});

function actionTypes(): Action['type'][] {
  const found: Action['type'][] = ['start', 'acknowledge_day', 'process_threats', 'advance_day'];
  return [...found, 'pause', 'resume', 'abandon', 'open_email', 'submit_decision', 'purchase_upgrade'];
}

function concrete(parts: { type: Action['type']; emailKey: string; number: number }): Action {
  const { type, emailKey, number } = parts;
  if (type === 'start') return { type, seed: number, days: number };
  if (type === 'open_email') return { type, emailKey };
  if (type === 'submit_decision') return { type, emailKey, decision: 'approve', timeSpentMs: number };
  if (type === 'purchase_upgrade') return { type, upgrade: 'generator' };
  return { type } as Action;
}

describe('long sessions', () => {
  it('keep inbox bounds, honest share and state size on every day', () => {
    const { state, events } = playBot({ skill: 'reckless', seed: 3 }, 17, 250);
    expect(state.status).toBe('completed');
    expectInboxesWithinTiers(events);
    let current = initialState();
    for (const event of events) {
      current = fold(current, [event]);
      if (event.type === 'game.day.ended') expectStateInBounds(current);
    }
    expect(
      new Set(events.flatMap((e) => (e.type === 'game.day.started' ? [e.data.threatTier] : []))).size,
    ).toBe(5);
  });

  it('stay bounded for somebody who only ever puts off', () => {
    let state = initialState();
    const events: GameEvent[] = [];
    const play = (action: Action): void => {
      const decided = decide(state, action, context);
      if (!decided.ok) throw new Error(decided.refusal.code);
      events.push(...decided.events);
      state = fold(state, decided.events);
      expectStateInBounds(state);
    };
    play({ type: 'start', seed: 5, days: 60 });
    while (state.status !== 'completed') {
      const ignore = legalActions(state, context).find(
        (action) => action.type === 'resolve_incident' && action.response === 'ignore',
      );
      if (ignore) play(ignore);
      else if (state.phase === 'day_start') play({ type: 'acknowledge_day' });
      else if (state.phase === 'threats') play({ type: 'process_threats' });
      else play({ type: 'advance_day' });
    }
    expect(state.totals.decided).toBe(0);
    expect(state.totals.expired).toBe(state.totals.received);
    expect(state.trust).toBe(-100);
    expectInboxesWithinTiers(events);
  });
});
