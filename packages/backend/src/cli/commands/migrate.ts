/** `dmz migrate …`: brings every placement of the fleet through the series of migrations, and says where each is. */

import type { Command } from 'commander';
import { fleetStatus, type PlacementStatus } from '../../instances/fleet-status.ts';
import { verifyFleet } from '../../instances/verify-fleet.ts';
import { migrateFleet, printRun } from '../migrate-fleet.ts';
import { wholeNumber } from '../options.ts';
import { printFindings } from '../print-findings.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { runningPostgres } from '../with-platform.ts';
import { backfillCommand, throttleOption } from './migrate-backfill.ts';
import { lintCommand } from './migrate-lint.ts';
import { planCommand } from './migrate-plan.ts';
import { reportedCommand } from './migrate-reported.ts';

interface Options {
  readonly json?: boolean;
  readonly resume?: boolean;
  readonly jobs?: number;
  readonly lockTimeoutMs?: number;
  readonly attempts?: number;
  readonly to?: string;
  readonly throttle?: number;
}

/** More would be more connections than a server has by default. */
const MAX_JOBS = 64;
/** A writer that waits longer behind a migration has been harmed. */
const MAX_LOCK_TIMEOUT_MS = 60_000;

export function migrateCommands(program: Command): void {
  const migrate = program
    .command('migrate')
    .description('Migrations of the control database and of every placement: applied, shown, verified.');
  planCommand(migrate);
  upCommand(migrate);
  backfillCommand(migrate);
  statusCommand(migrate);
  verifyCommand(migrate);
  lintCommand(migrate);
  reportedCommand(migrate);
}

function upCommand(migrate: Command): void {
  migrate
    .command('up')
    .description('Apply what is pending, to every placement; what is interrupted goes on where it was.')
    .option('--jobs <n>', 'placements that are worked on at once', wholeNumber('--jobs', 1, MAX_JOBS), 4)
    .option('--resume', 'go on after a failure or a kill; as without it, for whoever wants to say so')
    .option(
      '--lock-timeout-ms <ms>',
      'how long a transaction may wait for locks before it lets everybody pass, 1000 by default',
      wholeNumber('--lock-timeout-ms', 1, MAX_LOCK_TIMEOUT_MS),
    )
    .option(
      '--attempts <n>',
      'how often it is tried again, with growing pauses, 12 by default',
      wholeNumber('--attempts', 1, 1_000),
    )
    .option('--to <name>', 'the last migration to apply, by name or number; all by default')
    .addOption(throttleOption())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The first failure stops it: files that are being applied are ended, and nothing new is begun.

Examples:
  $ pnpm dmz migrate up --jobs 8
  $ pnpm dmz migrate up --resume`,
    )
    .action(async ({ json, resume: _, ...options }: Options) => {
      const { adminUrl } = await runningPostgres();
      const run = await migrateFleet(adminUrl, options);
      if (json) printJson(run);
      else printRun(run, options.to !== undefined);
    });
}

function statusCommand(migrate: Command): void {
  migrate
    .command('status')
    .description('Show where every placement is in the series, and where and why one failed.')
    .option('--json', 'print one JSON array')
    .addHelpText(
      'after',
      '\nExits with 1 when a placement has failed.\n\nExample:\n  $ pnpm dmz migrate status --json',
    )
    .action(async ({ json }: Options) => {
      const { adminUrl } = await runningPostgres();
      const states = await fleetStatus(adminUrl);
      if (states.some(({ failed }) => failed > 0)) process.exitCode = 1;
      if (json) return printJson(states);
      printTable(
        ['instance', 'schema', 'applied', 'pending', 'last', 'failed'],
        states.map((state) => [
          state.instance,
          state.schema,
          state.applied,
          state.pending,
          state.last,
          describeFailure(state),
        ]),
      );
    });
}

function describeFailure({ failure }: PlacementStatus): string | null {
  if (failure === null) return null;
  const { code, file, statement, found } = failure;
  return [code, file, statement && `statement ${statement}`, found].filter(Boolean).join(' ');
}

function verifyCommand(migrate: Command): void {
  migrate
    .command('verify')
    .description('Hold the files against the main branch, and every placement against the files.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExits with 1 when it finds anything.\n\nExample:\n  $ pnpm dmz migrate verify')
    .action(async ({ json }: Options) => {
      const { adminUrl } = await runningPostgres();
      const report = await verifyFleet(adminUrl);
      if (report.findings.length > 0) process.exitCode = 1;
      if (json) return printJson(report);
      printLine(`Files were compared with ${report.source}.`);
      printFindings(report, 'files and placements');
    });
}
