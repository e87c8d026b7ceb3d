/** What is suggested follows from plan, people, bytes and how full instances are; nothing is suggested without a reason. */
import { describe, expect, it } from 'vitest';
import { type SizedTenant, suggest } from './suggest.ts';

const GIB = 1024 ** 3;
const tenant = (slug: string, more: Partial<SizedTenant> = {}): SizedTenant => ({
  ...{ slug, tier: 'shared', instance: 'main', schema: null, rows: 10, bytes: 1_000, exact: false },
  ...{ region: 'eu', people: 20, isolation: null },
  ...more,
});
const instance = (name: string, region = 'eu') => ({ name, region, status: 'active' as const, tenants: 0 });

describe('a suggestion', () => {
  it.each([
    ['its plan promises more', { isolation: 'schema' }, 'schema', 'its plan promises tier schema'],
    ['it has many people', { people: 300 }, 'schema', 'it has 300 people'],
    ['it has very many people', { people: 4_000 }, 'instance', 'it has 4000 people'],
    ['it has many bytes', { bytes: 3 * GIB }, 'schema', 'it has 3.0 GiB'],
    ['it has very many bytes', { bytes: 60 * GIB, people: 300 }, 'instance', 'it has 60.0 GiB'],
  ] as const)('moves a tenant up because %s', (_, more, to, reason) => {
    expect(suggest([tenant('acme', more)], [instance('main')]).tenants).toEqual([
      { slug: 'acme', reason, command: `pnpm dmz tenant move acme --to ${to}` },
    ]);
  });

  it.each([
    ['is where its plan and size put it', {}],
    ['is at its tier already', { tier: 'schema', isolation: 'schema', people: 300 }],
    ['is higher than it must be', { tier: 'instance', instance: 'own' }],
    ['is not served, so that nobody knows its people', { people: null }],
  ] as const)('is not made for a tenant that %s', (_, more) => {
    expect(suggest([tenant('acme', more)], [instance('main'), instance('own')]).tenants).toEqual([]);
  });

  it('relieves the fullest instance of a region by the largest tenant that does not turn it round', () => {
    const tenants = [
      tenant('huge', { bytes: 1.9 * GIB }),
      tenant('large', { bytes: 0.9 * GIB }),
      tenant('small', { bytes: 0.2 * GIB }),
      tenant('elsewhere', { instance: 'eu-2', bytes: 0.1 * GIB }),
      tenant('abroad', { instance: 'us-1', region: 'us', bytes: 1.5 * GIB }),
      tenant('owner', { tier: 'instance', instance: 'owned', bytes: 0 }),
    ];
    const instances = [instance('main'), instance('eu-2'), instance('us-1', 'us'), instance('owned')];
    const balance = suggest(tenants, instances);
    expect(balance.tenants).toEqual([
      {
        slug: 'large',
        reason: 'main has 97 % of region eu, eu-2 3 %',
        command: 'pnpm dmz tenant move large --to shared --instance eu-2',
      },
    ]);
    expect(balance.instances.map(({ instance: name, sharePercent }) => [name, sharePercent])).toEqual([
      ['main', 97],
      ['us-1', 100],
      ['eu-2', 3],
      ['owned', 0],
    ]);
  });

  it('is not made to move next to nothing', () => {
    const tenants = [tenant('a', { bytes: 0.3 * GIB }), tenant('b', { bytes: 0.3 * GIB })];
    expect(suggest(tenants, [instance('main'), instance('eu-2')]).tenants).toEqual([]);
  });
});
