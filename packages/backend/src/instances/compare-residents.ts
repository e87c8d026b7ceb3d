/** Holds the tenants that an instance serves against those that are placed on it: two places that serve one are the worst. */
import type { Finding } from '../kernel/check/index.ts';
import type { PlacementListing, Resident } from '../modules/public/index.ts';

const RULE = 'residents-agree-with-placements';

/** What a resident's state must be while the register has the tenant in a status; null where both may be. */
const STATE_OF_STATUS: Readonly<Record<string, Resident['state'] | null>> = {
  provisioning: null,
  active: 'serving',
  suspended: 'suspended',
  archived: 'archived',
  deleted: null,
};

/**
 * @param placed     tenants that the control database places on the instance
 * @param residents  tenants that the instance itself knows
 */
export function compareResidents(
  placed: readonly PlacementListing[],
  residents: readonly Resident[],
): Finding[] {
  const byId = new Map(residents.map((each) => [each.tenantId, each]));
  const ofPlaced = placed.flatMap((tenant) => {
    const detail = disagreement(tenant, byId.get(tenant.id));
    return detail === undefined ? [] : [finding(tenant.slug, detail)];
  });
  const ofOthers = residents
    .filter(({ tenantId, state }) => state !== 'departed' && !placed.some(({ id }) => id === tenantId))
    .map(({ tenantId, state }) => finding(tenantId, `it is ${state} here, and placed elsewhere`));
  return [...ofPlaced, ...ofOthers];
}

function disagreement(tenant: PlacementListing, resident: Resident | undefined): string | undefined {
  const { status, epoch } = tenant;
  const wanted = STATE_OF_STATUS[status] ?? null;
  if (resident === undefined)
    return wanted === null ? undefined : 'it is placed here, and the instance does not know it';
  if (resident.state === 'departed') return 'it is placed here, and has departed';
  if (resident.epoch !== epoch)
    return `it is placed here at epoch ${epoch}, and resides at ${resident.epoch}`;
  if (resident.schemaName !== tenant.schema)
    return `it is placed in ${placeName(tenant.schema)}, and resides in ${placeName(resident.schemaName)}`;
  if (wanted !== null && resident.state !== wanted) return `it is ${status}, and ${resident.state} here`;
  return undefined;
}

const placeName = (schema: string | null): string =>
  schema === null ? 'the module schemas' : `schema ${schema}`;

const finding = (object: string, detail: string): Finding => ({
  rule: RULE,
  object,
  detail,
  remedy:
    'finish what was begun with the tenant: pnpm dmz tenant move resume, or the tenant command that was interrupted',
});
