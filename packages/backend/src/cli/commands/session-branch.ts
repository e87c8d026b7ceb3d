/** `dmz session branch`: what if somebody had gone on otherwise from there? A copy of a session, to be played on. */

import type { Command } from 'commander';
import { v7 as uuidv7 } from 'uuid';
import { required, sessionId, wholeNumber } from '../options.ts';
import { printJson } from '../print-line.ts';
import { printFields } from '../print-table.ts';
import { locateSession } from '../walk-tenants.ts';
import { followSession } from '../while-consuming.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly at?: number;
  readonly tenant?: string;
  readonly json?: boolean;
}

export function branchCommand(session: Command): void {
  session
    .command('branch')
    .argument('<id>', 'id of the session', sessionId)
    .description('Copy a session up to a sequence as a new one, a what-if that is played on from there.')
    .option('--at <n>', 'the last sequence to copy, where an action ends', wholeNumber('--at', 1))
    .option('--tenant <slug>', 'look for it in this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The same actions lead to the same events in the copy, since it keeps the seed; other actions lead elsewhere. What is
earned in a branch counts for no ledger, no board and no report.

Example:
  $ pnpm dmz session branch 0199… --at 120`,
    )
    .action(async (id: string, options: Options) => {
      const at = Number(required('--at <n>', options.at?.toString()));
      const branched = await withPlatform(async (platform, postgres) => {
        const { tenant } = await locateSession({ platform, postgres }, id, options.tenant);
        const request = { sessionId: id, at, branchId: uuidv7() };
        const made = await platform.game.branch(tenant, request);
        await followSession(platform, tenant, made.sessionId);
        return { ...made, tenant };
      });
      if (options.json) return printJson(branched);
      const whose = branched.tenant === 'consumers' ? '' : ` --tenant ${branched.tenant}`;
      printFields({ ...branched, next: `pnpm dmz play${whose} --session ${branched.sessionId}` });
    });
}
