/** docs/reference/benchmarks.md: what was measured last, and the command that measures it again. */
import { type BenchmarkRecord, readRecords } from '../benchmark-record.ts';
import { page, table } from './markdown.ts';

export function benchmarkReference(): string {
  const intro =
    'Each is a ratio to a ceiling that was measured in the same run, since machines are noisy: compare ratios, not rates. No test asserts any of it. With `--record`, a benchmark keeps what it measured, and `pnpm dmz docs generate` renews this page.';
  return page('Benchmarks', intro, [...readRecords().values()].map(chapter));
}

function chapter({
  title,
  about,
  command,
  measuredOn,
  machine,
  columns,
  rows,
  reading,
}: BenchmarkRecord): string {
  const cells = rows.map((row) => row.map(String));
  return [
    `## ${title}`,
    '',
    about,
    '',
    table(columns, cells),
    '',
    ...reading.map((line) => `- ${line}`),
    '',
    `Measured on ${measuredOn}: ${machine}. Again with \`${command}\`.`,
  ].join('\n');
}
