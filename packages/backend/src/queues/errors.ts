/** Why a job is not taken on, or not ended. */
import { translateDatabaseError } from '../kernel/db/index.ts';
import { DmzError, defineErrors } from '../kernel/errors/index.ts';
import { JobSetback } from './define-job.ts';

export const queueErrors = defineErrors({
  QUEUE_TENANT_MISSING: {
    message: 'A job belongs to a tenant, and is written in a transaction of that tenant.',
    next: 'enqueue it within tenancy.run(tenant, tx => …), with that very tx',
    exitCode: 1,
  },
  QUEUE_HANDLER_MISSING: {
    message: 'Nothing handles jobs of this kind, so none is taken on.',
    next: 'give the kind a handler in src/queues/platform-jobs.ts',
    exitCode: 1,
  },
  QUEUE_PAYLOAD_INVALID: {
    message: 'The payload of a job is not what its kind asks for.',
    next: 'compare it with the kind in src/queues/platform-jobs.ts; pnpm dmz queue show <id> prints that of a job',
    exitCode: 1,
  },
  QUEUE_LEASE_LOST: {
    message: 'Somebody else has the job by now, so this run of it changes nothing.',
    next: 'nothing: the other run ends it; where it happens often, give the kind a longer leaseMs',
    exitCode: 1,
  },
  QUEUE_ABANDONED: {
    message: 'Each program that ran the job ended before the job did.',
    next: 'look whether it ends its program (memory, disk), then pnpm dmz queue retry <id>',
    exitCode: 1,
  },
  QUEUE_JOB_FAILED: {
    message: 'The handler of a job failed in a way that has no code.',
    next: 'look at the program’s log, then pnpm dmz queue retry <id>',
    exitCode: 1,
  },
  QUEUE_JOB_UNKNOWN: {
    message: 'There is no such job.',
    next: 'pnpm dmz queue list',
    exitCode: 1,
  },
});

/** All that is kept or told of a failure: what it said can hold personal data. */
export function codeOf(cause: unknown): string {
  const error = cause instanceof JobSetback ? cause.reason : translateDatabaseError(cause);
  return error instanceof DmzError ? error.code : 'QUEUE_JOB_FAILED';
}
