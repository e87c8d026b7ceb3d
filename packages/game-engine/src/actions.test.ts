import { describe, expect, it } from 'vitest';
import { Action, PlayerAction } from './actions.ts';

describe('an action', () => {
  it('plays ten days unless it says otherwise', () => {
    expect(Action.parse({ type: 'start', seed: 1 })).toEqual({ type: 'start', seed: 1, days: 10 });
  });

  it.each<[string, unknown]>([
    ['an unknown type', { type: 'grant_credits' }],
    ['a correction of no event', { type: 'correct', sequence: 0, reason: 'duplicate', creditsDelta: 1 }],
    [
      'a correction beyond all credits',
      { type: 'correct', sequence: 1, reason: 'duplicate', creditsDelta: 1e8 },
    ],
    ['a correction in words', { type: 'correct', sequence: 1, reason: 'he complained', creditsDelta: 1 }],
    ['no type', {}],
    ['a prototype key as type', { type: '__proto__' }],
    ['a field too many', { type: 'advance_day', note: 'my name is ...' }],
    ['a seed beyond 2^53 - 1', { type: 'start', seed: 2 ** 53 }],
    ['a negative seed', { type: 'start', seed: -1 }],
    ['a fractional seed', { type: 'start', seed: 0.5 }],
    ['no days', { type: 'start', seed: 1, days: 0 }],
    ['too many days', { type: 'start', seed: 1, days: 1001 }],
    ['free text as e-mail key', { type: 'open_email', emailKey: 'd01-e01 and more' }],
    ['negative time', { type: 'submit_decision', emailKey: 'd01-e01', decision: 'deny', timeSpentMs: -1 }],
    ['an unknown resource', { type: 'adjust_resource', resource: 'gold', change: 6 }],
    ['a change of a guest', { type: 'adjust_resource', resource: 'client', change: 6 }],
    ['a string', 'advance_day'],
    ['null', null],
  ])('with %s is refused', (_name, value) => {
    expect(Action.safeParse(value).success).toBe(false);
  });

  it('that corrects is none of a player’s', () => {
    const correction = { type: 'correct', sequence: 1, reason: 'duplicate', creditsDelta: 5 } as const;
    expect(Action.parse(correction)).toEqual({ ...correction, trustDelta: 0, intelDelta: 0 });
    expect(PlayerAction.safeParse(correction).success).toBe(false);
    expect(PlayerAction.safeParse({ type: 'advance_day' }).success).toBe(true);
  });

  it('about a guest names it, about capacity says how much', () => {
    expect(
      Action.parse({ type: 'adjust_resource', resource: 'client', clientKey: 'd01-e01-c' }),
    ).toBeDefined();
    expect(Action.parse({ type: 'adjust_resource', resource: 'powerKw', change: -10 })).toBeDefined();
  });
});
