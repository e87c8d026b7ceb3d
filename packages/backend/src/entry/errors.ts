/** Why the platform does not do what a person asks for. */
import { defineErrors } from '../kernel/errors/index.ts';

export const entryErrors = defineErrors({
  ENTRY_NOT_ALLOWED: {
    message: 'None of the roles that the person holds allows this, or the person is not active.',
    next: 'ask a tenant administrator for a role that has the permission',
    exitCode: 1,
  },
  ENTRY_TOO_OFTEN: {
    message: 'The person has done this too often lately.',
    next: 'wait as long as it says, then do it again',
    exitCode: 1,
  },
});
