/** `dmz isolation attack`: what an attacker in one tenant could try on another, tried. */

import type { Command } from 'commander';
import { type AttackReport, attackFleet } from '../../isolation/attack-fleet.ts';
import { groups } from '../../kernel/isolation/index.ts';
import { redisStatus } from '../../kernel/stack/index.ts';
import { wordsOf } from '../options.ts';
import { printFindings } from '../print-findings.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { startProgress } from '../progress.ts';
import { runningPostgres } from '../with-platform.ts';

interface Options {
  readonly from?: string;
  readonly against?: string;
  readonly only?: string[];
  readonly json?: boolean;
}

export function isolationCommands(program: Command): void {
  const names = groups.map(({ name }) => name);
  program
    .command('isolation')
    .description('The wall between tenants.')
    .command('attack')
    .description('Try everything that a program in one tenant could do to reach another, at every tier.')
    .option('--from <slug>', 'the tenant that attacks; by default one of each tier, with rows in most tables')
    .option('--against <slug>', 'the tenant that is attacked; by default a neighbour')
    .option('--only <groups>', `groups of attempts: ${names.join(', ')}`, wordsOf('--only', names))
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The attempts are made from the live catalogue, as the application's role; each is rolled back, so nothing stays.
Exits with 1 when anything gets through. docs/reference/isolation.md says what is tried, and why.

Examples:
  $ pnpm dmz isolation attack
  $ pnpm dmz isolation attack --from consumers --against small-company --only reading,writing`,
    )
    .action(attack);
}

async function attack({ from, against, only, json }: Options): Promise<void> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const { adminUrl: controlUrl } = await runningPostgres();
  const progress = startProgress('attacking');
  const wanted = groups.filter(({ name }) => only?.includes(name) ?? true);
  const onProgress = (line: string) => progress.update(line);
  const report = await attackFleet({
    ...{
      controlUrl,
      redisUrl: redisStatus().url,
      groups: wanted,
      from,
      against,
      onProgress,
      signal: stop.signal,
    },
  }).finally(() => {
    progress.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  });
  if (json) printJson(report);
  else printReport(report);
  if (report.findings.length > 0 || !report.finished) process.exitCode = 1;
}

function printReport({
  groups: counts,
  untried,
  limits,
  places,
  finished,
  ms,
  ...report
}: AttackReport): void {
  for (const { place, from, against } of places) printLine(`${place}: ${from} attacks ${against}`);
  printLine();
  printTable(
    ['group', 'tried', 'refused', 'empty', 'got through', 'known', 'not tried', 'ms'],
    counts.map((each) => [
      ...[
        each.group,
        each.tried,
        each.refused,
        each.empty,
        each.through,
        each.known,
        each.untried,
        Math.round(each.ms),
      ],
    ]),
  );
  for (const [why, objects] of groupByReason(limits)) printLine(`\nknown, ${why}: ${objects}`);
  for (const [why, objects] of groupByReason(untried)) printLine(`\nnot tried, ${why}: ${objects}`);
  printLine();
  printFindings(report, 'attempts');
  printLine(
    `${finished ? 'Done' : 'Interrupted; what is not listed was not tried'}, in ${Math.round(ms / 1000)} s.`,
  );
}

const NAMED = 5;

function groupByReason(untried: AttackReport['untried']): [string, string][] {
  const reasons = new Map<string, string[]>();
  for (const { why, rule, object } of untried)
    reasons.set(why, [...(reasons.get(why) ?? []), `${rule} ${object}`]);
  return [...reasons].map(([why, all]) => [
    why,
    `${all.slice(0, NAMED).join(', ')}${all.length > NAMED ? `, and ${all.length - NAMED} more` : ''}`,
  ]);
}
