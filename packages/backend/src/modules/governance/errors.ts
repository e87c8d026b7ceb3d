/** Errors of data protection. */
import { defineErrors } from '../../kernel/errors/index.ts';

export const governanceErrors = defineErrors({
  GOVERNANCE_REQUEST_UNKNOWN: {
    message: 'There is no such request of a person.',
    next: 'take the id of one that is open from pnpm dmz privacy requests',
    exitCode: 1,
  },
});
