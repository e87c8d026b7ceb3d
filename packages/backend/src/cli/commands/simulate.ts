/** `dmz simulate`: bots play through the real services; `simulate check` proves that what they were told is stored. */

import type { Command } from 'commander';
import {
  type AckCheck,
  type AckDeviation,
  checkAckLog,
  openAckLog,
  type SimulationReport,
  simulate,
} from '../../simulate/index.ts';
import { optionErrors, required, wholeNumber } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printFields } from '../print-table.ts';
import { startProgress } from '../progress.ts';
import { whileConsuming } from '../while-consuming.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly tenant?: string;
  readonly players: number;
  readonly seconds?: number;
  readonly actions?: number;
  readonly seed: number;
  readonly days: number;
  readonly ackLog?: string;
  readonly json?: boolean;
}

const DEFAULT_SECONDS = 30;

export function simulateCommands(program: Command): void {
  const command = program
    .command('simulate')
    .description('Let bots play, many at once, through the same services that people play through.')
    .option('--tenant <slug>', 'the tenant whose people play')
    .option('--players <n>', 'bots that play at once', wholeNumber('--players', 1, 1_000), 20)
    .option('--seconds <n>', `how long; ${DEFAULT_SECONDS} by default`, wholeNumber('--seconds', 1, 604_800))
    .option(
      '--actions <n>',
      'how many actions, instead of --seconds',
      wholeNumber('--actions', 1, 100_000_000),
    )
    .option('--seed <n>', 'what the bots do follows from it', wholeNumber('--seed', 0), 7)
    .option('--days <n>', 'length of each game in game days', wholeNumber('--days', 1, 1_000), 10)
    .option('--ack-log <file>', 'append a line for each acknowledged action')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
One player and --actions play the same game whenever the seed is the same. Exits with 1 when the platform failed a
player after its own retries, for which DMZ_RETRY_MS sets the time. Ctrl-C ends it with its summary.

Examples:
  $ pnpm dmz simulate --tenant consumers --players 20 --seconds 30 --ack-log acks.ndjson
  $ pnpm dmz simulate check acks.ndjson`,
    )
    .action(runSimulation);

  command
    .command('check')
    .argument('<file>', 'what --ack-log wrote')
    .option('--json', 'print one JSON object')
    .description('Check that every acknowledged action is in the database, once and unchanged.')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz simulate check acks.ndjson --json')
    .action((file: string, _options: unknown, check: Command) => runCheck(file, check.optsWithGlobals()));
}

async function runSimulation(options: Options): Promise<void> {
  const { seconds, actions, players, seed, days, json } = options;
  const tenant = required('--tenant <slug>', options.tenant);
  if (seconds !== undefined && actions !== undefined) {
    throw optionErrors.CLI_OPTION_INVALID({ found: '--seconds and --actions', expected: 'one of the two' });
  }
  const limits = actions === undefined ? { seconds: seconds ?? DEFAULT_SECONDS } : { actions };
  const ackLog =
    options.ackLog === undefined ? undefined : openAckLog(required('--ack-log <file>', options.ackLog));
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  // The second Ctrl-C finds nobody listening and ends the program at once.
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const progress = startProgress(`${players} bots of ${tenant} begin to play`);
  try {
    const onProgress = (soFar: SimulationReport) => progress.update(describeProgress(soFar, stop.signal));
    const request = { tenant, players, seed, days, ackLog, signal: stop.signal, onProgress, ...limits };
    const report = await withPlatform((platform) =>
      whileConsuming(
        platform,
        tenant,
        (onStarted) => simulate(platform, { ...request, onStarted }),
        (line) => progress.update(line),
      ),
    );
    progress.stop();
    if (json) printJson(report);
    else printReport(report);
    if (report.failed > 0) process.exitCode = 1;
  } finally {
    progress.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    ackLog?.close();
  }
}

function describeProgress(soFar: SimulationReport, { aborted }: AbortSignal): string {
  const { seconds, actions, actionsPerSecond, retried, failed } = soFar;
  const counts = `${actions} actions (${actionsPerSecond}/s), ${retried} retried, ${failed} failed`;
  return aborted ? `ending: ${counts}` : `${Math.round(seconds)} s: ${counts}`;
}

function printReport(report: SimulationReport): void {
  const { actions, events, failed, failures, retried, refused, sessions, finished, seconds, latencyMs } =
    report;
  printFields({
    actions: `${actions} in ${seconds} s, ${report.actionsPerSecond} a second`,
    events,
    sessions: `${sessions} started, ${finished} played to their end`,
    latency: `p50 ${latencyMs.p50} ms, p95 ${latencyMs.p95} ms, p99 ${latencyMs.p99} ms, longest ${latencyMs.max} ms`,
    retried,
    refused,
    failed:
      failed === 0
        ? 0
        : `${failed}: ${Object.entries(failures)
            .map((each) => each.join(' '))
            .join(', ')}`,
  });
}

async function runCheck(file: string, { json }: { json?: boolean }): Promise<void> {
  const progress = startProgress(`checking ${file}`);
  try {
    const check = await withPlatform((platform) =>
      checkAckLog(platform, file, (lines) => progress.update(`${lines} lines looked up`)),
    );
    progress.stop();
    if (json) printJson(check);
    else printCheck(check);
    if (check.missing.length + check.different.length > 0) process.exitCode = 1;
  } finally {
    progress.stop();
  }
}

function printCheck({ lines, verified, missing, different, torn }: AckCheck): void {
  printFields({ lines, verified, missing: missing.length, different: different.length });
  if (torn) printLine('The last line is unfinished, as a killed writer leaves it; it was not looked at.');
  const say =
    (what: string) =>
    ({ line, actionId, reason }: AckDeviation) =>
      printLine(`line ${line}: ${what}: ${actionId ?? 'no action'}: ${reason}`);
  missing.forEach(say('missing'));
  different.forEach(say('different'));
}
