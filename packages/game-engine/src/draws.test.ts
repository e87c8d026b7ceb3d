import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraws, Stream } from './draws.ts';

const key = { seed: 42, sequence: 7, stream: Stream.inbox };
const take = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

describe('draws', () => {
  it('are the same again for the same key', () => {
    const [first, second] = [createDraws(key), createDraws(key)];
    expect(take(50, () => first.integer(0, 999))).toEqual(take(50, () => second.integer(0, 999)));
  });

  it('differ by seed, also in its upper bits, by sequence and by stream', () => {
    const keys = [
      key,
      { ...key, seed: 43 },
      { ...key, seed: 42 + 2 ** 40 },
      { ...key, sequence: 8 },
      { ...key, sequence: 7 + 2 ** 33 },
      { ...key, stream: Stream.bot },
    ];
    const firsts = keys.map((each) => {
      const draws = createDraws(each);
      return take(4, () => draws.integer(0, 2 ** 32 - 1)).join();
    });
    expect(new Set(firsts).size).toBe(keys.length);
  });

  it('stay in range, whatever the range', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer(), fc.nat(), (seed, min, span) => {
        const drawn = createDraws({ ...key, seed }).integer(min, min + span);
        expect(drawn).toBeGreaterThanOrEqual(min);
        expect(drawn).toBeLessThanOrEqual(min + span);
      }),
    );
  });

  it('refuse a range that is empty or too wide', () => {
    expect(() => createDraws(key).integer(2, 1)).toThrow(RangeError);
    expect(() => createDraws(key).integer(0, 2 ** 32)).toThrow(RangeError);
  });

  it('favour no result', () => {
    const draws = createDraws(key);
    const counts = new Map<number, number>();
    for (const drawn of take(60_000, () => draws.integer(1, 6))) {
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(counts.size).toBe(6);
    expect(chiSquare).toBeLessThan(20.5); // 5 degrees of freedom, p = 0.001; the draws are fixed, so this never flickers
  });

  it('shuffle without losing or doubling', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.array(fc.integer()), (seed, items) => {
        const shuffled = createDraws({ ...key, seed }).shuffle(items);
        expect([...shuffled].sort()).toEqual([...items].sort());
      }),
    );
  });

  it('pick by weight, never what weighs nothing, and nothing when nothing weighs', () => {
    const draws = createDraws(key);
    const picked = Array.from({ length: 4000 }, () =>
      draws.pick(['a', 'b', 'c'], (item) => ({ a: 1, b: 0, c: 3 })[item] ?? 0),
    );
    const share = picked.filter((item) => item === 'c').length;
    expect(picked).not.toContain('b');
    expect(share).toBeGreaterThan(2850);
    expect(share).toBeLessThan(3150);
    expect(draws.pick(['a'], () => 0)).toBeUndefined();
    expect(draws.pick([], () => 1)).toBeUndefined();
  });
});
