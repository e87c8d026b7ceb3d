/**
 * The attack on isolation at one place of each tier that the fleet has: which tenants attack which others, and what is
 * tried there. It only ever works in transactions that are rolled back, so it can run on a platform that serves.
 */
import { definedSchema } from '../defined-schema.ts';
import { runAsOwner, tenantRole } from '../kernel/db/index.ts';
import { instanceUrls, MAIN_INSTANCE } from '../kernel/instances/index.ts';
import {
  type AttackedPlace,
  type AttackFinding,
  attackPlace,
  type Group,
  type GroupCount,
  nameOfPlace,
  openField,
  type Remark,
  sortByRows,
  Tally,
  type Tenant,
} from '../kernel/isolation/index.ts';
import { listTenants, type TenantListing } from '../modules/public/index.ts';
import { isolationErrors } from './errors.ts';

export interface AttackRequest {
  readonly controlUrl: string;
  readonly groups: readonly Group[];
  /** Null where there is no Redis. */
  readonly redisUrl: string | null;
  /** Slug of the attacker's tenant; by itself it limits the attack to that tenant's place. */
  readonly from?: string | undefined;
  /** Slug of the tenant that is attacked. */
  readonly against?: string | undefined;
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface AttackReport {
  /** How many attempts were made. */
  readonly checked: number;
  readonly findings: readonly AttackFinding[];
  readonly groups: readonly GroupCount[];
  /** Attempts that could not be made, and so prove nothing. */
  readonly untried: readonly Remark[];
  /** What PostgreSQL tells everybody, and no right or policy stops. */
  readonly limits: readonly Remark[];
  readonly places: readonly { readonly place: string; readonly from: string; readonly against: string }[];
  readonly finished: boolean;
  readonly ms: number;
}

/** @throws ISOLATION_TENANT_UNKNOWN, ISOLATION_TENANTS_MISSING, INSTANCE_UNKNOWN, INSTANCE_DOWN */
export async function attackFleet(request: AttackRequest): Promise<AttackReport> {
  const began = performance.now();
  const tally = new Tally(request.onProgress);
  const served = (await runAsOwner(request.controlUrl, listTenants)).filter(
    ({ status }) => status === 'active',
  );
  const places: { place: string; from: string; against: string }[] = [];
  let finished = true;
  for (const { place, own, victim } of await choosePlaces(request, served)) {
    if (!finished) break;
    places.push({ place: nameOfPlace(place), from: own.slug, against: victim.slug });
    const field = await openField(place, { own, victim });
    try {
      finished = await attackPlace(field, request.groups, tally, request);
    } finally {
      await field.close();
    }
  }
  const { tried: checked, findings, groups, untried, limits } = tally;
  return { checked, findings, groups, untried, limits, places, finished, ms: performance.now() - began };
}

interface Attack {
  readonly place: AttackedPlace;
  readonly own: Tenant;
  readonly victim: Tenant;
}

async function choosePlaces(request: AttackRequest, served: readonly TenantListing[]): Promise<Attack[]> {
  const named = (slug: string) => {
    const tenant = served.find((each) => each.slug === slug);
    if (!tenant) throw isolationErrors.ISOLATION_TENANT_UNKNOWN({ found: slug });
    return tenant;
  };
  const { from, against } = request;
  const attackers = from === undefined ? served : [named(from)];
  const victims = against === undefined ? served : [named(against)];
  const attacks: Attack[] = [];
  for (const tier of ['shared', 'schema', 'instance'] as const) {
    const ofTier = attackers.filter((each) => each.tier === tier);
    const attack = await chooseAt(request, served, { attackers: ofTier, victims });
    if (attack) attacks.push(attack);
  }
  if (attacks.length > 0) return attacks;
  const found = `${served.length} active tenants`;
  throw isolationErrors.ISOLATION_TENANTS_MISSING({
    found,
    expected: 'one to attack from, and one to attack',
  });
}

interface Sides {
  readonly attackers: readonly TenantListing[];
  readonly victims: readonly TenantListing[];
}

/** The victim is a neighbour where there is one: in the same tables, else in the same database, else anywhere. */
async function chooseAt(
  request: AttackRequest,
  served: readonly TenantListing[],
  { attackers, victims }: Sides,
): Promise<Attack | undefined> {
  const [first] = attackers;
  if (!first) return undefined;
  const together = attackers.filter(
    ({ instance, schema }) => instance === first.instance && schema === first.schema,
  );
  const place = await reachPlace(request, served, first);
  const [own = first] = await sortByRows(place.adminUrl, place, together);
  const others = victims.filter(({ id }) => id !== own.id);
  const nearest = [
    others.filter(({ instance, schema }) => instance === place.instance && schema === place.schema),
    others.filter(({ instance }) => instance === place.instance),
    others,
  ].find((each) => each.length > 0);
  const [victim] = nearest ? await sortByRows(place.adminUrl, place, nearest) : [];
  return victim && { place, own, victim };
}

async function reachPlace(
  { controlUrl, redisUrl }: AttackRequest,
  served: readonly TenantListing[],
  { instance, tier, schema }: TenantListing,
): Promise<AttackedPlace> {
  const urls = (name: string) => instanceUrls(name, { mainAdminUrl: controlUrl });
  const appUrlOf = async (name: string) => (await urls(name)).appUrl;
  const elsewhere = served.filter((tenant) => tenant.instance !== instance);
  const others: { instance: string; appUrl: string }[] = [];
  for (const name of new Set([MAIN_INSTANCE, ...served.map((tenant) => tenant.instance)]))
    if (name !== instance) others.push({ instance: name, appUrl: await appUrlOf(name) });
  return {
    ...{ instance, tier, schema, role: schema === null ? 'dmz_app' : tenantRole(schema), redisUrl },
    ...(await urls(instance)),
    ...{ appUrlOf, others, strangers: elsewhere.map(({ id }) => id), reviewed: definedSchema() },
  };
}
