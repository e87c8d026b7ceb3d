/** What can be wrong with an entry into a tenant that has to be signed; the database's part of it is in kernel/db. */
import { defineErrors } from '../errors/index.ts';

export const contextErrors = defineErrors({
  CONTEXT_KEY_MISSING: {
    message: 'The database has no key that entries into tenants are signed with.',
    next: 'pnpm db:migrate sets one up',
    exitCode: 1,
    retryable: true,
  },
});
