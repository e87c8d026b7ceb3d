/**
 * The rows of jobs, and the only ways in which they change: waiting → running → done, back to waiting after a failure or
 * when its lease has run out, and dead when there were too many. Who runs a job has a lease, and only with it can the job
 * be ended; so however often it is carried to workers, it is done once.
 */
import { and, asc, count, desc, eq, lte, min, type SQL } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { insertRows, type TenantTx } from '../../kernel/tenancy/index.ts';
import type { JobName, JobState } from './job-names.ts';
import { integrationTables } from './schema.ts';

export interface NewJob {
  readonly name: JobName;
  readonly payload: Record<string, unknown>;
  /** Names the occasion; a second job of it is not made. */
  readonly key?: string | undefined;
  readonly userId?: string | undefined;
  /** Counted from the transaction's time. */
  readonly delayMs?: number | undefined;
}

/** @returns its id; that of the job which has the key already, where one has */
export async function insertJob(tx: TenantTx, job: NewJob): Promise<string> {
  const { jobs } = integrationTables(tx);
  const { name, payload, key, userId } = job;
  const dueAt = new Date(tx.now.getTime() + (job.delayMs ?? 0));
  const [made] = await tx
    .insert(jobs)
    .values({ tenantId: tx.tenantId, id: uuidv7(), name, payload: { ...payload }, key, userId, dueAt })
    .onConflictDoNothing({ target: [jobs.tenantId, jobs.name, jobs.key] })
    .returning({ id: jobs.id });
  if (made) return made.id;
  const [known] = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.name, name), eq(jobs.key, key ?? '')));
  // It was removed between the two statements, and the key is free again.
  return known?.id ?? insertJob(tx, job);
}

/** Several by one statement, for who writes many. Whoever runs queues finds them at the next look. */
export function insertJobs(tx: TenantTx, jobs: readonly Pick<NewJob, 'name' | 'payload'>[]): Promise<void> {
  const rows = jobs.map(({ name, payload }) => ({ name, payload, dueAt: tx.now }));
  return insertRows(tx, integrationTables(tx).jobs, rows);
}

export interface DueJob {
  readonly id: string;
  readonly name: JobName;
  readonly attempts: number;
  readonly dueForMs: number;
}

/** @param limit  of each kind, so that one of which there are many hides no other; the longest due first */
export async function dueJobs(tx: TenantTx, names: readonly JobName[], limit: number): Promise<DueJob[]> {
  const { jobs } = integrationTables(tx);
  const found: DueJob[] = [];
  for (const name of names) {
    const rows = await tx
      .select({ id: jobs.id, name: jobs.name, attempts: jobs.attempts, dueAt: jobs.dueAt })
      .from(jobs)
      .where(and(eq(jobs.name, name), lte(jobs.dueAt, tx.now)))
      .orderBy(asc(jobs.dueAt))
      .limit(limit);
    for (const { dueAt, ...job } of rows)
      found.push({ ...job, dueForMs: dueAt === null ? 0 : tx.now.getTime() - dueAt.getTime() });
  }
  return found;
}

/** What somebody who runs a job ends it with. */
export interface JobLease {
  readonly id: string;
  readonly leaseId: string;
}

export interface TakenJob extends JobLease {
  readonly name: JobName;
  readonly payload: Record<string, unknown>;
  /** This one included. */
  readonly attempts: number;
}

/**
 * In one statement, so that of several who were brought the same word one has the job, and the others wait for no longer
 * than that takes.
 *
 * @param attempts  how often it had been taken when it was found due
 * @returns undefined where it was taken or ended since, and where it is of another kind
 */
export async function takeJob(
  tx: TenantTx,
  { id, name, attempts }: Pick<DueJob, 'id' | 'name' | 'attempts'>,
  leaseMs: number,
): Promise<TakenJob | undefined> {
  const { jobs } = integrationTables(tx);
  const leaseId = uuidv7();
  const dueAt = new Date(tx.now.getTime() + leaseMs);
  const [taken] = await tx
    .update(jobs)
    .set({ state: 'running', leaseId, dueAt, attempts: attempts + 1 })
    .where(and(eq(jobs.id, id), eq(jobs.name, name), eq(jobs.attempts, attempts), lte(jobs.dueAt, tx.now)))
    .returning({ payload: jobs.payload });
  return taken && { id, name, leaseId, attempts: attempts + 1, ...taken };
}

type Change = Partial<typeof integrationTables.jobs.$inferInsert>;

/** @returns whether the lease still was its */
async function change(tx: TenantTx, { id, leaseId }: JobLease, values: Change): Promise<boolean> {
  const { jobs } = integrationTables(tx);
  const changed = await tx
    .update(jobs)
    .set(values)
    .where(and(eq(jobs.id, id), eq(jobs.leaseId, leaseId)))
    .returning({ id: jobs.id });
  return changed.length > 0;
}

export const prolongLease = (tx: TenantTx, lease: JobLease, leaseMs: number): Promise<boolean> =>
  change(tx, lease, { dueAt: new Date(tx.now.getTime() + leaseMs) });

/** What it was about is not kept. */
export const completeJob = (tx: TenantTx, lease: JobLease): Promise<boolean> =>
  change(tx, lease, {
    ...{ state: 'done', dueAt: null, leaseId: null, endedAt: tx.now },
    ...{ payload: {}, userId: null, lastErrorCode: null },
  });

export const postponeJob = (
  tx: TenantTx,
  lease: JobLease,
  { pauseMs, code }: { readonly pauseMs: number; readonly code: string },
): Promise<boolean> =>
  change(tx, lease, {
    ...{ state: 'waiting', leaseId: null, lastErrorCode: code },
    dueAt: new Date(tx.now.getTime() + pauseMs),
  });

/** For somebody who must end before the job does: it is as if they had not taken it. */
export const handBackJob = (tx: TenantTx, { attempts, ...lease }: TakenJob): Promise<boolean> =>
  change(tx, lease, { state: 'waiting', leaseId: null, dueAt: tx.now, attempts: attempts - 1 });

export const buryJob = (tx: TenantTx, lease: JobLease, code: string): Promise<boolean> =>
  change(tx, lease, { state: 'dead', leaseId: null, dueAt: null, endedAt: tx.now, lastErrorCode: code });

/**
 * Removes all that there is to be done of one person's; for an erasure. Whoever runs such a job at present has lost its
 * lease by that, so that nothing comes of it any more.
 *
 * @returns how many
 */
export async function dropJobsOf(tx: TenantTx, userId: string): Promise<number> {
  const { jobs } = integrationTables(tx);
  const dropped = await tx.delete(jobs).where(eq(jobs.userId, userId)).returning({ id: jobs.id });
  return dropped.length;
}

/** @returns how many dead jobs wait again, as if they had never been tried */
export async function retryJobs(
  tx: TenantTx,
  { id, name }: { readonly id?: string | undefined; readonly name?: JobName | undefined },
): Promise<number> {
  const { jobs } = integrationTables(tx);
  const revived = await tx
    .update(jobs)
    .set({ state: 'waiting', dueAt: tx.now, endedAt: null, attempts: 0 })
    .where(and(eq(jobs.state, 'dead'), ...asked(tx, { id, name })))
    .returning({ id: jobs.id });
  return revived.length;
}

export interface JobFilter {
  readonly id?: string | undefined;
  readonly name?: JobName | undefined;
  readonly state?: JobState | undefined;
}

export interface JobRow {
  readonly id: string;
  readonly name: JobName;
  readonly state: JobState;
  readonly key: string | null;
  readonly attempts: number;
  readonly dueAt: Date | null;
  readonly lastErrorCode: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly payload: Record<string, unknown>;
}

/** The newest first. */
export async function listJobs(tx: TenantTx, filter: JobFilter, limit: number): Promise<JobRow[]> {
  const { jobs } = integrationTables(tx);
  return tx
    .select({
      ...{ id: jobs.id, name: jobs.name, state: jobs.state, key: jobs.key, attempts: jobs.attempts },
      ...{ dueAt: jobs.dueAt, lastErrorCode: jobs.lastErrorCode, createdAt: jobs.createdAt },
      ...{ endedAt: jobs.endedAt, payload: jobs.payload },
    })
    .from(jobs)
    .where(and(...asked(tx, filter)))
    .orderBy(desc(jobs.id))
    .limit(limit);
}

export interface JobCount {
  readonly name: JobName;
  readonly state: JobState;
  readonly jobs: number;
  /** Null where none of them can become due. */
  readonly nextDueAt: Date | null;
}

export async function countJobs(tx: TenantTx): Promise<JobCount[]> {
  const { jobs } = integrationTables(tx);
  return tx
    .select({ name: jobs.name, state: jobs.state, jobs: count(), nextDueAt: min(jobs.dueAt) })
    .from(jobs)
    .groupBy(jobs.name, jobs.state)
    .orderBy(asc(jobs.name), asc(jobs.state));
}

function asked(tx: TenantTx, { id, name, state }: JobFilter): SQL[] {
  const { jobs } = integrationTables(tx);
  return [
    ...(id === undefined ? [] : [eq(jobs.id, id)]),
    ...(name === undefined ? [] : [eq(jobs.name, name)]),
    ...(state === undefined ? [] : [eq(jobs.state, state)]),
  ];
}
