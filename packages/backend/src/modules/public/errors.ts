/** What can be wrong with the register of tenants. */
import { defineErrors } from '../../kernel/errors/index.ts';

export const publicErrors = defineErrors({
  TENANT_SLUG_INVALID: {
    message: 'A tenant’s slug is 3 to 40 lower-case letters, digits and hyphens, beginning with a letter.',
    next: 'choose another slug',
    exitCode: 2,
  },
  TENANT_UNKNOWN: {
    message: 'No tenant with this slug is registered.',
    next: 'pnpm dmz tenant list',
    exitCode: 1,
  },
  TENANT_INSTANCE_UNKNOWN: {
    message: 'There is no such PostgreSQL instance.',
    next: 'pnpm db:seed registers the default one',
    exitCode: 1,
  },
  INSTANCE_REGION_UNKNOWN: {
    message: 'There is no such data region.',
    next: 'choose one of the regions that are named',
    exitCode: 2,
  },
  INSTANCE_REGION_DIFFERS: {
    message: 'The instance is registered in another region, and the data on it stays there.',
    next: 'leave the region as it is, or add a new instance in the other one and move the tenants',
    exitCode: 1,
  },
  INSTANCE_NOT_REGISTERED: {
    message: 'No instance of this name is registered.',
    next: 'pnpm dmz instance list',
    exitCode: 1,
  },
  INSTANCE_IN_USE: {
    message: 'Tenants live on the instance; it stays.',
    next: 'pnpm dmz tenant move <slug> --to …, for each of them, then remove it',
    exitCode: 1,
  },
});
