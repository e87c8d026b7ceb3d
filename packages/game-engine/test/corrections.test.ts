/** A correction is a new event: it changes what it says and nothing else, at any time, and replays like every action. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Action,
  type ActionOf,
  canonicalJson,
  chooseAction,
  decide,
  fold,
  type GameEvent,
  initialState,
  isOver,
  legalActions,
  type SessionState,
} from '../src/index.ts';
import { deepFreeze, expectStateInBounds, expectValidEvents } from './invariants.ts';
import { act, context, type Game } from './play.ts';

const delta = fc.integer({ min: -400, max: 400 });
const correction = fc.record({
  /** Before which of the actions, counted from the start; those behind the last one come after the end. */
  turn: fc.integer({ min: 1, max: 160 }),
  /** Where in the stream so far the wrong event is, in thousandths. */
  place: fc.integer({ min: 1, max: 1_000 }),
  reason: fc.constantFrom('wrong_scoring', 'wrong_content', 'duplicate', 'technical_fault' as const),
  creditsDelta: delta,
  trustDelta: delta,
  intelDelta: delta,
});
type Planned = typeof correction extends fc.Arbitrary<infer Value> ? Value : never;

/** A bot's game of two days, with the corrections put in between; those that would change nothing are left out. */
function playCorrected(seed: number, planned: readonly Planned[], visit: Visit = () => {}): Game {
  const actions: Action[] = [];
  const events: GameEvent[] = [];
  let state = initialState();
  const perform = (action: Action): void => {
    const decided = decide(state, action, context);
    if (!decided.ok) {
      expect([action.type, decided.refusal.code]).toEqual(['correct', 'GAME_CORRECTION_EMPTY']);
      return;
    }
    const before = state;
    const earlier = canonicalJson(events);
    state = fold(state, deepFreeze(decided.events));
    actions.push(action);
    if (action.type === 'correct') visit(before, action, decided.events, state);
    expect(canonicalJson(events)).toBe(earlier);
    events.push(...decided.events);
  };
  const correct = (from: number, to: number): void => {
    for (const { turn, place, ...each } of planned) {
      if (turn < from || turn >= to) continue;
      const sequence = Math.ceil((place / 1_000) * state.sequence);
      perform({ type: 'correct', sequence, ...each });
    }
  };
  perform({ type: 'start', seed, days: 2 });
  let turn = 1;
  for (; !isOver(state); turn += 1) {
    correct(turn, turn + 1);
    perform(chooseAction(state, context, { skill: 'trained', seed }));
  }
  correct(turn, Number.POSITIVE_INFINITY);
  return { state, actions, events };
}

type Visit = (
  before: SessionState,
  action: ActionOf<'correct'>,
  events: readonly GameEvent[],
  after: SessionState,
) => void;

const games = [fc.maxSafeNat(), fc.array(correction, { minLength: 1, maxLength: 8 })] as const;
const runs = { numRuns: 60 };

describe('a correction', () => {
  it('is one event, which refers to the wrong one and changes credits, trust and intel alone, within their bounds', () => {
    fc.assert(
      fc.property(...games, (seed, planned) => {
        playCorrected(seed, planned, (before, { sequence, reason, ...asked }, events, after) => {
          expectValidEvents(events);
          const [event] = events;
          if (events.length !== 1 || event?.type !== 'game.event.corrected') throw new Error('not one event');
          const { creditsDelta, trustDelta, intelDelta } = event.data;
          expect(event.data).toMatchObject({ sequence, reason });
          expect(sequence).toBeLessThanOrEqual(before.sequence);
          expect(Math.abs(creditsDelta)).toBeLessThanOrEqual(Math.abs(asked.creditsDelta));
          expect(after).toEqual({
            ...before,
            sequence: before.sequence + 1,
            credits: before.credits + creditsDelta,
            trust: before.trust + trustDelta,
            intel: before.intel + intelDelta,
          });
          expectStateInBounds(after);
        });
      }),
      runs,
    );
  });

  it('folds and runs again to the byte, with the play that goes on behind it', () => {
    fc.assert(
      fc.property(...games, (seed, planned) => {
        const { state, actions, events } = playCorrected(seed, planned);
        const stored = events.map((event) => JSON.parse(canonicalJson(event)) as GameEvent);
        expect(canonicalJson(fold(initialState(), stored))).toBe(canonicalJson(state));
        let again = initialState();
        const decided = actions.flatMap((action) => {
          const outcome = decide(again, action, context);
          if (!outcome.ok) throw new Error(outcome.refusal.code);
          again = fold(again, outcome.events);
          return outcome.events;
        });
        expect(canonicalJson(decided)).toBe(canonicalJson(events));
      }),
      runs,
    );
  });

  const correct: Action = {
    type: 'correct',
    sequence: 2,
    reason: 'wrong_scoring',
    creditsDelta: 7,
    trustDelta: 0,
    intelDelta: 0,
  };
  const started = act(initialState(), { type: 'start', seed: 3, days: 2 });

  it('is possible while a session is paused and when it is over, and of a correction too; not before the start', () => {
    for (const type of ['pause', 'abandon'] as const) {
      const state = act(started, { type });
      const once = act(state, correct);
      expect(once).toEqual({ ...state, sequence: state.sequence + 1, credits: state.credits + 7 });
      const twice = act(once, { ...correct, sequence: once.sequence, creditsDelta: -7 });
      expect(twice).toEqual({ ...state, sequence: state.sequence + 2 });
    }
    const early = decide(initialState(), correct, context);
    expect(early).toMatchObject({ ok: false, refusal: { code: 'GAME_SESSION_NOT_STARTED' } });
  });

  it('leaves score and grade as they were given', () => {
    const { state } = playCorrected(5, []);
    const corrected = act(state, correct);
    expect([corrected.score, corrected.grade, corrected.status]).toEqual([
      state.score,
      state.grade,
      'completed',
    ]);
    expect(state.score).not.toBeNull();
  });

  it('is offered to no player', () => {
    const offered = new Set<string>();
    let state = initialState();
    for (; !isOver(state); state = act(state, chooseAction(state, context, { skill: 'novice', seed: 2 })))
      for (const { type } of legalActions(state, context)) offered.add(type);
    expect(offered.size).toBeGreaterThan(8);
    expect(offered).not.toContain('correct');
  });
});
