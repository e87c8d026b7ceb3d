/** What can be wrong with migrations, as files and in a database. */
import { defineErrors } from '../errors/index.ts';

export const migrationErrors = defineErrors({
  MIGRATION_SERIES_BROKEN: {
    message: 'The migration files are no unbroken series of numbers.',
    next: 'make files with pnpm db:generate, which numbers them and keeps the journal; where two branches took one number, make the later one again',
    exitCode: 1,
  },
  MIGRATION_HEADER_INVALID: {
    message: 'The first lines of a migration say something that cannot be followed.',
    next: 'correct the header; CONTRIBUTING.md has what it may say',
    exitCode: 1,
  },
  MIGRATION_FILE_CHANGED: {
    message: 'A migration that was merged has been changed, renamed or removed.',
    next: 'restore the file from git, and make a new migration: pnpm db:generate <verb>_<what>',
    exitCode: 1,
  },
  MIGRATION_HISTORY_DIFFERS: {
    message: 'The database has applied another series of migrations than this checkout has.',
    next: 'check out the version that the database belongs to, or use another database',
    exitCode: 1,
  },
  MIGRATION_OUT_OF_ORDER: {
    message:
      'A migration has a lower number than one that the database has applied already, and would come too late.',
    next: 'make it again with the next free number: pnpm db:generate <verb>_<what>',
    exitCode: 1,
  },
  MIGRATION_FAILED: {
    message: 'A migration failed; what was applied before it stays, and the other placements stay whole.',
    next: 'mend the cause, then go on with pnpm dmz migrate up --resume; pnpm dmz migrate status shows who is where',
    exitCode: 1,
  },
  MIGRATION_LOCK_TIMEOUT: {
    message: 'A migration gave up waiting for a lock, again and again, so that nobody had to wait behind it.',
    next: 'end the transaction that is in the way, or wait for it, then go on with pnpm dmz migrate up --resume',
    exitCode: 1,
    retryable: true,
  },
  MIGRATION_STATEMENT_UNSUITABLE: {
    message: 'A statement cannot be run in the way that its file asks for.',
    next: 'put it into a file of its own kind: one that begins with -- transaction: none, or one that does not',
    exitCode: 1,
  },
  MIGRATION_CONTRACT_WAITS: {
    message: 'A contracting migration waits: programs are running that still need what it takes away.',
    next: 'replace those programs by this version; pnpm dmz migrate reported lists them',
    exitCode: 1,
    retryable: true,
  },
  MIGRATION_UNKNOWN: {
    message: 'No migration of this checkout has that name.',
    next: 'pnpm dmz migrate plan, which names the pending ones',
    exitCode: 2,
  },
  MIGRATION_BACKFILL_WAITS: {
    message: 'A backfill cannot be applied yet: files of another phase come before it.',
    next: 'pnpm dmz migrate up --to <the file before it>, then the backfill again',
    exitCode: 1,
  },
  MIGRATION_RUNNER_LOST: {
    message: 'The connection that held the lock of the runner was lost, so all work under it was given up.',
    next: 'pnpm dmz migrate up --resume',
    exitCode: 1,
    retryable: true,
  },
  MIGRATION_PENDING: {
    message: 'The database has not applied every migration of this version.',
    next: 'pnpm db:migrate',
    exitCode: 1,
  },
  MIGRATION_TENANT_MOVING: {
    message: 'Tenants are moving to or from this instance, and the schema must not change meanwhile.',
    next: 'wait for the moves to end, or roll them back: pnpm dmz tenant move list',
    exitCode: 1,
  },
  MIGRATION_GENERATE_FAILED: {
    message: 'No migration was made: drizzle-kit stopped before it wrote one.',
    next: 'run the command on a terminal, where it can ask whether a column was renamed; for a rename, expand and contract',
    exitCode: 1,
  },
  MIGRATION_NAME_INVALID: {
    message: 'A migration is named after what it does.',
    next: 'pnpm db:generate add_locale_to_users',
    exitCode: 2,
  },
});
