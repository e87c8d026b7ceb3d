/** `dmz db seed`: reference data and demonstration tenants, and as much more of them as a load test wants. */

import type { Command } from 'commander';
import { seedInstances } from '../../instances/upgrade-instances.ts';
import { runAsOwner } from '../../kernel/db/index.ts';
import { startInstances } from '../../kernel/instances/index.ts';
import { stackUp } from '../../kernel/stack/index.ts';
import { type FillReport, fillGames } from '../../scale/fill-games.ts';
import { type ScaleReport, scaleHistory, type Workshop } from '../../scale/scale-history.ts';
import { DEMONSTRATION_TENANTS, type SeedReport, seed, seedPlatform } from '../../seed.ts';
import { wholeNumber, wordsOf } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { startProgress } from '../progress.ts';
import { withPlatform } from '../with-platform.ts';

/** Some 35 million rows: a slip of the finger does not fill a disk beyond that. */
const MAX_SCALE = 1_000;
/** Some eighty million events. */
const MAX_GAMES = 200_000;

interface SeedOptions {
  readonly scale?: string;
  readonly games?: string;
  readonly tenant: string;
  readonly streamsOnly?: boolean;
  readonly referenceOnly?: boolean;
  readonly json?: boolean;
}

export function seedCommand(db: Command): void {
  db.command('seed')
    .option('--scale <n>', 'beside it, n times the people of each tenant with their history, for load tests')
    .option('--games <n>', 'beside it, n whole shifts of one tenant, some 430 events each, for benchmarks')
    .option('--tenant <slug>', 'whose games those are', 'consumers')
    .option('--streams-only', 'those games without read models and audit entries')
    .option(
      '--reference-only',
      'without any tenant: for a platform that tenants are created in, or imported into',
    )
    .option('--json', 'print one JSON object')
    .description('Fill the database with reference data and three demonstration tenants. Repeatable.')
    .addHelpText(
      'after',
      '\nAsked for more than before, it adds the difference; after a kill, it goes on where it was.\n' +
        '\nExamples:\n  $ pnpm db:seed\n  $ pnpm db:seed --scale 100\n  $ pnpm db:seed --games 2300 --streams-only    about a million events',
    )
    .action(async (options: SeedOptions) => {
      const scale = readCount('--scale', options.scale, MAX_SCALE);
      const games = readCount('--games', options.games, MAX_GAMES);
      const slugs = DEMONSTRATION_TENANTS.map(({ slug }) => slug);
      const [tenant = options.tenant] = wordsOf('--tenant', slugs)(options.tenant);
      const { postgres } = await stackUp();
      const { adminUrl } = postgres;
      await startInstances();
      if (options.referenceOnly) {
        const reference = (await runAsOwner(adminUrl, seedPlatform)) + (await seedInstances(adminUrl));
        return options.json ? printJson({ reference, tenants: [] }) : printReference(reference);
      }
      await withPlatform(async (platform) => {
        const seeded = await seed(platform, adminUrl);
        const report = { ...seeded, reference: seeded.reference + (await seedInstances(adminUrl)) };
        const shop = { platform, adminUrl };
        const scaled = scale === undefined ? undefined : await multiply(shop, scale);
        const filled =
          games === undefined ? undefined : await fill(shop, tenant, games, !options.streamsOnly);
        if (options.json) printJson({ ...report, scaled, filled });
        else print(report, scaled, filled);
      });
    });
}

const readCount = (option: string, text: string | undefined, most: number): number | undefined =>
  text === undefined ? undefined : wholeNumber(option, 1, most)(text);

async function multiply(shop: Workshop, scale: number): Promise<ScaleReport> {
  return withProgress('multiplying the demonstration history', 'people', (onProgress) =>
    scaleHistory(shop, DEMONSTRATION_TENANTS, scale, onProgress),
  );
}

async function fill(shop: Workshop, tenant: string, games: number, derived: boolean): Promise<FillReport> {
  return withProgress('copying games', 'games', (onProgress) =>
    fillGames(shop, { tenant, games, derived, onProgress }),
  );
}

async function withProgress<Report>(
  title: string,
  things: string,
  work: (onProgress: (done: number, all: number, rows: number) => void) => Promise<Report>,
): Promise<Report> {
  const progress = startProgress(title);
  const startedAt = performance.now();
  try {
    return await work((done, all, rows) => {
      const seconds = (performance.now() - startedAt) / 1_000;
      const left = Math.ceil((seconds * (all - done)) / Math.max(done, 1));
      const speed = `${Math.round(rows / seconds)} rows/s, ${left} s left`;
      progress.update(
        `${Math.floor((100 * done) / Math.max(all, 1))} %: ${done} of ${all} ${things}, ${speed}`,
      );
    });
  } finally {
    progress.stop();
  }
}

const printReference = (rows: number) => printLine(`${rows} rows of reference data added or changed.`);

function print(report: SeedReport, scaled: ScaleReport | undefined, filled: FillReport | undefined): void {
  printReference(report.reference);
  for (const { slug, people, templatesAdded } of report.tenants) {
    printLine(`${slug.padEnd(16)} ${people} people, ${templatesAdded} e-mails added`);
  }
  if (scaled) {
    if (scaled.rows === 0) printLine('The demonstration tenants have this scale already; nothing was added.');
    for (const { slug, people, rows } of scaled.tenants) {
      if (rows > 0) printLine(`${slug.padEnd(16)} ${people} more people, ${rows} rows`);
    }
    printAdded(scaled);
  }
  if (filled) {
    printLine(
      filled.games > 0 ? `${filled.games} more games` : 'The games are there already; nothing was added.',
    );
    printAdded(filled);
  }
}

function printAdded({ rows, seconds, tables }: Pick<ScaleReport, 'rows' | 'seconds' | 'tables'>): void {
  if (rows === 0) return;
  printTable(['table', 'rows added'], Object.entries(tables));
  printLine(`${rows} rows in ${seconds.toFixed(1)} s: ${Math.round(rows / seconds)} rows/s`);
}
