/** `dmz session correct`: puts right what an event did wrong, by a new event that refers to it. */

import { CorrectionReason } from '@archive-gate/game-engine';
import type { Command } from 'commander';
import { v7 as uuidv7 } from 'uuid';
import { changesBetween } from '../../modules/game/index.ts';
import { change, optionErrors, sessionId, uuidOf, wholeNumber, wordOf } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { changeInWords } from '../state-words.ts';
import { locateSession } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly credits: number;
  readonly trust: number;
  readonly intel: number;
  readonly reason?: CorrectionReason;
  readonly actionId?: string;
  readonly tenant?: string;
  readonly json?: boolean;
}

const REASONS = CorrectionReason.options;
/** As far as the engine accepts a correction at all; the rules of the session set narrower bounds. */
const MOST = 10_000_000;

export function correctCommand(session: Command): void {
  session
    .command('correct')
    .argument('<id>', 'id of the session', sessionId)
    .argument('<sequence>', 'sequence of the event that was wrong', wholeNumber('<sequence>', 1))
    .description('Put right what an event did wrong, by a new event; the wrong one stays as it is.')
    .option('--credits <n>', 'credits to add, or to take', change('--credits', MOST), 0)
    .option('--trust <n>', 'trust to add, or to take', change('--trust', MOST), 0)
    .option('--intel <n>', 'intel to add, or to take', change('--intel', MOST), 0)
    .option('--reason <reason>', REASONS.join(', '), wordOf('--reason', REASONS))
    .option(
      '--action-id <uuid>',
      'of the correction; the same command with the same id corrects nothing again',
      uuidOf('--action-id'),
    )
    .option('--tenant <slug>', 'look for it in this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
It is entered in the audit log. What the rules' bounds do not allow of it is left out, and a score that is final stays.
A script gives it an id of its own making, so that it may be run again when nobody knows whether it was done.

Examples:
  $ pnpm dmz session correct 0199… 42 --credits 25 --trust -1 --reason wrong_scoring
  $ pnpm dmz session correct 0199… 42 --credits 25 --reason wrong_scoring --action-id "$(uuidgen)"`,
    )
    .action((id: string, sequence: number, options: Options) => correct(id, sequence, options));
}

async function correct(id: string, sequence: number, options: Options): Promise<void> {
  const { credits: creditsDelta, trust: trustDelta, intel: intelDelta, reason } = options;
  if (reason === undefined) throw optionErrors.CLI_OPTION_MISSING({ expected: '--reason <reason>' });
  const { accepted, changes } = await withPlatform(async (platform, postgres) => {
    const { tenant } = await locateSession({ platform, postgres }, id, options.tenant);
    const changed = { creditsDelta, trustDelta, intelDelta };
    const { actionId = uuidv7() } = options;
    const request = { sessionId: id, actionId, sequence, reason, ...changed };
    const accepted = await platform.game.correct(tenant, request);
    const { lastSequence: at } = accepted;
    const difference = await platform.tenancy.run(tenant, (tx) => changesBetween(tx, id, at - 1, at));
    return { accepted, changes: difference.changes.filter(({ path }) => path !== 'sequence') };
  });
  const { actionId, lastSequence: correctedBy } = accepted;
  if (options.json) return printJson({ sessionId: id, actionId, sequence, correctedBy, reason, changes });
  printLine(`Event ${sequence} is corrected by event ${correctedBy}.\n`);
  printTable(
    ['what', 'before', 'after'],
    changes.map(changeInWords).map(({ place, before, after }) => [place, before, after]),
  );
}
