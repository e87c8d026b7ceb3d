/** The record of what retention purged, for auditors. */
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { governanceTables } from './schema.ts';

export interface RetentionRun {
  /** The same for every table of one run. */
  readonly runId: string;
  /** As schema.table. */
  readonly tableName: string;
  readonly cause: 'schedule' | 'operator' | 'tenant_deletion' | 'move_completed';
  /** The framework whose period was the longest; null where a policy's was, or there was none. */
  readonly frameworkCode: string | null;
  /** Rows older than this were due. */
  readonly cutoffAt: Date;
  readonly rowsPurged: number;
  readonly rowsHeld: number;
  readonly partitionsDropped: number;
  readonly rehearsal: boolean;
  readonly startedAt: Date;
}

/** Needs a tenant transaction, which is the run's end. */
export async function recordRetentionRun(tx: TenantTx, run: RetentionRun): Promise<void> {
  const { retentionRuns } = governanceTables(tx);
  const endedAt = new Date(Math.max(tx.now.getTime(), run.startedAt.getTime()));
  await tx.insert(retentionRuns).values({ tenantId: tx.tenantId, ...run, outcome: 'completed', endedAt });
}
