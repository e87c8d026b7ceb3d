/** What keeps a database from becoming an instance. */
import { defineErrors } from '../kernel/errors/index.ts';

export const newInstanceErrors = defineErrors({
  INSTANCE_IS_CONTROL: {
    message:
      'This database has a register of tenants: it is a platform’s control database, and no further instance.',
    next: 'create another, empty database for the instance, and give its URL',
    exitCode: 1,
  },
  INSTANCE_DATABASE_NOT_EMPTY: {
    message: 'The database holds what is not this instance’s; it was left as it is.',
    next: 'create an empty database for the instance, and give its URL',
    exitCode: 1,
  },
});
