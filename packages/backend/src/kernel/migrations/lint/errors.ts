/** What keeps migrations from being linted; what lint finds in them are findings, and no errors. */
import { defineErrors } from '../../errors/index.ts';

export const lintErrors = defineErrors({
  MIGRATION_LINT_FILE_UNKNOWN: {
    message: 'There is no such migration file to lint.',
    next: 'name a file that ends in .sql, or none to lint all that are not exempt',
    exitCode: 2,
  },
  MIGRATION_LINT_SQUAWK_MISSING: {
    message: 'Lint also asks squawk, which is not installed.',
    next: 'npx pnpm install, with development packages: lint is part of making a migration, and runs nowhere else',
    exitCode: 1,
  },
  MIGRATION_LINT_SQUAWK_FAILED: {
    message: 'Lint also asks squawk, which did not answer.',
    next: 'lint on a platform that squawk-cli has a program for: Linux and macOS on x64 and arm64, Windows on x64',
    exitCode: 1,
  },
});
