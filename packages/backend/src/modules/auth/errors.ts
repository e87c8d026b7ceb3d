/** What can be in the way of somebody joining a tenant, and of being given a role there. */
import { defineErrors } from '../../kernel/errors/index.ts';

export const authErrors = defineErrors({
  AUTH_PERSON_UNKNOWN: {
    message: 'The tenant has no such person.',
    next: 'give the id; of somebody who was forgotten, it is all that leads to them',
    exitCode: 1,
  },
  AUTH_ROLE_UNKNOWN: {
    message: 'The tenant has no such role.',
    next: 'give the key of one of the roles that are named',
    exitCode: 2,
  },
  AUTH_PERSON_LEFT: {
    message: 'The address belongs to somebody who is not to be let in.',
    next: 'invite another address, or have the person reinstated first',
    exitCode: 1,
  },
});
