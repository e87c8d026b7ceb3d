/** What keeps an operator from being let into a tenant. */
import { defineErrors } from '../../kernel/errors/index.ts';

export const adminErrors = defineErrors({
  ADMIN_GRANT_REFUSED: {
    message: 'Emergency access cannot be granted like this; nothing was granted.',
    next: 'have somebody else agree, for a day at most; break-glass grant --help has an example',
    exitCode: 2,
  },
});
