/** What can go wrong with a tenant transaction itself, beside what the database reports. */
import { defineErrors } from '../errors/index.ts';

export const tenancyErrors = defineErrors({
  TENANCY_COMMIT_UNKNOWN: {
    message: 'The connection was lost while the transaction was being committed: it may or may not be done.',
    next: 'look whether it is done before doing it again; an action with an id can simply be sent again',
    exitCode: 1,
  },
  TENANCY_TRANSACTION_ENDED: {
    message: 'A transaction was used after its end.',
    next: 'await everything that the work does with its transaction before it returns',
    exitCode: 1,
  },
  TENANCY_POOL_EXHAUSTED: {
    message: 'Every connection that this program may have to the instance is at work.',
    next: 'make the same call again; if it lasts, look what the transactions wait for, or raise DMZ_POOL_SIZE',
    exitCode: 1,
    retryable: true,
  },
  TENANCY_INTERRUPTED: {
    message:
      'A move of the tenant cancelled the transaction, because it ran for too long; it was rolled back.',
    next: 'make the same call again',
    exitCode: 1,
    retryable: true,
  },
  TENANCY_ROLLED_BACK: {
    message:
      'The transaction was rolled back, because one of its statements failed and the failure was not passed on.',
    next: 'let errors of statements reach tenancy.run',
    exitCode: 1,
  },
});
