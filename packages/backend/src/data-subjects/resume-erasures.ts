/** Goes on with erasures that were interrupted, or that something kept waiting which is over. */
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { listRequests } from '../modules/governance/index.ts';
import { type Erasure, type ErasureOffice, erasePerson } from './erase-person.ts';
import { StoredPlan } from './erasure-plan.ts';

/** Every one is tried: what keeps it is looked at anew, since an order can be released and a period changed at any time. */
export async function resumeErasures(
  office: ErasureOffice,
  tenant: string,
  onStep?: (line: string) => void,
): Promise<Erasure[]> {
  const resumed = [];
  for (const { userId, reason } of await office.tenancy.run(tenant, begunErasures)) {
    const request = { tenant, user: userId, reason, ...(onStep ? { onStep } : {}) };
    resumed.push(await erasePerson(office, request));
  }
  return resumed;
}

async function begunErasures(tx: TenantTx): Promise<{ userId: string; reason: string }[]> {
  const open = await listRequests(tx);
  return open.flatMap(({ kind, status, userId, erasure }) =>
    kind === 'erasure' && (status === 'in_progress' || status === 'postponed') && erasure !== null
      ? [{ userId, reason: StoredPlan.parse(erasure).reason }]
      : [],
  );
}
