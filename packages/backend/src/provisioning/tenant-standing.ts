/**
 * Suspending, resuming and archiving a tenant. The register is told first, because a move that is under way asks it how the
 * tenant is to be served where it arrives; then the instance, with the entry in the tenant's audit log, in one transaction.
 * Killed in between, the same command finishes it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { runAsOwner } from '../kernel/db/index.ts';
import { instanceUrls } from '../kernel/instances/index.ts';
import { aloneInTenant, type Standing, type TenantId, type TenantLocation } from '../kernel/tenancy/index.ts';
import { recordAudit } from '../modules/admin/index.ts';
import {
  listPlacements,
  listResidents,
  requireTenant,
  setTenantStatus,
  type TenantStatus,
} from '../modules/public/index.ts';
import { provisioningErrors } from './errors.ts';
import { aloneWithTenant } from './tenant-lock.ts';

/** A flip of a move takes less than a second; longer, the move was killed in the middle of it. */
const ARRIVAL_MS = 10_000;
const LOOK_AGAIN_MS = 100;

interface Change {
  readonly from: readonly TenantStatus[];
  readonly to: TenantStatus;
  readonly standing: Standing;
  readonly action: string;
}

export const STANDINGS = {
  /** Play is refused and nothing can be read; all data stays. */
  suspend: {
    from: ['active'],
    to: 'suspended',
    standing: 'suspended',
    action: 'public.tenant.suspended',
  },
  /** Nothing changes any more; what is there can be read for exports, and periods of retention run. */
  archive: {
    from: ['active', 'suspended'],
    to: 'archived',
    standing: 'archived',
    action: 'public.tenant.archived',
  },
  /** As before. */
  resume: {
    from: ['suspended', 'archived'],
    to: 'active',
    standing: 'serving',
    action: 'public.tenant.resumed',
  },
} as const satisfies Record<string, Change>;

export interface StandingRequest {
  readonly slug: string;
  /** For the audit log; no personal data. */
  readonly reason: string;
}

export interface ChangedStanding {
  readonly slug: string;
  readonly status: TenantStatus;
  /** False when it had been so before. */
  readonly changed: boolean;
}

interface Place {
  /** An administrator's URL of the control database. */
  readonly controlUrl: string;
  readonly log: Logger;
}

/** @throws TENANT_UNKNOWN, TENANT_STATUS_REFUSED, TENANT_ON_THE_MOVE, DATABASE_*, INSTANCE_* */
export function changeStanding(
  place: Place,
  change: Change,
  request: StandingRequest,
): Promise<ChangedStanding> {
  return aloneWithTenant(place.controlUrl, request.slug, () => standAs(place, change, request));
}

async function standAs(
  { controlUrl, log }: Place,
  change: Change,
  { slug, reason }: StandingRequest,
): Promise<ChangedStanding> {
  const tenant = await runAsOwner(controlUrl, async (tx) => {
    const found = await requireTenant(tx, slug);
    if (found.status !== change.to && !change.from.includes(found.status))
      throw provisioningErrors.TENANT_STATUS_REFUSED({
        found: `${slug} is ${found.status}`,
        expected: `${change.from.join(' or ')}`,
      });
    if (found.status !== change.to)
      await setTenantStatus(tx, found.id, change.to, {
        archivedAt: change.to === 'archived' ? new Date() : null,
      });
    return found;
  });
  const deadline = performance.now() + ARRIVAL_MS;
  for (;;) {
    const served = await serveAs({ controlUrl, log }, tenant.slug, change, reason);
    if (served !== 'not there') return { slug, status: change.to, changed: served === 'changed' };
    if (performance.now() > deadline) throw provisioningErrors.TENANT_ON_THE_MOVE({ found: slug });
    await sleep(LOOK_AGAIN_MS);
  }
}

async function serveAs(
  { controlUrl, log }: Place,
  slug: string,
  { standing, action }: Change,
  reason: string,
): Promise<'changed' | 'as before' | 'not there'> {
  const placements = await runAsOwner(controlUrl, listPlacements);
  const placed = placements.find((each) => each.slug === slug);
  if (!placed) return 'not there';
  const { adminUrl } = await instanceUrls(placed.instance, { mainAdminUrl: controlUrl });
  const resident = (await runAsOwner(adminUrl, listResidents)).find(({ tenantId }) => tenantId === placed.id);
  if (resident?.epoch === placed.epoch && resident.state === standing) return 'as before';
  const location: TenantLocation = { ...placed, id: placed.id as TenantId };
  const entry = {
    actor: { kind: 'operator' } as const,
    action,
    subject: { type: 'public.tenants', id: placed.id },
    details: { reason },
  };
  const there = await aloneInTenant(adminUrl, location, standing, (tx) => recordAudit(tx, entry), log);
  return there ? 'changed' : 'not there';
}
