/**
 * What an operator may want to move, and why. It decides nothing: each suggestion names its reason and the command that
 * would follow it.
 */
import { isolationFor, type Plan } from '../modules/billing/index.ts';
import type { RegisteredInstance } from '../modules/public/index.ts';
import type { TenantSize } from './tenant-sizes.ts';

export interface SizedTenant extends TenantSize {
  readonly region: string;
  /** Null while the tenant is not served. */
  readonly people: number | null;
  /** What its plan promises; null for one that was not created with a plan. */
  readonly isolation: Plan['isolation'] | null;
}

export interface Suggestion {
  readonly slug: string;
  readonly reason: string;
  readonly command: string;
}

export interface InstanceLoad {
  readonly instance: string;
  readonly region: string;
  readonly tenants: number;
  readonly rows: number;
  readonly bytes: number;
  /** Of all instances in its region, in hundredths. */
  readonly sharePercent: number;
}

export interface Balance {
  readonly tenants: readonly Suggestion[];
  /** The fullest first. */
  readonly instances: readonly InstanceLoad[];
}

const TIERS = ['shared', 'schema', 'instance'] as const;
const GIB = 1024 ** 3;
/** Above it a dump or a move of one tenant takes long enough that it should be possible without the others. */
const SCHEMA_FROM_BYTES = 2 * GIB;
/** Above it one tenant's vacuum and checkpoints are felt by all on the instance. */
const INSTANCE_FROM_BYTES = 50 * GIB;
/** Less than this is not worth a move, however unequal it is. */
const BALANCE_FROM_BYTES = GIB;
/** An instance that has so many times what another of its region has is worth relieving. */
const UNEQUAL = 2;

export function suggest(tenants: readonly SizedTenant[], instances: readonly RegisteredInstance[]): Balance {
  const loads = instances.map((each) => loadOf(each, tenants, instances));
  const outgrown = tenants.flatMap((tenant) => outgrowing(tenant));
  const moved = new Set(outgrown.map(({ slug }) => slug));
  return {
    tenants: [...outgrown, ...relieving(tenants, loads).filter(({ slug }) => !moved.has(slug))],
    instances: loads.sort(
      (one, other) => other.bytes - one.bytes || one.instance.localeCompare(other.instance),
    ),
  };
}

function loadOf(
  { name, region }: RegisteredInstance,
  tenants: readonly SizedTenant[],
  instances: readonly RegisteredInstance[],
): InstanceLoad {
  const here = tenants.filter(({ instance }) => instance === name);
  const near = new Set(instances.filter((each) => each.region === region).map((each) => each.name));
  const bytesOf = (of: readonly SizedTenant[]) => of.reduce((sum, { bytes }) => sum + bytes, 0);
  const bytes = bytesOf(here);
  const all = bytesOf(tenants.filter(({ instance }) => near.has(instance)));
  const rows = here.reduce((sum, each) => sum + (each.rows ?? 0), 0);
  return {
    ...{ instance: name, region, tenants: here.length, rows, bytes },
    sharePercent: all === 0 ? 0 : Math.round((100 * bytes) / all),
  };
}

/** A tenant is moved up for what its plan promises, its people or its bytes; the highest of them counts. */
function outgrowing({ slug, tier, people, bytes, isolation }: SizedTenant): Suggestion[] {
  const promised = isolation ?? 'shared';
  const bySize = bytes >= INSTANCE_FROM_BYTES ? 'instance' : bytes >= SCHEMA_FROM_BYTES ? 'schema' : 'shared';
  const wanted = [
    { to: promised, reason: `its plan promises tier ${promised}` },
    { to: isolationFor({ isolation: 'shared' }, people ?? 0), reason: `it has ${people} people` },
    { to: bySize, reason: `it has ${(bytes / GIB).toFixed(1)} GiB` },
  ] as const;
  const [highest] = wanted.toSorted((one, other) => TIERS.indexOf(other.to) - TIERS.indexOf(one.to));
  if (!highest || TIERS.indexOf(highest.to) <= TIERS.indexOf(tier)) return [];
  return [{ slug, reason: highest.reason, command: `pnpm dmz tenant move ${slug} --to ${highest.to}` }];
}

/** The largest tenant that shares the fullest instance of a region, to the emptiest that is shared. */
function relieving(tenants: readonly SizedTenant[], loads: readonly InstanceLoad[]): Suggestion[] {
  const owned = new Set(tenants.filter(({ tier }) => tier === 'instance').map(({ instance }) => instance));
  const shared = loads.filter(({ instance }) => !owned.has(instance));
  return [...new Set(shared.map(({ region }) => region))].flatMap((region) => {
    const here = shared
      .filter((each) => each.region === region)
      .toSorted((one, other) => other.bytes - one.bytes);
    const [fullest, emptiest] = [here[0], here.at(-1)];
    if (!fullest || !emptiest || fullest === emptiest) return [];
    if (fullest.bytes < BALANCE_FROM_BYTES || fullest.bytes < UNEQUAL * emptiest.bytes) return [];
    // Moving more than half of the difference would only turn it round.
    const [largest] = tenants
      .filter(
        ({ instance, bytes }) =>
          instance === fullest.instance && bytes <= (fullest.bytes - emptiest.bytes) / 2,
      )
      .toSorted((one, other) => other.bytes - one.bytes);
    if (!largest) return [];
    return [
      {
        slug: largest.slug,
        reason: `${fullest.instance} has ${fullest.sharePercent} % of region ${region}, ${emptiest.instance} ${emptiest.sharePercent} %`,
        command: `pnpm dmz tenant move ${largest.slug} --to ${largest.tier} --instance ${emptiest.instance}`,
      },
    ];
  });
}
