/** Where a new tenant goes: into its region, apart as far as its tier says, and never onto a tenant’s own instance. */
import { describe, expect, it } from 'vitest';
import { chooseInstance, type WantedPlace } from './choose-instance.ts';

const instance = (
  name: string,
  region: string,
  tenants: number,
  status: 'active' | 'draining' = 'active',
) => ({
  ...{ name, region, tenants, status },
});
const register = {
  instances: [
    instance('main', 'eu', 3),
    instance('eu-2', 'eu', 0),
    instance('us-1', 'us', 9),
    instance('us-2', 'us', 2),
    instance('us-3', 'us', 0, 'draining'),
    instance('owned', 'us', 1),
  ],
  tenants: [
    { slug: 'owner', tier: 'instance' as const, instance: 'owned' },
    { slug: 'guest', tier: 'shared' as const, instance: 'us-2' },
  ],
};
const choose = (wanted: Partial<WantedPlace>) =>
  chooseInstance({ slug: 'new', tier: 'shared', region: 'eu', instance: null, ...wanted }, register);

describe('a new tenant', () => {
  it.each([
    ['shares main in its region', {}, { name: 'main', isNew: false }],
    ['has a schema where others share', { tier: 'schema' }, { name: 'main', isNew: false }],
    ['goes where the fewest are, elsewhere', { region: 'us' }, { name: 'us-2', isNew: false }],
    ['goes where it was told', { region: 'us', instance: 'us-1' }, { name: 'us-1', isNew: false }],
    ['gets an instance of its name', { tier: 'instance' }, { name: 'new', isNew: true }],
    ['gets the one that it was told', { tier: 'instance', instance: 'eu-2' }, { name: 'eu-2', isNew: false }],
    [
      'finds its own again',
      { slug: 'owner', tier: 'instance', region: 'us', instance: 'owned' },
      { name: 'owned', isNew: false },
    ],
  ] as const)('%s', (_, wanted, expected) => {
    expect(choose(wanted)).toEqual(expected);
  });

  it.each([
    ['no instance in the region', { region: 'uk' }],
    ['another region', { instance: 'us-1' }],
    ['an unknown one, for sharing', { instance: 'nowhere' }],
    ['one that is drained', { region: 'us', instance: 'us-3' }],
    ['a tenant’s own', { region: 'us', instance: 'owned' }],
    ['one with others, for one of its own', { tier: 'instance', region: 'us', instance: 'us-2' }],
    ['main, for one of its own', { tier: 'instance', instance: 'main' }],
  ] as const)('is refused: %s', (_, wanted) => {
    expect(() => choose(wanted)).toThrowError(expect.objectContaining({ code: 'TENANT_NO_INSTANCE' }));
  });
});
