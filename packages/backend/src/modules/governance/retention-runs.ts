/** The record of what retention purged, for auditors. */
import { and, eq } from 'drizzle-orm';
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
  const endedAt = new Date(Math.max(tx.now.getTime(), new Date(run.startedAt).getTime()));
  await tx.insert(retentionRuns).values({ tenantId: tx.tenantId, ...run, outcome: 'completed', endedAt });
}

/** Whether a run that took rows has been recorded; one that was killed before its end has not. */
export async function isRunRecorded(tx: TenantTx, runId: string): Promise<boolean> {
  const { retentionRuns } = governanceTables(tx);
  const [found] = await tx
    .select({ id: retentionRuns.id })
    .from(retentionRuns)
    .where(and(eq(retentionRuns.tenantId, tx.tenantId), eq(retentionRuns.runId, runId)))
    .limit(1);
  return found !== undefined;
}
