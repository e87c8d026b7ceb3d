/** What can be wrong with migrations, as files and in a database. */
import { defineErrors } from '../errors/index.ts';

export const migrationErrors = defineErrors({
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
  MIGRATION_FAILED: {
    message: 'A migration failed; its transaction was rolled back, and the ones before it stay applied.',
    next: 'mend the cause, then run pnpm db:migrate again',
    exitCode: 1,
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
