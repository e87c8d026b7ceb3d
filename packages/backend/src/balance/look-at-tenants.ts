/** Gathers what suggestions are made from: sizes, people, and what each tenant's plan promises. */
import { runAsOwner } from '../kernel/db/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { countPeople } from '../modules/auth/index.ts';
import { listPlans } from '../modules/billing/index.ts';
import { findRun, listInstances, listPlacements } from '../modules/public/index.ts';
import { storedRequest } from '../provisioning/creation-request.ts';
import { type Balance, type SizedTenant, suggest } from './suggest.ts';
import { tenantSizes } from './tenant-sizes.ts';

interface Place {
  readonly tenancy: Tenancy;
  /** An administrator's URL of the control database. */
  readonly controlUrl: string;
}

export async function suggestMoves(place: Place): Promise<Balance> {
  const { controlUrl, tenancy } = place;
  const sizes = await tenantSizes(place);
  const { instances, placements, plans, planOf } = await runAsOwner(controlUrl, async (tx) => {
    const placed = await listPlacements(tx);
    const codes = new Map<string, string>();
    for (const { id, slug } of placed) {
      const run = await findRun(tx, id, 'creation');
      if (run) codes.set(slug, storedRequest(run.request).plan);
    }
    return {
      instances: await listInstances(tx),
      placements: placed,
      plans: await listPlans(tx),
      planOf: codes,
    };
  });
  const tenants: SizedTenant[] = [];
  for (const size of sizes) {
    const plan = plans.find(({ code }) => code === planOf.get(size.slug));
    const region = placements.find(({ slug }) => slug === size.slug)?.region ?? '';
    const people = await peopleOf(tenancy, size.slug);
    tenants.push({ ...size, region, people, isolation: plan?.isolation ?? null });
  }
  return suggest(tenants, instances);
}

async function peopleOf(tenancy: Tenancy, slug: string): Promise<number | null> {
  try {
    return await tenancy.run(slug, countPeople, { snapshot: true });
  } catch (error) {
    if (isDmzError(error, 'TENANCY_NOT_SERVED')) return null;
    throw error;
  }
}
