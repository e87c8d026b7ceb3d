/** What keeps rights from being told from the code. */
import { defineErrors } from '../kernel/errors/index.ts';

export const rightsErrors = defineErrors({
  RIGHTS_USE_UNREADABLE: {
    message: 'A service handles a table in a way that nobody can tell a right from.',
    next: 'ask the module’s schema for the table where it is used, and use it by a statement or a function of the kernel; a new kind of function gets its line in src/rights/find-table-uses.ts',
    exitCode: 1,
  },
});
