/** What can be wrong with the addresses of instances, before any of them is asked anything. */
import { defineErrors } from '../errors/index.ts';

export const instanceErrors = defineErrors({
  INSTANCE_UNKNOWN: {
    message: 'No address of an instance of this name is known here.',
    next: 'pnpm dmz instance list; where it was added elsewhere, add it here too',
    exitCode: 1,
  },
  INSTANCE_DOWN: {
    message: 'The instance does not run.',
    next: 'pnpm dmz stack up',
    exitCode: 1,
    retryable: true,
  },
  INSTANCE_NAME_INVALID: {
    message: 'An instance’s name is 2 to 40 lower-case letters, digits and hyphens, beginning with a letter.',
    next: 'choose another name; main is the stack’s own',
    exitCode: 2,
  },
  INSTANCE_NAME_TAKEN: {
    message: 'There is an instance of this name, at another address.',
    next: 'choose another name, or remove that instance first: pnpm dmz instance remove',
    exitCode: 1,
  },
  INSTANCE_STATISTICS_CLOSED: {
    message: 'Row security hides the statistics of tenants’ tables from the administrator.',
    next: 'count the rows instead: pnpm dmz tenant sizes --exact; or give the instance a superuser’s URL',
    exitCode: 1,
  },
  INSTANCE_FILE_INVALID: {
    message: 'The file of instances’ addresses cannot be understood.',
    next: 'mend it by hand; it was left as it is, since it may be all that knows an instance’s password',
    exitCode: 1,
  },
});
