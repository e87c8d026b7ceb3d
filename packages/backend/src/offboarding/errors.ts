/** What keeps a tenant from being deleted. */
import { defineErrors } from '../kernel/errors/index.ts';

export const offboardingErrors = defineErrors({
  TENANT_NOT_ARCHIVED: {
    message: 'Only an archived tenant is deleted, since nothing of it may change while it is.',
    next: 'pnpm dmz tenant archive <slug> --reason …; its periods of retention run from then on',
    exitCode: 1,
  },
  TENANT_HELD: {
    message: 'Something of the tenant must still be kept; nothing was deleted.',
    next: 'wait until the last duty has ended, or have the hold released; tenant delete --rehearse lists them',
    exitCode: 1,
  },
  TENANT_OF_CONSUMERS: {
    message: 'This is the tenant of all consumers, and stays as long as the platform.',
    next: 'delete people, not the tenant',
    exitCode: 1,
  },
  TENANT_MOVE_UNFINISHED: {
    message: 'Rows of the tenant are at more than one place: a move is under way, or has left rows behind.',
    next: 'finish it: pnpm dmz tenant move resume, or pnpm dmz tenant move purge <slug> --now',
    exitCode: 1,
  },
});
