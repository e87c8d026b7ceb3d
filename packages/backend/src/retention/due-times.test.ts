/** How old a row is that nothing binds any longer. */
import { describe, expect, it } from 'vitest';
import { lettingGo } from './due-times.ts';
import { type Binding, bindingOfDays } from './duties.ts';

const NOW = new Date('2026-06-15T12:00:00Z');
const years = (ground: string, count: number, endsBefore: string | null = null): Binding => ({
  ground,
  framework: ground,
  endsBefore: endsBefore === null ? null : new Date(endsBefore),
  lengthen: (time, periods) =>
    new Date(time.toISOString().replace(/^\d+/, (year) => String(Number(year) + periods * count))),
});
const policy = (days: number) => bindingOfDays('policy', days);
const due = (...bindings: Binding[]) => lettingGo(bindings, 'nothing said', NOW);

describe('times that are due', () => {
  it('are those before the longest period, whatever the order of the shorter ones', () => {
    const expected = {
      ranges: '{[,2019-06-15T12:00:00.000Z)}',
      ground: 'seven',
      framework: 'seven',
      before: new Date('2019-06-15T12:00:00Z'),
    };
    expect(due(years('three', 3), years('seven', 7), policy(30))).toEqual(expected);
    expect(due(policy(30), years('seven', 7), years('three', 3))).toEqual(expected);
  });

  it('are none where nobody has said how long', () => {
    expect(due()).toEqual({ ranges: '{}', ground: 'nothing said', framework: null, before: null });
  });

  it('leave out the years in which a framework bound the tenant that does no longer', () => {
    expect(due(policy(365), years('ended', 7, '2022-01-01')).ranges).toBe(
      '{[,2019-06-15T12:00:00.000Z),[2022-01-01T00:00:00.000Z,2025-06-15T12:00:00.000Z)}',
    );
  });

  it('are none behind the end of the only framework, since nothing says how long those are kept', () => {
    expect(due(years('ended', 3, '2024-01-01')).ranges).toBe('{[,2023-06-15T12:00:00.000Z)}');
    expect(due(years('ended', 3, '2020-01-01')).ranges).toBe('{[,2020-01-01T00:00:00.000Z)}');
  });
});
