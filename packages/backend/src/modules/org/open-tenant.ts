/** What a new tenant starts with until somebody decides otherwise: its settings, how people sign in, how long data is kept. */
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import type { DataClass } from './retention.ts';
import { orgTables } from './schema.ts';

const YEAR_DAYS = 365;

/**
 * The tenant's policy from its first day. Frameworks lengthen it; nothing shortens it but the tenant's own decision.
 * Evidence and audit entries outlast the three years in which most civil claims lapse in the regions served; play and
 * analytics are of use to the tenant for as long as a programme runs.
 */
const POLICIES: Readonly<
  Record<
    DataClass,
    { readonly days: number; readonly basis: 'contract' | 'legitimate_interests'; readonly reason: string }
  >
> = {
  evidence: { days: 5 * YEAR_DAYS, basis: 'legitimate_interests', reason: 'proof of training in a dispute' },
  audit: { days: 5 * YEAR_DAYS, basis: 'legitimate_interests', reason: 'proof of who did what in a dispute' },
  play: { days: 2 * YEAR_DAYS, basis: 'contract', reason: 'people and trainers look back at their games' },
  analytics: {
    days: 2 * YEAR_DAYS,
    basis: 'legitimate_interests',
    reason: 'comparison with the years before',
  },
  operational: { days: 90, basis: 'legitimate_interests', reason: 'finding out why a delivery failed' },
  accounts: { days: 30, basis: 'contract', reason: 'somebody who left by mistake comes back' },
};

/**
 * Repeatable: what is there stays as it is.
 *
 * @param frameworks  codes of the regulations and standards that the tenant says it is bound by
 */
export async function openOrganisation(tx: TenantTx, frameworks: readonly string[]): Promise<void> {
  const tables = orgTables(tx);
  const { tenantId } = tx;
  const startsOn = tx.now.toISOString().slice(0, 10);
  await tx.insert(tables.tenantSettings).values({ tenantId }).onConflictDoNothing();
  await tx.insert(tables.tenantSecurityProfiles).values({ tenantId }).onConflictDoNothing();
  const classes = Object.entries(POLICIES) as [DataClass, (typeof POLICIES)[DataClass]][];
  const known = await tx
    .select({ dataClass: tables.tenantRetentionPolicies.dataClass })
    .from(tables.tenantRetentionPolicies);
  const missing = classes.filter(([dataClass]) => !known.some((each) => each.dataClass === dataClass));
  if (missing.length > 0)
    await tx.insert(tables.tenantRetentionPolicies).values(
      missing.map(([dataClass, { days, basis, reason }]) => ({
        ...{ tenantId, dataClass, reason, startsOn },
        retentionDays: days,
        legalBasis: basis,
      })),
    );
  const bound = await tx
    .select({ code: tables.tenantFrameworks.frameworkCode })
    .from(tables.tenantFrameworks);
  const further = frameworks.filter((code) => !bound.some((each) => each.code === code));
  if (further.length > 0)
    await tx
      .insert(tables.tenantFrameworks)
      .values(further.map((frameworkCode) => ({ tenantId, frameworkCode, adoptedOn: startsOn })));
}
