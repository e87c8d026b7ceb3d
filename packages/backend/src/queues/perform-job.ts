/**
 * Runs one job: takes its row, runs the handler while the lease is kept up, and writes into the row what became of it.
 * Whoever brings the word of a job may bring it late or twice; a row that is not to be taken is left alone.
 */
import type { Logger } from 'pino';
import type { Delivery } from '../kernel/queues/index.ts';
import type { Tenancy, TenantTx } from '../kernel/tenancy/index.ts';
import {
  buryJob,
  completeJob,
  handBackJob,
  type JobName,
  postponeJob,
  prolongLease,
  type TakenJob,
  takeJob,
} from '../modules/integration/index.ts';
import {
  type AnyJobKind,
  JobSetback,
  type Patience,
  patienceOf,
  pauseAfter,
  type RunningJob,
} from './define-job.ts';
import { codeOf, queueErrors } from './errors.ts';

export interface Workplace {
  readonly tenancy: Tenancy;
  readonly log: Logger;
  /** Aborted when the program must end before its jobs do. */
  readonly signal: AbortSignal;
}

/** What these write may be written twice: who has no lease any more changes nothing. */
const INSISTENT = { idempotent: true } as const;

/** @returns whether there was a job to run */
export async function performJob(
  place: Workplace,
  name: JobName,
  kind: AnyJobKind,
  { tenantId, jobId: id, attempts }: Pick<Delivery, 'tenantId' | 'jobId' | 'attempts'>,
): Promise<boolean> {
  const patience = patienceOf(kind);
  const inTenant = <Result>(work: (tx: TenantTx) => Promise<Result>) =>
    place.tenancy.run(tenantId, work, { signal: place.signal });
  const taken = await inTenant(async (tx) => {
    const job = await takeJob(tx, { id, name, attempts }, patience.leaseMs);
    // Its programs were killed, each time: nobody was left to say that it failed.
    if (!job || job.attempts <= patience.mostAttempts) return job;
    await buryJob(tx, job, 'QUEUE_ABANDONED');
    return undefined;
  });
  if (!taken) return false;
  const stopKeeping = keepLease(place, tenantId, taken, patience);
  let failure: { readonly cause: unknown } | undefined;
  try {
    await runHandler(place, kind, tenantId, taken);
  } catch (cause) {
    failure = { cause };
  } finally {
    stopKeeping();
  }
  if (failure) await inTenant((tx) => settleFailure(tx, place, taken, patience, failure.cause));
  return true;
}

async function runHandler(
  { tenancy, signal }: Workplace,
  kind: AnyJobKind,
  tenantId: string,
  taken: TakenJob,
): Promise<void> {
  const parsed = kind.payload.safeParse(taken.payload);
  if (!parsed.success) throw queueErrors.QUEUE_PAYLOAD_INVALID({ found: taken.id });
  let finished = false;
  const finish = async (tx: TenantTx) => {
    if (!(await completeJob(tx, taken))) throw queueErrors.QUEUE_LEASE_LOST({ found: taken.id });
    tx.afterCommit(() => {
      finished = true;
    });
  };
  const job: RunningJob = { id: taken.id, tenantId, attempt: taken.attempts, signal, finish };
  // Its own schema has just said that it is what the handler asks for.
  await untilAborted(kind.handle(job, parsed.data as never), signal);
  if (!finished) await tenancy.run(tenantId, (tx) => completeJob(tx, taken), INSISTENT);
}

/** A handler that does not heed the signal is left behind, with a lease that is not its own any more. */
async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new Error('the program ends'));
  });
  aborted.catch(() => {});
  signal.addEventListener('abort', abort);
  try {
    if (signal.aborted) abort();
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
    work.catch(() => {});
  }
}

/** Others may take the job once its lease is over; whoever is at it says in time that they still are. */
function keepLease(
  { tenancy, log }: Workplace,
  tenantId: string,
  taken: TakenJob,
  { leaseMs }: Patience,
): () => void {
  const timer = setInterval(() => {
    tenancy
      .run(tenantId, (tx) => prolongLease(tx, taken, leaseMs), INSISTENT)
      .catch((error: unknown) =>
        log.info({ code: codeOf(error), job: taken.id }, 'a lease was not prolonged'),
      );
  }, leaseMs / 3);
  timer.unref();
  return () => clearInterval(timer);
}

async function settleFailure(
  tx: TenantTx,
  { signal, log }: Workplace,
  taken: TakenJob,
  patience: Patience,
  cause: unknown,
): Promise<void> {
  const code = codeOf(cause);
  if (signal.aborted) {
    await handBackJob(tx, taken);
    return;
  }
  const pauseMs = cause instanceof JobSetback ? cause.retryInMs : pauseAfter(taken.attempts, patience);
  const hopeless =
    pauseMs === null || code === 'QUEUE_PAYLOAD_INVALID' || taken.attempts >= patience.mostAttempts;
  log.warn(
    { code, job: taken.id, queue: taken.name, attempt: taken.attempts, dead: hopeless },
    'a job failed',
  );
  if (hopeless) await buryJob(tx, taken, code);
  else await postponeJob(tx, taken, { pauseMs, code });
}
