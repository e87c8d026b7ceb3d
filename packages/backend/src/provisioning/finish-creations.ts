/**
 * Provisioning as a job: finishes tenants that were asked for and are not open yet, or whose creation was interrupted. The
 * job is their row of `public.tenant_runs`, written with their registration: a tenant that is not placed yet has no rows of
 * its own, so it can have no job among them. A step is done once, under the tenant's lock, whoever looks.
 */
import { runAsOwner } from '../kernel/db/index.ts';
import { DmzError } from '../kernel/errors/index.ts';
import { unfinishedCreations } from '../modules/public/index.ts';
import { createTenant, type Workshop } from './create-tenant.ts';

export interface FinishedCreations {
  /** Slugs of those that are open now. */
  readonly opened: readonly string[];
  /** Those that are looked at again the next time, each with what kept it. */
  readonly left: readonly { readonly slug: string; readonly code: string }[];
}

/** @throws DATABASE_*  where the register cannot be read */
export async function finishCreations(shop: Workshop, signal?: AbortSignal): Promise<FinishedCreations> {
  const opened: string[] = [];
  const left: { slug: string; code: string }[] = [];
  for (const slug of await runAsOwner(shop.controlUrl, unfinishedCreations)) {
    if (signal?.aborted) break;
    try {
      await createTenant(shop, { slug });
      opened.push(slug);
    } catch (error) {
      if (!(error instanceof DmzError)) throw error;
      left.push({ slug, code: error.code });
    }
  }
  return { opened, left };
}
