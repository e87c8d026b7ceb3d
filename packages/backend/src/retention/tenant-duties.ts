/** What binds the rows of a tenant as a whole: it may be deleted when nothing of it must be kept any longer. */
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { holdsInForce } from '../modules/governance/index.ts';
import { DATA_CLASSES } from '../modules/org/index.ts';
import { classDuties, type RetentionDuty } from './duties.ts';

/**
 * Every duty, those included that have ended; the same ground counts once, with its latest end.
 *
 * @param end  the first instant after the tenant's last row
 */
export async function tenantDuties(tx: TenantTx, end: Date): Promise<RetentionDuty[]> {
  const holds = await holdsInForce(tx);
  const duties: RetentionDuty[] = holds.map(({ matter }) => ({
    ground: `legal hold ${matter}`,
    until: null,
  }));
  for (const dataClass of DATA_CLASSES) duties.push(...(await classDuties(tx, dataClass, end)));
  const latest = new Map<string, RetentionDuty>();
  for (const duty of duties) {
    const known = latest.get(duty.ground);
    if (!known || isLater(duty.until, known.until)) latest.set(duty.ground, duty);
  }
  return [...latest.values()];
}

const isLater = (one: Date | null, other: Date | null): boolean =>
  other !== null && (one === null || one > other);
