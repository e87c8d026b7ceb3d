/** `dmz migrate backfill`: fills what an expansion has added, at every placement, at a pace that others can live with. */

import { type Command, Option } from 'commander';
import { migrateFleet, printRun } from '../migrate-fleet.ts';
import { wholeNumber } from '../options.ts';
import { printJson } from '../print-line.ts';
import { runningPostgres } from '../with-platform.ts';

interface Options {
  readonly json?: boolean;
  readonly jobs?: number;
  readonly throttle?: number;
}

const MAX_ROWS_PER_SECOND = 1_000_000;
const MAX_JOBS = 64;

export const throttleOption = () =>
  new Option(
    '--throttle <rows/s>',
    'rows that a backfill may go over in a second, at each placement; by default it rests as long as it works',
  ).argParser(wholeNumber('--throttle', 1, MAX_ROWS_PER_SECOND));

export function backfillCommand(migrate: Command): void {
  migrate
    .command('backfill')
    .argument('[name]', 'the last backfill to apply, by name or number; all that are next by default')
    .description(
      'Apply backfills that are pending, and nothing else; what is interrupted goes on where it was.',
    )
    .option('--jobs <n>', 'placements that are worked on at once', wholeNumber('--jobs', 1, MAX_JOBS), 1)
    .addOption(throttleOption())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Rows are filled in batches of a tenth of a second, by ranges of their key, each in a transaction of its own. Running it
again does nothing twice. pnpm dmz migrate up applies backfills too, in their turn.

Examples:
  $ pnpm dmz migrate up --to 0027
  $ pnpm dmz migrate backfill --throttle 2000`,
    )
    .action(async (name: string | undefined, { json, ...options }: Options) => {
      const { adminUrl } = await runningPostgres();
      const run = await migrateFleet(adminUrl, {
        ...options,
        only: 'backfill',
        ...(name === undefined ? {} : { to: name }),
      });
      if (json) printJson(run);
      else printRun(run, true);
    });
}
