/** How long each regulation and standard has evidence kept. */
import { isNotNull } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { publicTables } from './schema.ts';

export interface RetentionPeriod {
  readonly code: string;
  readonly name: string;
  readonly years: number;
  /** What the years count from; see the table. */
  readonly from: 'creation' | 'last_effective' | 'end_of_year';
}

/** Frameworks that name a period. */
export async function retentionPeriods(tx: TenantTx): Promise<RetentionPeriod[]> {
  const { regulatoryFrameworks: frameworks } = publicTables(tx);
  const rows = await tx
    .select({
      code: frameworks.code,
      name: frameworks.name,
      years: frameworks.retentionYears,
      from: frameworks.retentionFrom,
    })
    .from(frameworks)
    .where(isNotNull(frameworks.retentionYears));
  return rows.map(({ years, ...period }) => ({ ...period, years: years ?? 0 }));
}
