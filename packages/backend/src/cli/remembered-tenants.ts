/** The tenants that a long-running command works for: one that was named, or all that are active, asked for now and then. */
import { urlsOf } from '../kernel/instances/index.ts';
import { activeTenants } from '../kernel/tenancy/index.ts';
import type { Place } from './walk-tenants.ts';

/** A new tenant waits no longer than this for whoever runs. */
const REGISTER_MS = 30_000;

/** As the maintenance role: a worker needs no administrator. */
export const everyTenant = ({ postgres }: Pick<Place, 'postgres'>): Promise<string[]> =>
  activeTenants(urlsOf(postgres.adminUrl).maintenanceUrl);

/** @throws TENANCY_UNKNOWN_TENANT  for the tenant that was named */
export async function rememberedTenants(
  place: Place,
  only: string | undefined,
): Promise<() => Promise<readonly string[]>> {
  if (only !== undefined) {
    await place.platform.tenancy.locate(only);
    return async () => [only];
  }
  let known: readonly string[] = [];
  let askedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    // The register is asked now and then, not at each poll.
    if (performance.now() - askedAt > REGISTER_MS) {
      known = await everyTenant(place);
      askedAt = performance.now();
    }
    return known;
  };
}
