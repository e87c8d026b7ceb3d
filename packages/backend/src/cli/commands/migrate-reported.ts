/** `dmz migrate reported`: the programs that run, and the migration that each knows; a contraction waits for the late ones. */

import type { Command } from 'commander';
import { openAsOwner } from '../../kernel/db/index.ts';
import { fourDigits } from '../../kernel/migrations/contract-gate.ts';
import { lastNumber } from '../../kernel/migrations/journal.ts';
import { dismissStale, listPrograms, type RunningProgram } from '../../kernel/migrations/running-programs.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { runningPostgres } from '../with-platform.ts';

interface Options {
  readonly json?: boolean;
  readonly dismissStale?: boolean;
}

export function reportedCommand(migrate: Command): void {
  migrate
    .command('reported')
    .description('List the programs that have reported themselves, and the last migration that each knows.')
    .option('--dismiss-stale', 'forget those that have been silent for five minutes')
    .option('--json', 'print one JSON array')
    .addHelpText(
      'after',
      `
Programs report themselves once a minute. A contraction waits for those that know too little; stale ones hold nothing up.

Examples:
  $ pnpm dmz migrate reported
  $ pnpm dmz migrate reported --dismiss-stale`,
    )
    .action(async (options: Options) => {
      const { adminUrl } = await runningPostgres();
      const { programs, dismissed } = await readPrograms(adminUrl, options.dismissStale ?? false);
      if (options.json) return printJson(programs);
      if (options.dismissStale) printLine(`${dismissed} stale programs were dismissed.`);
      printPrograms(programs);
    });
}

async function readPrograms(adminUrl: string, dismiss: boolean) {
  const owner = await openAsOwner(adminUrl);
  try {
    return await owner.run(async (_, client) => ({
      dismissed: dismiss ? await dismissStale(client) : 0,
      programs: await listPrograms(client),
    }));
  } finally {
    await owner.close();
  }
}

function printPrograms(programs: readonly RunningProgram[]): void {
  printLine(`The last migration of this checkout is ${fourDigits(lastNumber())}.`);
  printTable(
    ['program', 'version', 'knows', 'host', 'seen', 'state'],
    programs.map(({ name, version, schemaNumber, host, seenAt, stale }) => [
      name,
      version,
      fourDigits(schemaNumber),
      host,
      seenAt,
      stale ? 'stale' : 'running',
    ]),
  );
  const stale = programs.filter((each) => each.stale).length;
  if (stale > 0) printLine(`${stale} are stale: dead, or cut off. pnpm dmz migrate reported --dismiss-stale`);
}
