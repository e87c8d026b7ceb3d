/** What a tenant says of how long its records are kept: what binds it, and how long it keeps them beyond that. */
import { and, desc, eq, lte } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { orgTables } from './schema.ts';

export type DataClass = (typeof orgTables.tenantRetentionPolicies.$inferSelect)['dataClass'];
export const DATA_CLASSES: readonly DataClass[] = orgTables.tenantRetentionPolicies.dataClass.enumValues;

export interface RetentionChoices {
  /** Frameworks that bind the tenant or have bound it; `endedOn` is the last day, as YYYY-MM-DD. */
  readonly frameworks: readonly { readonly code: string; readonly endedOn: string | null }[];
  /** Days by the tenant's own policy in force; null where it has set none. */
  readonly policyDays: number | null;
  /** GDPR Art. 6(1), on which that policy rests. */
  readonly policyBasis: (typeof orgTables.tenantRetentionPolicies.$inferSelect)['legalBasis'] | null;
}

/** Needs a tenant transaction. */
export async function retentionChoices(tx: TenantTx, dataClass: DataClass): Promise<RetentionChoices> {
  const { tenantFrameworks, tenantRetentionPolicies: policies } = orgTables(tx);
  const frameworks = await tx
    .select({ code: tenantFrameworks.frameworkCode, endedOn: tenantFrameworks.endedOn })
    .from(tenantFrameworks);
  const today = tx.now.toISOString().slice(0, 10);
  const [policy] = await tx
    .select({ days: policies.retentionDays, basis: policies.legalBasis })
    .from(policies)
    .where(and(eq(policies.dataClass, dataClass), lte(policies.startsOn, today)))
    .orderBy(desc(policies.startsOn))
    .limit(1);
  return { frameworks, policyDays: policy?.days ?? null, policyBasis: policy?.basis ?? null };
}
