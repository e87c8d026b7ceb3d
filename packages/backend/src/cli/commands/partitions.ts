/** `dmz partitions …`: the months of the logs, from the one made ahead to the one dropped at its end. */

import type { Command } from 'commander';
import { type ReachedInstance, reachInstances } from '../../instances/walk-instances.ts';
import { MAIN_INSTANCE } from '../../kernel/instances/index.ts';
import {
  attachPartition,
  detachPartition,
  type EnsureReport,
  ensureEveryPlace,
  listPartitions,
  type Partition,
  type Patience,
  parseMonth,
  placeOfLog,
  placesAt,
} from '../../kernel/partitions/index.ts';
import { purgeMonth } from '../../retention/purge-month.ts';
import { required, wholeNumber } from '../options.ts';
import { printJson, printLine, tellLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { runningPostgres, withPlatform } from '../with-platform.ts';

interface Options {
  readonly json?: boolean;
  readonly holdMs?: string;
  readonly waitMs?: string;
  readonly reason?: string;
  readonly rehearse?: boolean;
  readonly instance?: string;
}

export function partitionCommands(program: Command): void {
  const partitions = program
    .command('partitions')
    .description(
      'The months that logs are divided into: made ahead of time, and dropped when no duty is left.',
    );
  listCommand(partitions);
  ensureCommand(partitions);
  detachCommand(partitions);
  attachCommand(partitions);
  purgeCommand(partitions);
}

function listCommand(partitions: Command): void {
  partitions
    .command('list')
    .description('List every month of every log, with its rows (an estimate) and how it stands.')
    .option('--instance <name>', 'of this instance alone')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz partitions list')
    .action(async ({ json, instance: only }: Options) => {
      const listed = await listEverywhere(await instances(only));
      if (json) return printJson(listed);
      printTable(
        ['instance', 'log', 'month', 'state', 'rows', 'size', 'from', 'to', 'partition'],
        listed.map((each) => [
          each.instance,
          each.log,
          each.month,
          each.state,
          each.rows,
          sizeOf(each.bytes),
          dayOf(each.from),
          dayOf(each.to),
          each.partition,
        ]),
      );
    });
}

async function listEverywhere(
  reached: readonly ReachedInstance[],
): Promise<(Partition & { readonly instance: string })[]> {
  const listed = [];
  for (const { instance, adminUrl } of reached)
    for (const place of await placesAt(adminUrl))
      listed.push(...(await listPartitions(place)).map((each) => ({ ...each, instance })));
  return listed;
}

function ensureCommand(partitions: Command): void {
  withLimits(partitions.command('ensure'))
    .description(
      'Make the months that are missing, three ahead, and clear the default partitions. Repeatable.',
    )
    .option('--instance <name>', 'at this instance alone')
    .addHelpText(
      'after',
      '\nExits with 1 when rows had to stay in a default partition.\n\nExample:\n  $ pnpm dmz partitions ensure',
    )
    .action(async ({ json, instance: only, ...options }: Options) => {
      const report = await ensureEverywhere(await instances(only), limits(options), json);
      if (json) printJson(report);
      else printLine(describeEnsured(report));
      if (report.left.length > 0) process.exitCode = 1;
    });
}

async function ensureEverywhere(
  reached: readonly ReachedInstance[],
  patience: Patience,
  silent = false,
): Promise<EnsureReport> {
  const reports: EnsureReport[] = [];
  for (const { instance, adminUrl } of reached) {
    const onStep = (line: string): void => tellLine(`${instance}: ${line}`);
    const report = await ensureEveryPlace(adminUrl, { ...patience, ...(silent ? {} : { onStep }) });
    const at = <Each extends object>(each: Each) => ({ ...each, instance });
    reports.push({ made: report.made.map(at), moved: report.moved.map(at), left: report.left.map(at) });
  }
  return {
    made: reports.flatMap(({ made }) => made),
    moved: reports.flatMap(({ moved }) => moved),
    left: reports.flatMap(({ left }) => left),
  };
}

function describeEnsured({ made, moved, left }: EnsureReport): string {
  return [
    ...moved.map(
      ({ log, month, rows, why }) =>
        `${log} ${month}: ${rows} rows moved out of the default partition; ${why}.`,
    ),
    ...left.map(
      ({ log, month, rows, why }) =>
        `${log} ${month ?? 'no month'}: ${rows} rows stay in the default partition; ${why}.`,
    ),
    made.length === 0 ? 'Every month is there.' : `${made.length} months made.`,
  ].join('\n');
}

function detachCommand(partitions: Command): void {
  withLimits(withMonth(partitions.command('detach')))
    .description(
      'Take a past month out of its log. Its rows stay, closed to the application, until it is attached again or purged.',
    )
    .addHelpText('after', '\nExample:\n  $ pnpm dmz partitions detach game.events 2026-01')
    .action(async (log: string, text: string, { json, instance, ...options }: Options) => {
      const month = parseMonth(text);
      const partition = await detachPartition(placeOfLog(await adminUrlOf(instance), log), {
        log,
        month,
        ...limits(options),
      });
      if (json) return printJson({ log, month, partition, state: 'detached' });
      printLine(`${partition} is detached.`);
    });
}

function attachCommand(partitions: Command): void {
  withLimits(withMonth(partitions.command('attach')))
    .description('Put a detached month back into its log.')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz partitions attach game.events 2026-01')
    .action(async (log: string, text: string, { json, instance, ...options }: Options) => {
      const month = parseMonth(text);
      const moved = await attachPartition(placeOfLog(await adminUrlOf(instance), log), {
        log,
        month,
        ...limits(options),
      });
      if (json) return printJson({ log, month, moved, state: 'attached' });
      printLine(
        `${log} ${month} is attached again${moved > 0 ? `, with ${moved} rows of the default partition` : ''}.`,
      );
    });
}

function purgeCommand(partitions: Command): void {
  withLimits(withMonth(partitions.command('purge')))
    .description(
      'Drop a past month for good, when no legal hold, framework or policy of any tenant asks for its rows.',
    )
    .option('--reason <text>', 'why, for the audit log of each tenant; without personal data')
    .option('--rehearse', 'drop nothing: say what would go, and what holds it')
    .addHelpText(
      'after',
      '\nExits with 1 when the month is held.\n\nExamples:\n  $ pnpm dmz partitions purge game.events 2019-01 --rehearse\n  $ pnpm dmz partitions purge game.events 2019-01 --reason "end of retention"',
    )
    .action(
      async (
        log: string,
        text: string,
        { json, instance, reason, rehearse = false, ...options }: Options,
      ) => {
        const month = parseMonth(text);
        const request = {
          ...{ log, month, rehearsal: rehearse, ...limits(options) },
          reason: rehearse ? (reason ?? 'rehearsal') : required('--reason', reason),
        };
        const place = placeOfLog(await adminUrlOf(instance), log);
        const report = await withPlatform((platform) => purgeMonth(platform, place, request));
        if (report.held.length > 0) process.exitCode = 1;
        if (json) return printJson(report);
        if (report.held.length > 0)
          printTable(
            ['tenant', 'held by', 'until'],
            report.held.map(({ tenant, ground, until }) => [tenant, ground, dayOf(until) ?? 'no known end']),
          );
        const verb = report.dropped ? 'are gone' : report.held.length > 0 ? 'are held' : 'would go';
        printLine(
          `${log} ${month}: ${report.rows} rows of ${Object.keys(report.tenants).length} tenants ${verb}.`,
        );
      },
    );
}

const withMonth = (command: Command): Command =>
  command
    .argument(
      '<log>',
      'the log, such as game.events, or tenant_acme.game_events of a tenant in a schema of its own',
    )
    .argument('<month>', 'the month (UTC), such as 2026-01')
    .option('--instance <name>', 'the instance that the log is at', MAIN_INSTANCE);

const withLimits = (command: Command): Command =>
  command
    .option('--wait-ms <n>', 'how long to try for its locks before it gives up (15000)')
    .option('--hold-ms <n>', 'how long it may hold locks that writers meet (50)')
    .option('--json', 'print one JSON object');

function limits({ holdMs, waitMs }: Options): Patience {
  return {
    holdMs: holdMs === undefined ? undefined : wholeNumber('--hold-ms', 1, 3_600_000)(holdMs),
    patienceMs: waitMs === undefined ? undefined : wholeNumber('--wait-ms', 0, 3_600_000)(waitMs),
  };
}

const instances = async (only: string | undefined): Promise<ReachedInstance[]> =>
  reachInstances((await runningPostgres()).adminUrl, only);

async function adminUrlOf(instance = MAIN_INSTANCE): Promise<string> {
  const [reached] = await instances(instance);
  return reached?.adminUrl ?? '';
}

const dayOf = (time: Date | null): string | null => time?.toISOString().slice(0, 10) ?? null;

function sizeOf(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 2 ** 10)} kB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
