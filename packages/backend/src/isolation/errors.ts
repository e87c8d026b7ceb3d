/** What keeps the attack on isolation from being made. */
import { defineErrors } from '../kernel/errors/index.ts';

export const isolationErrors = defineErrors({
  ISOLATION_TENANT_UNKNOWN: {
    message: 'The attack needs active tenants, and there is none of that name.',
    next: 'take a slug from pnpm dmz tenant list',
    exitCode: 2,
  },
  ISOLATION_TENANTS_MISSING: {
    message: 'Isolation lies between two tenants, and there are not that many.',
    next: 'pnpm db:seed, or pnpm dmz tenant create',
    exitCode: 1,
  },
});
