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
  TENANT_STATUS_REFUSED: {
    message: 'This cannot be done to a tenant that stands as this one does.',
    next: 'pnpm dmz tenant list; a creation that was begun is finished by tenant create, or given up by tenant delete',
    exitCode: 1,
  },
  TENANT_ON_THE_MOVE: {
    message: 'The tenant is between two places, where a move has stopped.',
    next: 'pnpm dmz tenant move resume, then make the same call again',
    exitCode: 1,
    retryable: true,
  },
  TENANT_NO_INSTANCE: {
    message: 'No instance can take the tenant.',
    next: 'pnpm dmz instance add <name> --region <region>, or name another one with --instance',
    exitCode: 1,
  },
});
