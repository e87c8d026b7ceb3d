/** What can keep a tenant from moving. None of these leaves the tenant in two places, or in none. */
import type { StateErrors } from '../db/index.ts';
import { defineErrors } from '../errors/index.ts';

const STATUS = 'pnpm dmz tenant move status <slug>';

export const moverErrors = defineErrors({
  TENANCY_MOVE_NOWHERE: {
    message: 'The tenant lives there already.',
    next: 'pnpm dmz tenant list',
    exitCode: 2,
  },
  TENANCY_MOVE_UNSETTLED: {
    message: 'A tenant that is being created, or deleted, does not move.',
    next: 'finish that first: pnpm dmz tenant create --slug <slug>, or pnpm dmz tenant delete <slug>',
    exitCode: 1,
  },
  TENANCY_MOVE_UNKNOWN: {
    message: 'There is no such move.',
    next: 'pnpm dmz tenant move list',
    exitCode: 1,
  },
  TENANCY_MOVE_UNDER_WAY: {
    message: 'The tenant is moving already.',
    next: `${STATUS}; then resume it, or roll it back`,
    exitCode: 1,
  },
  TENANCY_MOVE_BUSY: {
    message: 'Another program works on this move.',
    next: `${STATUS}; it ends by itself, or by: pnpm dmz tenant move pause <slug>`,
    exitCode: 1,
  },
  TENANCY_MOVE_TAKEN_OVER: {
    message: 'Another program has taken this move over; this one did nothing more.',
    next: STATUS,
    exitCode: 1,
  },
  TENANCY_MOVE_ENDED: {
    message: 'The move has ended.',
    next: 'a new move brings the tenant elsewhere, or back: pnpm dmz tenant move <slug> --to …',
    exitCode: 1,
  },
  TENANCY_MOVE_SWITCHED: {
    message: 'The tenant has been switched to the target already, so there is nothing to roll back.',
    next: 'pnpm dmz tenant move resume <slug> finishes the move; another move brings the tenant back',
    exitCode: 1,
  },
  TENANCY_MOVE_STOPPED: {
    message: 'The move was asked to stop, and stopped.',
    next: 'pnpm dmz tenant move resume <slug>, or: pnpm dmz tenant move rollback <slug>',
    exitCode: 1,
  },
  TENANCY_MOVE_MIGRATING: {
    message: 'The schema must not change while a tenant moves, and a migration is pending or under way.',
    next: 'pnpm db:migrate on both instances, then move the tenant',
    exitCode: 1,
  },
  TENANCY_MOVE_TABLES_DIFFER: {
    message: 'The tables of the two placements are not the same.',
    next: 'pnpm dmz db check and pnpm db:migrate, on both instances',
    exitCode: 1,
  },
  TENANCY_MOVE_REFERENCE_DIFFERS: {
    message: 'The target lacks reference data that the source has, or has it otherwise.',
    next: 'pnpm db:seed on the target instance',
    exitCode: 1,
  },
  TENANCY_MOVE_NOT_LOGICAL: {
    message: 'The source cannot be followed: its log does not hold what logical decoding needs.',
    next: 'ALTER SYSTEM SET wal_level = logical on the source, and restart it',
    exitCode: 1,
  },
  TENANCY_MOVE_TARGET_TAKEN: {
    message: 'The target has rows of this tenant that this move did not bring.',
    next: 'pnpm dmz tenant move purge <slug>, where they were left behind by an earlier move',
    exitCode: 1,
  },
  TENANCY_MOVE_MONTH_DETACHED: {
    message: 'A detached month has rows of the tenant, which would be left behind.',
    next: 'pnpm dmz partitions attach, or partitions purge, for that month',
    exitCode: 1,
  },
  TENANCY_MOVE_WAL_LIMIT: {
    message:
      'The move held back more of the source’s log than it may, and let go of it; the tenant was not switched.',
    next: 'pnpm dmz tenant move resume <slug> copies anew, when the source is less busy; for a higher limit, roll it back, and move again with --max-wal',
    exitCode: 1,
  },
  TENANCY_MOVE_VERIFICATION_FAILED: {
    message:
      'The copy of the tenant differs from its source. The tenant was not switched, and nothing was lost.',
    next: 'pnpm dmz tenant move rollback <slug>; or resume, which copies anew',
    exitCode: 1,
  },
  TENANCY_MOVE_FENCE_TIMEOUT: {
    message: 'The tenant could not be fenced within the pause that was allowed, however often it was tried.',
    next: 'pnpm dmz tenant move resume <slug> at a quieter time, or move with a longer --max-pause',
    exitCode: 1,
  },
  TENANCY_ROWS_MIGRATING: {
    message: 'The schema must not change while a tenant’s rows are archived or restored.',
    next: 'pnpm dmz migrate up, then make the same call again',
    exitCode: 1,
    retryable: true,
  },
  TENANCY_ROWS_DIFFER: {
    message: 'The rows that were restored are not those that were archived; none of them stays.',
    next: 'pnpm dmz db check; then make the same call again, or obtain the archive again',
    exitCode: 1,
  },
});

/** What the database functions of a move raise. */
export const moverStates: StateErrors = {
  ZD060: moverErrors.TENANCY_MOVE_TAKEN_OVER,
};
