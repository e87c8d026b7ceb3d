/**
 * `dmz migrate lint`: whether a migration can hurt those who work while it is applied, or weaken what keeps tenants apart. It
 * reads files and knows no database; what exists before a file is known from the files before it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadModule } from 'libpg-query';
import { migrationsFolder } from '../journal.ts';
import { lintErrors } from './errors.ts';
import { type LintFinding, lintSeries } from './lint-series.ts';
import { type MigrationFile, readMigrationFile } from './read-migration.ts';

export { lintErrors } from './errors.ts';
export { exampleFoundation, exampleSeries } from './example-series.ts';
export type { RuleDescription } from './lint-rule.ts';
export { lintRules, lintSections } from './lint-rules.ts';
export type { LintFinding } from './lint-series.ts';
export { excludedSquawkRules } from './squawk-rules.ts';

/**
 * Files up to this number were merged before there were phases and lint. They were applied to databases without tenants at
 * work, and never change, so they are read for what they made and are held to nothing.
 */
const LAST_EXEMPT = 25;

export interface LintReport {
  /** How many migrations were looked at. */
  readonly checked: number;
  readonly findings: readonly LintFinding[];
}

/** Every migration of the series that is not exempt. @throws MIGRATION_LINT_SQUAWK_MISSING, MIGRATION_LINT_SQUAWK_FAILED */
export async function lintMigrations(folder = migrationsFolder): Promise<LintReport> {
  await loadModule();
  return report(readSeries(folder), ({ tag }) => !isExempt(tag));
}

/**
 * The given files: in their place where they are of the series, else as if they were next in it, in the order given.
 *
 * @throws MIGRATION_LINT_FILE_UNKNOWN, MIGRATION_LINT_SQUAWK_MISSING, MIGRATION_LINT_SQUAWK_FAILED
 */
export async function lintFiles(files: readonly string[], folder = migrationsFolder): Promise<LintReport> {
  await loadModule();
  for (const file of files)
    if (!file.endsWith('.sql') || !existsSync(file))
      throw lintErrors.MIGRATION_LINT_FILE_UNKNOWN({ found: file });
  const series = readSeries(folder);
  const given = files.map((file) => ({ file, tag: path.basename(file, '.sql') }));
  const isOfSeries = ({ file, tag }: { file: string; tag: string }) =>
    path.resolve(file) === path.join(folder, `${tag}.sql`) && series.some((known) => known.tag === tag);
  const next = given
    .filter((each) => !isOfSeries(each))
    .map(({ file, tag }) => readMigrationFile(tag, readFileSync(file, 'utf8')));
  const tags = given.filter(isOfSeries).map(({ tag }) => tag);
  return report([...series, ...next], (file) => next.includes(file) || tags.includes(file.tag));
}

function report(series: readonly MigrationFile[], isAsked: (file: MigrationFile) => boolean): LintReport {
  return { checked: series.filter(isAsked).length, findings: lintSeries(series, isAsked) };
}

/** By number; that the journal names the same files is the runner's to check, and headers are findings here. */
const readSeries = (folder: string): MigrationFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) =>
      readMigrationFile(path.basename(name, '.sql'), readFileSync(path.join(folder, name), 'utf8')),
    );

const isExempt = (tag: string) => Number.parseInt(tag, 10) <= LAST_EXEMPT;
