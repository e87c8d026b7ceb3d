/**
 * Whether every instance is as the register has it: reachable, at this version, with the reference data of this program,
 * and serving those tenants that are placed there and no others. It writes nothing.
 */
import type { CheckReport, Finding } from '../kernel/check/index.ts';
import { runAsOwner } from '../kernel/db/index.ts';
import { diagnose, MIGRATED, ofInstance } from '../kernel/doctor/index.ts';
import { instanceStatus, MAIN_INSTANCE, readAddresses } from '../kernel/instances/index.ts';
import {
  findInstance,
  listInstances,
  listPlacements,
  listResidents,
  type PlacementListing,
  type RegisteredInstance,
} from '../modules/public/index.ts';
import { seedReference } from '../seed.ts';
import { compareResidents } from './compare-residents.ts';

const RULES = [
  'instance-has-an-address',
  'instance-is-registered',
  'instance-carries-the-reference-data',
  'residents-agree-with-placements',
  'tenants-are-in-their-region',
] as const;

interface Register {
  readonly instances: readonly RegisteredInstance[];
  readonly placements: readonly PlacementListing[];
}

/**
 * @param controlUrl  an administrator's URL of the control database
 * @param namespaces  the modules' names
 * @param only        one instance; all that are registered or have an address when undefined
 * @throws INSTANCE_NOT_REGISTERED
 */
export async function checkInstances(
  controlUrl: string,
  namespaces: readonly string[],
  only?: string,
): Promise<CheckReport> {
  const register = await runAsOwner(controlUrl, async (tx) => ({
    instances: only === undefined ? await listInstances(tx) : [await findInstance(tx, only)],
    placements: await listPlacements(tx),
  }));
  const reports = await Promise.all(
    register.instances.map((instance) => checkInstance(instance, register, namespaces)),
  );
  const strangers = only === undefined ? notRegistered(register) : [];
  return {
    checked: RULES.length + Math.max(...reports.map(({ checked }) => checked)),
    findings: [...strangers, ...reports.flatMap(({ findings }) => findings)],
  };
}

async function checkInstance(
  instance: RegisteredInstance,
  { placements }: Register,
  namespaces: readonly string[],
): Promise<CheckReport> {
  const { name } = instance;
  const placed = placements.filter((tenant) => tenant.instance === name);
  const regions = placed.flatMap((tenant) => misplaced(tenant, instance));
  if (name !== MAIN_INSTANCE && !readAddresses().some((each) => each.name === name))
    return { checked: 0, findings: [withoutAddress(name), ...regions] };
  const status = await instanceStatus(name);
  const further = name === MAIN_INSTANCE ? undefined : name;
  const { checked, findings } = await diagnose(status, { namespaces, instance: further });
  const legible = status.postgres.state === 'running' && !findings.some(({ rule }) => rule === MIGRATED);
  const contents = legible ? await checkContents(status.postgres.adminUrl, placed) : [];
  const own = [...regions, ...contents].map((finding) => ofInstance(name, finding));
  return { checked, findings: [...findings, ...own] };
}

async function checkContents(adminUrl: string, placed: readonly PlacementListing[]): Promise<Finding[]> {
  const residents = await runAsOwner(adminUrl, listResidents);
  const findings = compareResidents(placed, residents);
  const differing = await runAsOwner(adminUrl, seedReference, { rehearsal: true });
  if (differing === 0) return findings;
  return [
    ...findings,
    {
      rule: 'instance-carries-the-reference-data',
      object: 'reference tables',
      detail: `${differing} rows are missing, or differ from this version’s`,
      remedy: 'pnpm db:seed, which brings every instance up to date',
    },
  ];
}

function misplaced({ slug, region }: PlacementListing, instance: RegisteredInstance): Finding[] {
  if (region === instance.region) return [];
  return [
    {
      rule: 'tenants-are-in-their-region',
      object: slug,
      detail: `its rows must stay in region ${region}, and the instance is in ${instance.region}`,
      remedy: `pnpm dmz tenant move ${slug} --to …, to an instance in region ${region}`,
    },
  ];
}

function withoutAddress(name: string): Finding {
  return {
    rule: 'instance-has-an-address',
    object: name,
    detail: 'it is registered, and this installation does not know where it is',
    remedy: `pnpm dmz instance add ${name}, with the region and URL that it was added with elsewhere`,
  };
}

function notRegistered({ instances }: Register): Finding[] {
  return readAddresses()
    .filter(({ name }) => !instances.some((each) => each.name === name))
    .map(({ name }) => ({
      rule: 'instance-is-registered',
      object: name,
      detail: 'it has an address here, and the control database does not know it',
      remedy: `pnpm dmz instance add ${name} --region …, which finishes what was begun, or pnpm dmz instance remove ${name}`,
    }));
}
