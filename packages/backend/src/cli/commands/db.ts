/** `dmz db …`: the schema and its migrations. `pnpm db:migrate` and its sisters are these commands. */

import type { Command } from 'commander';
import { startInstances } from '../../kernel/instances/index.ts';
import { acceptMigrations, generateMigration, writeMigration } from '../../kernel/migrations/generate.ts';
import { stackUp } from '../../kernel/stack/index.ts';
import { allTables } from '../../modules/registry.ts';
import { grantsOn, platformNeeds } from '../../rights/index.ts';
import { writeRightsMigration } from '../../rights/rights-migration.ts';
import { migrateFleet, printRun } from '../migrate-fleet.ts';
import { printJson, printLine } from '../print-line.ts';
import { checkCommands } from './db-check.ts';
import { seedCommand } from './db-seed.ts';

export function dbCommands(program: Command): void {
  const db = program.command('db').description('The schema and its migrations.');

  generateCommand(db);

  db.command('migrate')
    .option('--json', 'print one JSON object')
    .description('Start the stack, and bring every placement up to this version: dmz migrate up.')
    .addHelpText('after', '\nExample:\n  $ pnpm db:migrate')
    .action(async (options: { json?: boolean }) => {
      const { postgres } = await stackUp();
      await startInstances();
      const run = await migrateFleet(postgres.adminUrl);
      if (options.json) printJson(run);
      else printRun(run);
    });

  seedCommand(db);

  db.command('accept')
    .description('Renew the checksums of migrations that were edited and are not merged yet.')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz db accept')
    .action(() => {
      for (const tag of acceptMigrations()) printLine(tag);
    });

  checkCommands(db);
}

function generateCommand(db: Command): void {
  db.command('generate')
    .argument('<name>', 'what the migration does, as <verb>_<what>')
    .option('--custom', 'an empty file, to be written by hand')
    .option('--rights', 'what makes the rights of the database those that use cases need')
    .description('Make the next migration from what has changed in the schema, and record its checksum.')
    .addHelpText('after', '\nExample:\n  $ pnpm db:generate add_locale_to_users')
    .action(async (name: string, options: { custom?: boolean; rights?: boolean }) => {
      const tag = await generate(name, options);
      printLine(tag ? `packages/backend/drizzle/${tag}.sql` : 'Nothing has changed.');
    });
}

async function generate(
  name: string,
  { custom, rights }: { custom?: boolean; rights?: boolean },
): Promise<string | undefined> {
  if (custom) return writeMigration(name, []);
  // Needs the compiler, which only whoever writes migrations has.
  const { recordServiceUses } = await import('../../rights/find-service-uses.ts');
  recordServiceUses();
  if (!rights) return generateMigration(name, { tables: allTables(), grantsOn: grantsOn(platformNeeds()) });
  const { postgres } = await stackUp();
  const { tag, byHand } = await writeRightsMigration(postgres.adminUrl, name);
  for (const right of byHand)
    printLine(`By hand: ${right.role}, ${right.privilege} on ${right.on} ${right.name}`);
  return tag;
}
