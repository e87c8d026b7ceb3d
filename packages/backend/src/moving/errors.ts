/** What can be wrong with what is asked of a move, before anything moves and after it has moved. */
import { defineErrors } from '../kernel/errors/index.ts';

export const movingErrors = defineErrors({
  TENANCY_MOVE_INSTANCE_NEEDED: {
    message: 'A tenant that is to have an instance of its own needs an instance that nobody lives on.',
    next: 'name one: --instance <name>; or make one: pnpm dmz instance add <name> --region <code>',
    exitCode: 2,
  },
  TENANCY_MOVE_INSTANCE_UNFIT: {
    message: 'The instance is not for this tenant.',
    next: 'choose another one: pnpm dmz instance list',
    exitCode: 1,
  },
  TENANCY_MOVE_REGION: {
    message: 'The target is in another region than the tenant’s rows must stay in.',
    next: 'choose an instance of that region, or name the approval: --approve <reference>',
    exitCode: 1,
  },
  TENANCY_MOVE_SOURCE_KEPT: {
    message: 'The rows that the move left behind are still to be kept.',
    next: 'wait until then, or purge them now: pnpm dmz tenant move purge <slug> --now',
    exitCode: 1,
  },
  TENANCY_MOVE_NOTHING_LEFT: {
    message: 'The tenant has left no rows behind.',
    next: 'pnpm dmz tenant move list',
    exitCode: 1,
  },
});
