/** What can be wrong with the register of tenants. */
import { defineErrors } from '../../kernel/errors/index.ts';

export const publicErrors = defineErrors({
  TENANT_SLUG_INVALID: {
    message: 'A tenant’s slug is 3 to 40 lower-case letters, digits and hyphens, beginning with a letter.',
    next: 'choose another slug',
    exitCode: 2,
  },
  TENANT_INSTANCE_UNKNOWN: {
    message: 'There is no such PostgreSQL instance.',
    next: 'pnpm db:seed registers the default one',
    exitCode: 1,
  },
});
