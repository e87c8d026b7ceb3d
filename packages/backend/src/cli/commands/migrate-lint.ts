/** `dmz migrate lint`: whether migrations can hurt those who work while they are applied. */

import type { Command } from 'commander';
import { type LintReport, lintFiles, lintMigrations } from '../../kernel/migrations/lint/index.ts';
import { printFindings } from '../print-findings.ts';
import { printJson } from '../print-line.ts';

export function lintCommand(migrate: Command): void {
  migrate
    .command('lint')
    .argument('[files...]', 'migration files, as if they were next in the series')
    .option('--json', 'print one JSON object')
    .description('Hold migrations against the rules of safe changes; without files, all that are not exempt')
    .addHelpText('after', HELP)
    .action(async (files: string[], options: { json?: boolean }) => {
      const report = await (files.length > 0 ? lintFiles(files) : lintMigrations());
      print(report, options.json ?? false);
      if (report.findings.length > 0) process.exitCode = 1;
    });
}

const HELP = `
Exits with 1 when it finds anything. docs/reference/migration-lint.md explains each rule, with examples. A statement is
excused by a comment directly above it: -- lint: allow <rule> because <reason>

Example:
  $ pnpm dmz migrate lint packages/backend/drizzle/0026_add_moods.sql --json`;

function print(report: LintReport, json: boolean): void {
  if (json) printJson(report);
  else printFindings(report, 'migrations');
}
