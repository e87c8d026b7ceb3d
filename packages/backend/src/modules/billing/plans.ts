/** Which plans there are, how apart their tenants are kept, and what a new tenant may use of one. */

import { asc, eq } from 'drizzle-orm';
import type { OwnerTx } from '../../kernel/db/index.ts';
import { quoted } from '../../kernel/errors/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { billingErrors } from './errors.ts';
import { billingTables } from './schema.ts';

const ISOLATIONS = ['shared', 'schema', 'instance'] as const;
type Isolation = (typeof ISOLATIONS)[number];

export interface Plan {
  readonly code: string;
  readonly isolation: Isolation;
  readonly minSeats: number;
  readonly maxSeats: number | null;
  readonly trialDays: number;
}

/** From so many people on, one tenant's work is felt by those it shares tables with. */
const SCHEMA_FROM_SEATS = 250;
/** From so many on, a tenant's logs are as large as those of all others on an instance together. */
const INSTANCE_FROM_SEATS = 2_500;

/**
 * How apart a tenant is kept: as its plan promises, and further where its size alone asks for it. The first is what was
 * sold; the second keeps a large tenant of a small plan from being everybody's load.
 */
export function isolationFor({ isolation }: Pick<Plan, 'isolation'>, seats: number): Isolation {
  const bySize: Isolation =
    seats >= INSTANCE_FROM_SEATS ? 'instance' : seats >= SCHEMA_FROM_SEATS ? 'schema' : 'shared';
  return ISOLATIONS.indexOf(bySize) > ISOLATIONS.indexOf(isolation) ? bySize : isolation;
}

/**
 * @param seats  how many people; the least that the plan is sold for when undefined
 * @throws BILLING_PLAN_UNKNOWN, BILLING_SEATS_OUT_OF_PLAN
 */
export async function findPlan(
  tx: OwnerTx,
  code: string,
  seats?: number,
): Promise<{ plan: Plan; seats: number }> {
  const all = await listPlans(tx);
  const plan = all.find((each) => each.code === code);
  if (!plan)
    throw billingErrors.BILLING_PLAN_UNKNOWN({
      found: quoted(code),
      expected: all.map((each) => each.code).join(', '),
    });
  const { minSeats, maxSeats } = plan;
  const wanted = seats ?? minSeats;
  if (wanted < minSeats || (maxSeats !== null && wanted > maxSeats))
    throw billingErrors.BILLING_SEATS_OUT_OF_PLAN({
      found: `${wanted} seats`,
      expected: `${minSeats} to ${maxSeats ?? 'any number'} for plan ${code}`,
    });
  return { plan, seats: wanted };
}

/** In the order in which they are shown. */
export async function listPlans(tx: OwnerTx): Promise<Plan[]> {
  const { plans } = billingTables;
  return tx.select().from(plans).orderBy(asc(plans.position));
}

const DAY_MS = 86_400_000;

/**
 * Entitles a tenant to what a plan contains: for its trial, where there is one; else as a courtesy, until a subscription
 * is agreed on. Repeatable: an entitlement to a feature that is there from before stays as it is.
 */
export async function entitleToPlan(tx: TenantTx, code: string): Promise<void> {
  const { plans, planFeatures, entitlements } = billingTables(tx);
  const [plan] = await tx.select({ trialDays: plans.trialDays }).from(plans).where(eq(plans.code, code));
  const contents = await tx.select().from(planFeatures).where(eq(planFeatures.planCode, code));
  const known = await tx.select({ featureKey: entitlements.featureKey }).from(entitlements);
  const trialDays = plan?.trialDays ?? 0;
  const validUntil = trialDays > 0 ? new Date(tx.now.getTime() + trialDays * DAY_MS) : null;
  const missing = contents.filter(({ featureKey }) => !known.some((each) => each.featureKey === featureKey));
  if (missing.length === 0) return;
  await tx.insert(entitlements).values(
    missing.map(({ featureKey, quantity }) => ({
      tenantId: tx.tenantId,
      featureKey,
      source: validUntil === null ? ('courtesy' as const) : ('trial' as const),
      quantity,
      validFrom: tx.now,
      validUntil,
    })),
  );
}
