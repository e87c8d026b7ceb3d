/** What keeps a tenant from being created, or its standing from being changed. */
import { defineErrors } from '../kernel/errors/index.ts';

export const provisioningErrors = defineErrors({
  TENANT_OPTION_MISSING: {
    message: 'A new tenant needs a name, a plan and a region.',
    next: 'add what is missing; a creation that was begun needs its slug alone',
    exitCode: 2,
  },
  TENANT_OPTION_INVALID: {
    message: 'A new tenant cannot be made of this.',
    next: 'correct the value',
    exitCode: 2,
  },
  TENANT_EXISTS: {
    message: 'The tenant was created before, as something else.',
    next: 'choose another slug; what a tenant is, later commands change: pnpm dmz tenant --help',
    exitCode: 1,
  },
  TENANT_CREATION_DIFFERS: {
    message: 'The creation of this tenant was begun with other options.',
    next: 'give the slug alone to finish it as it was begun, or delete it: pnpm dmz tenant delete',
    exitCode: 1,
  },
  TENANT_INVITATION_MISSING: {
    message: 'The creation was begun with an administrator, whose address is not kept.',
    next: 'give --admin-email again',
    exitCode: 2,
  },
  TENANT_NO_INSTANCE: {
    message: 'No instance can take the tenant.',
    next: 'pnpm dmz instance add <name> --region <region>, or name another one with --instance',
    exitCode: 1,
  },
});
