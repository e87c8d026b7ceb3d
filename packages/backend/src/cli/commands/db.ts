/** `dmz db …`: the schema and its migrations. `pnpm db:migrate` and its sisters are these commands. */
import type { Command } from 'commander';
import { migrateInstances } from '../../instances/upgrade-instances.ts';
import { startInstances } from '../../kernel/instances/index.ts';
import { generateMigration, recordChecksums } from '../../kernel/migrations/generate.ts';
import { stackUp } from '../../kernel/stack/index.ts';
import { allTables } from '../../modules/registry.ts';
import { checkCommands } from './db-check.ts';
import { seedCommand } from './db-seed.ts';

export function dbCommands(program: Command): void {
  const db = program.command('db').description('The schema and its migrations.');

  db.command('generate')
    .argument('<name>', 'what the migration does, as <verb>_<what>')
    .option('--custom', 'an empty file, to be written by hand')
    .description('Make the next migration from what has changed in the schema.')
    .addHelpText('after', '\nExample:\n  $ pnpm db:generate add_locale_to_users')
    .action((name: string, options: { custom?: boolean }) => {
      const tag = generateMigration(name, allTables(), options.custom ?? false);
      console.log(tag ? `packages/backend/drizzle/${tag}.sql` : 'The schema has not changed.');
    });

  db.command('migrate')
    .option('--json', 'print one JSON object')
    .description('Bring the database, and that of every further instance, up to this version.')
    .addHelpText('after', '\nExample:\n  $ pnpm db:migrate')
    .action(async (options: { json?: boolean }) => {
      const { postgres } = await stackUp();
      await startInstances();
      const onStep = (step: string) => options.json || console.log(`applying ${step}`);
      const run = await migrateInstances(postgres.adminUrl, onStep);
      if (options.json) console.log(JSON.stringify(run));
      else
        for (const { instance, applied, total } of [{ instance: '', ...run }, ...run.instances])
          console.log(
            `${instance === '' ? '' : `${instance}: `}${applied.length} of ${total} migrations applied now; the database is up to date.`,
          );
    });

  seedCommand(db);

  db.command('accept')
    .description('Record the checksums of new migration files, which must not change from then on.')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz db accept')
    .action(() => {
      for (const tag of recordChecksums()) console.log(tag);
    });

  checkCommands(db);
}
