/** The cache keeps its bounds in number and time, shares what is being made, and keeps no failure. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ShortLivedCache } from './short-lived-cache.ts';

describe('a short-lived cache', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  const counting = () => {
    let made = 0;
    return { make: async () => (made += 1), made: () => made };
  };

  it('makes a value once for callers at the same time, and again when its time is over', async () => {
    const cache = new ShortLivedCache<number>({ entries: 10, lifetimeMs: 1_000 });
    const { make, made } = counting();
    expect(await Promise.all([cache.get('a', make), cache.get('a', make)])).toEqual([1, 1]);
    vi.advanceTimersByTime(999);
    expect(await cache.get('a', make)).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await cache.get('a', make)).toBe(2);
    expect(made()).toBe(2);
  });

  it('holds no more than so many', async () => {
    const cache = new ShortLivedCache<number>({ entries: 3, lifetimeMs: 1_000 });
    const { make } = counting();
    for (let at = 0; at < 100; at += 1) {
      await cache.get(`key ${at}`, make);
      expect(cache.size).toBeLessThanOrEqual(3);
    }
    expect(await cache.get('key 99', make)).toBe(100);
    expect(await cache.get('key 0', make)).toBe(101);
  });

  it('keeps no failure, and drops what it is told to', async () => {
    const cache = new ShortLivedCache<number>({ entries: 3, lifetimeMs: 1_000 });
    await expect(cache.get('a/1', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    const { make } = counting();
    expect(await cache.get('a/1', make)).toBe(1);
    expect(await cache.get('b/1', make)).toBe(2);
    cache.drop('a/');
    expect(await cache.get('a/1', make)).toBe(3);
    expect(await cache.get('b/1', make)).toBe(2);
  });
});
