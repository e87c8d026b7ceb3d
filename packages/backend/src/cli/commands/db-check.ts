/** `dmz db check` and `dmz db snapshot`: whether the database is what was reviewed, and what was reviewed. */

import type { Command } from 'commander';
import { definedSchema } from '../../defined-schema.ts';
import { reachAddresses } from '../../instances/walk-instances.ts';
import {
  type CheckReport,
  checkDatabase,
  checkInstance,
  listDatabase,
  writeSnapshot,
} from '../../kernel/check/index.ts';
import { ofInstance } from '../../kernel/doctor/index.ts';
import { MAIN_INSTANCE } from '../../kernel/instances/index.ts';
import { stackUp } from '../../kernel/stack/index.ts';
import { printFindings } from '../print-findings.ts';
import { printJson, printLine } from '../print-line.ts';

async function checkEverywhere(controlUrl: string): Promise<CheckReport> {
  const defined = definedSchema();
  const { checked, findings } = await checkDatabase(controlUrl, defined);
  const all = [...findings];
  for (const { instance, adminUrl } of await reachAddresses(controlUrl, [MAIN_INSTANCE])) {
    const report = await checkInstance(adminUrl, defined);
    all.push(...report.findings.map((finding) => ofInstance(instance, finding)));
  }
  return { checked, findings: all };
}

export function checkCommands(db: Command): void {
  db.command('check')
    .option('--json', 'print one JSON object')
    .description(
      'Hold schema, migrations and the live database against each other and against the rules of each kind of table.',
    )
    .addHelpText('after', '\nExits with 1 when it finds anything.\n\nExample:\n  $ pnpm db:check --json')
    .action(async (options: { json?: boolean }) => {
      const { postgres } = await stackUp();
      const report = await checkEverywhere(postgres.adminUrl);
      if (options.json) printJson(report);
      else printFindings(report, 'rules');
      if (report.findings.length > 0) process.exitCode = 1;
    });

  db.command('snapshot')
    .description('Write the listing of the migrated catalogue that `db check` compares the database with.')
    .addHelpText('after', '\nExample:\n  $ pnpm db:migrate && pnpm dmz db snapshot')
    .action(async () => {
      const { postgres } = await stackUp();
      printLine(writeSnapshot(await listDatabase(postgres.adminUrl, definedSchema().namespaces)));
    });
}
