/** What the organisation of a tenant refuses: departments that are below themselves. */
import type { StateErrors } from '../../kernel/db/index.ts';
import { defineErrors } from '../../kernel/errors/index.ts';

export const orgErrors = defineErrors({
  ORG_DEPARTMENT_CIRCLE: {
    message: 'A department cannot be below itself; nothing was moved.',
    next: 'move the departments between the two first',
    exitCode: 1,
  },
});

/** The error that the trigger of departments raises. */
export const orgStates: StateErrors = { ZD060: orgErrors.ORG_DEPARTMENT_CIRCLE };
