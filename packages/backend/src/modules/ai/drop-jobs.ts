/** Takes back what a person has asked to be generated and what was not begun. */
import { and, eq } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { aiTables } from './schema.ts';

/** @returns how many jobs will not run any more */
export async function cancelQueuedJobsOf(tx: TenantTx, userId: string): Promise<number> {
  const { generationJobs: jobs } = aiTables(tx);
  const { rowCount } = await tx
    .update(jobs)
    .set({ state: 'cancelled', finishedAt: tx.now })
    .where(and(eq(jobs.requestedById, userId), eq(jobs.state, 'queued')));
  return rowCount ?? 0;
}
