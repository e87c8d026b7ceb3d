import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latenciesOf, percentile } from './percentile.ts';

describe('percentiles', () => {
  it('are nearest ranks: the textbook’s five values', () => {
    const sorted = [15, 20, 35, 40, 50];
    expect([5, 30, 40, 50, 100].map((percent) => percentile(sorted, percent))).toEqual([15, 20, 20, 35, 50]);
  });

  it('are values that were measured, in order, with so many percent not above them', () => {
    const measured = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 });
    fc.assert(
      fc.property(measured, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const sorted = [...values].sort((one, other) => one - other);
        const found = percentile(sorted, percent);
        expect(values).toContain(found);
        const notAbove = values.filter((value) => value <= found).length;
        expect(notAbove).toBeGreaterThanOrEqual((percent / 100) * values.length);
      }),
    );
  });

  it('sort by number, leave the measurements alone, and are zeros for none', () => {
    const measured = [10, 9, 100.126];
    expect(latenciesOf(measured)).toEqual({ p50: 10, p95: 100.13, p99: 100.13, max: 100.13 });
    expect(measured).toEqual([10, 9, 100.126]);
    expect(latenciesOf([])).toEqual({ p50: 0, p95: 0, p99: 0, max: 0 });
  });
});
