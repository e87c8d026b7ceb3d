/** `dmz session state` and `session diff`: a session at any moment of it, and what changed between two of them. */

import type { SessionState } from '@archive-gate/game-engine';
import type { Command } from 'commander';
import { changesBetween, sessionState } from '../../modules/game/index.ts';
import { instant, optionErrors, sessionId, wholeNumber } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printFields, printTable } from '../print-table.ts';
import { changeInWords, fieldInWords, valueInWords } from '../state-words.ts';
import { locateSession, READING } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly at?: number;
  readonly atTime?: Date;
  readonly tenant?: string;
  readonly json?: boolean;
}

export function stateCommand(session: Command): void {
  session
    .command('state')
    .argument('<id>', 'id of the session', sessionId)
    .description(
      'Show the state of a session, now or at any moment of it. It holds the truth of each e-mail.',
    )
    .option('--at <n>', 'after the event of this sequence; 0 is before the first', wholeNumber('--at', 0))
    .option('--at-time <time>', 'at this instant, ISO 8601 with its zone', instant('--at-time'))
    .option('--tenant <slug>', 'look for it in this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  $ pnpm dmz session state 0199… --at 40\n  $ pnpm dmz session state 0199… --at-time 2026-11-03T09:30:00Z --json',
    )
    .action(async (id: string, { at, atTime, tenant: only, json }: Options) => {
      if (at !== undefined && atTime !== undefined)
        throw optionErrors.CLI_OPTION_INVALID({ found: '--at and --at-time', expected: 'one of the two' });
      const state = await withPlatform(async (platform, postgres) => {
        const { tenant } = await locateSession({ platform, postgres }, id, only);
        return platform.tenancy.run(tenant, (tx) => sessionState(tx, id, at ?? atTime), READING);
      });
      if (json) printJson(state);
      else printState(state);
    });
}

/** What is one value in a list of fields; what has entries as a list of them. */
function printState(state: SessionState): void {
  const fields: Record<string, string> = {};
  const lists: [name: string, entries: readonly object[]][] = [];
  for (const [name, value] of Object.entries(state)) {
    const entries = Array.isArray(value) ? value : [];
    if (entries.some((entry) => typeof entry === 'object')) lists.push([name, entries]);
    else if (Array.isArray(value))
      fields[fieldInWords(name)] = value.map((each) => valueInWords(name, each)).join(', ');
    else fields[fieldInWords(name)] = valueInWords(name, value);
  }
  printFields(fields);
  for (const [name, entries] of lists) {
    printLine();
    printTable(
      [name, ''],
      entries.map((entry) => [Object.values(entry)[0], valueInWords(`${name}[]`, entry)]),
    );
  }
}

export function diffCommand(session: Command): void {
  session
    .command('diff')
    .argument('<id>', 'id of the session', sessionId)
    .argument('<from>', 'after this sequence; 0 is before the first event', wholeNumber('<from>', 0))
    .argument('<to>', 'after this later sequence', wholeNumber('<to>', 0))
    .description('Show what changed in a session from one sequence to a later one.')
    .option('--tenant <slug>', 'look for it in this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz session diff 0199… 40 60')
    .action(async (id: string, from: number, to: number, { tenant: only, json }: Options) => {
      if (from > to)
        throw optionErrors.CLI_OPTION_INVALID({
          found: `from ${from} to ${to}`,
          expected: 'from at most to',
        });
      const difference = await withPlatform(async (platform, postgres) => {
        const { tenant } = await locateSession({ platform, postgres }, id, only);
        return platform.tenancy.run(tenant, (tx) => changesBetween(tx, id, from, to), READING);
      });
      if (json) return printJson({ sessionId: id, ...difference });
      if (difference.changes.length === 0) return printLine('Nothing changed.');
      printTable(
        ['what', 'before', 'after'],
        difference.changes
          .map(changeInWords)
          .map(({ kind, place, before, after }) => [
            place,
            kind === 'added' ? '(new)' : before,
            kind === 'removed' ? '(gone)' : after,
          ]),
      );
    });
}
