/** Lints texts as the next migrations of the foundation that the examples of the rules stand on. */
import { loadModule } from 'libpg-query';
import { exampleSeries } from './example-series.ts';
import { type LintFinding, lintSeries } from './lint-series.ts';
import { readMigrationFile } from './read-migration.ts';

export async function lintTexts(...texts: string[]): Promise<LintFinding[]> {
  await loadModule();
  const [foundation, ...examples] = exampleSeries(texts).map(({ tag, text }) => readMigrationFile(tag, text));
  return lintSeries([...(foundation ? [foundation] : []), ...examples], (file) => file !== foundation);
}

/** Names of the rules that are broken, each once. */
export async function rulesBrokenBy(...texts: string[]): Promise<string[]> {
  return [...new Set((await lintTexts(...texts)).map(({ rule }) => rule))].sort();
}
