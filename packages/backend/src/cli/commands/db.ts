/** `dmz db …`: the schema and its migrations. `pnpm db:migrate` and its sisters are these commands. */
import type { Command } from 'commander';
import { generateMigration, recordChecksums } from '../../kernel/migrations/generate.ts';
import { migrate } from '../../kernel/migrations/runner.ts';
import { stackUp } from '../../kernel/stack/index.ts';
import { allTables } from '../../modules/registry.ts';
import type { Platform } from '../../platform.ts';
import { type ScaleReport, scaleHistory } from '../../scale/scale-history.ts';
import { DEMONSTRATION_TENANTS, seed } from '../../seed.ts';
import { wholeNumber } from '../options.ts';
import { startProgress } from '../progress.ts';
import { withPlatform } from '../with-platform.ts';
import { checkCommands } from './db-check.ts';

const MAX_SCALE = 1_000;

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
    .description('Bring the database up to this version.')
    .addHelpText('after', '\nExample:\n  $ pnpm db:migrate')
    .action(async (options: { json?: boolean }) => {
      const { postgres } = await stackUp();
      const run = await migrate(postgres.adminUrl, (tag) => options.json || console.log(`applying ${tag}`));
      if (options.json) console.log(JSON.stringify(run));
      else
        console.log(
          `${run.applied.length} of ${run.total} migrations applied now; the database is up to date.`,
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

function seedCommand(db: Command): void {
  db.command('seed')
    .option('--scale <n>', 'beside it, n times the people of each tenant with their history, for load tests')
    .option('--json', 'print one JSON object')
    .description('Fill the database with reference data and three demonstration tenants. Repeatable.')
    .addHelpText('after', '\nExamples:\n  $ pnpm db:seed\n  $ pnpm db:seed --scale 100')
    .action(async (options: { scale?: string; json?: boolean }) => {
      const scale =
        options.scale === undefined ? undefined : wholeNumber('--scale', 1, MAX_SCALE)(options.scale);
      const { postgres } = await stackUp();
      const { report, scaled } = await withPlatform(async (platform) => ({
        report: await seed(platform, postgres.adminUrl),
        scaled: scale === undefined ? undefined : await multiply(platform, postgres.adminUrl, scale),
      }));
      if (options.json) return console.log(JSON.stringify({ ...report, ...(scaled ? { scaled } : {}) }));
      console.log(`${report.reference} rows of reference data added or changed.`);
      for (const { slug, people, templatesAdded } of report.tenants) {
        console.log(`${slug.padEnd(16)} ${people} people, ${templatesAdded} e-mails added`);
      }
      if (scaled) printScaled(scaled);
    });
}

async function multiply(platform: Platform, adminUrl: string, scale: number): Promise<ScaleReport> {
  const progress = startProgress('multiplying the demonstration history');
  try {
    return await scaleHistory({ platform, adminUrl }, DEMONSTRATION_TENANTS, scale, (done, all, rows) =>
      progress.update(`${Math.floor((100 * done) / all)} %: ${done} of ${all} people, ${rows} rows`),
    );
  } finally {
    progress.stop();
  }
}

function printScaled({ rows, seconds, tenants }: ScaleReport): void {
  if (rows === 0) {
    console.log('The demonstration tenants have this scale already; nothing was added.');
    return;
  }
  for (const tenant of tenants) {
    console.log(`${tenant.slug.padEnd(16)} ${tenant.people} more people, ${tenant.rows} rows`);
  }
  console.log(`${rows} rows in ${seconds.toFixed(1)} s: ${Math.round(rows / seconds)} rows/s`);
}
