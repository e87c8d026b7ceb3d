/** `dmz tenant suspend`, `archive` and `resume`: how a tenant is served. */

import type { Command } from 'commander';
import { readConfig } from '../../kernel/config.ts';
import { createLogger } from '../../kernel/log.ts';
import { changeStanding, STANDINGS } from '../../provisioning/tenant-standing.ts';
import { required } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { runningPostgres } from '../with-platform.ts';

interface Options {
  readonly reason?: string;
  readonly json?: boolean;
}

const DESCRIPTIONS: Readonly<Record<keyof typeof STANDINGS, string>> = {
  suspend: 'Refuse all work in a tenant, and keep its data. Ends when those who are in it have left.',
  archive: 'Let nothing of a tenant change any more; it can be read. Its periods of retention run from here.',
  resume: 'Serve a suspended or archived tenant again.',
};

export function standingCommands(tenant: Command): void {
  for (const verb of Object.keys(DESCRIPTIONS) as (keyof typeof STANDINGS)[])
    tenant
      .command(verb)
      .argument('<slug>', 'slug of the tenant')
      .description(DESCRIPTIONS[verb])
      .option('--reason <text>', 'why, for the tenant’s audit log; without personal data')
      .option('--json', 'print one JSON object')
      .addHelpText('after', `\nExample:\n  $ pnpm dmz tenant ${verb} acme --reason "contract 4711"`)
      .action(async (slug: string, { json, reason }: Options) => {
        const request = { slug, reason: required('--reason', reason) };
        const { adminUrl: controlUrl } = await runningPostgres();
        const log = createLogger(readConfig().LOG_LEVEL);
        const changed = await changeStanding({ controlUrl, log }, STANDINGS[verb], request);
        if (json) return printJson(changed);
        printLine(`${slug} is ${changed.status}${changed.changed ? '' : ', as before'}.`);
      });
}
