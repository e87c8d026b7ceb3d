/** The tier of a tenant is what its plan promises, or more where its size asks for it. */
import { describe, expect, it } from 'vitest';
import { isolationFor } from './plans.ts';

describe('a tenant is kept apart', () => {
  it.each([
    ['shared', 5, 'shared'],
    ['shared', 249, 'shared'],
    ['shared', 250, 'schema'],
    ['shared', 2_500, 'instance'],
    ['schema', 50, 'schema'],
    ['schema', 2_000, 'schema'],
    ['schema', 2_500, 'instance'],
    ['instance', 100, 'instance'],
    ['instance', 100_000, 'instance'],
  ] as const)('with a plan of tier %s and %i seats as %s', (isolation, seats, expected) => {
    expect(isolationFor({ isolation }, seats)).toBe(expected);
  });
});
