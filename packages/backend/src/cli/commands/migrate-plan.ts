/** `dmz migrate plan`: what `migrate up` would say to which database, and the locks that it would take. It runs nothing. */

import type { Command } from 'commander';
import { type PlannedFile, type PlannedRun, planFleet } from '../../instances/plan-fleet.ts';
import type { TableLock } from '../../kernel/migrations/lock-levels.ts';
import type { PlannedStatement } from '../../kernel/migrations/plan.ts';
import { paintFor } from '../paint.ts';
import { printJson, printLine } from '../print-line.ts';
import { runningPostgres } from '../with-platform.ts';

interface Options {
  readonly json?: boolean;
  readonly full?: boolean;
}

/** So much of a statement that it is recognised. */
const SHOWN_LENGTH = 110;
const SHOWN_PLACEMENTS = 6;

export function planCommand(migrate: Command): void {
  migrate
    .command('plan')
    .description(
      'Show every pending statement, the lock that it takes, and on which placements. Runs nothing.',
    )
    .option('--full', 'print statements in full')
    .option('--json', 'print one JSON array')
    .addHelpText(
      'after',
      `
Locks are those of PostgreSQL's manual, on tables that were there before the file. What cannot be told, as of a block of
code, is said to be ACCESS EXCLUSIVE on any table.

Example:
  $ pnpm dmz migrate plan`,
    )
    .action(async ({ json, full = false }: Options) => {
      const { adminUrl } = await runningPostgres();
      const plan = await planFleet(adminUrl);
      if (json) return printJson(plan);
      if (plan.length === 0) return printLine('Nothing is pending: every placement has every migration.');
      for (const file of plan) printLine(describeFile(file, full));
    });
}

function describeFile({ file, phase, completes, inTransaction, runs }: PlannedFile, full: boolean): string {
  const { bold } = paintFor(process.stdout);
  const how = inTransaction ? 'in one transaction' : 'statement by statement, outside of a transaction';
  const what = completes === null ? phase : `${phase} of ${completes}`;
  return [`${bold(file)}  ${what}, ${how}`, ...runs.map((run) => describeRun(run, full)), ''].join('\n');
}

function describeRun({ placements, statements }: PlannedRun, full: boolean): string {
  const names = placements.map(({ instance, schema }) =>
    schema === null ? instance : `${instance} ${schema}`,
  );
  const more = names.length > SHOWN_PLACEMENTS ? ` and ${names.length - SHOWN_PLACEMENTS} more` : '';
  const lines = statements.map((each) => describeStatement(each, full));
  const said = lines.length > 0 ? lines : ['    nothing is said there'];
  return [`  on ${names.slice(0, SHOWN_PLACEMENTS).join(', ')}${more}`, ...said].join('\n');
}

function describeStatement({ sql, locks }: PlannedStatement, full: boolean): string {
  const { dim } = paintFor(process.stdout);
  const line = sql.replace(/\s+/g, ' ');
  const shown = line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH)}…` : line;
  const taken = locks.length === 0 ? 'no lock on a table that is in use' : locks.map(describeLock).join('; ');
  return `    ${full ? sql.replaceAll('\n', '\n    ') : shown}\n      ${dim(taken)}`;
}

const describeLock = ({ lock, table }: TableLock): string =>
  `${lock} on ${table ?? 'a table that it does not name'}`;
