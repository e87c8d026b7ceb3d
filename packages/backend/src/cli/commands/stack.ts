/**
 * `dmz stack`: bring PostgreSQL up, take it down, see how it is. Progress goes to stderr, so that `--json` prints one
 * object on stdout and nothing else. Passwords appear in `--json` alone, which programs connect with.
 */

import type { Command } from 'commander';
import { type ReachedInstance, reachAddresses } from '../../instances/walk-instances.ts';
import { maskRedisUrl } from '../../kernel/cache/index.ts';
import { readConfig } from '../../kernel/config.ts';
import { isDmzError } from '../../kernel/errors/index.ts';
import {
  type InstanceState,
  instanceStates,
  startInstances,
  stopInstances,
} from '../../kernel/instances/index.ts';
import { createLogger } from '../../kernel/log.ts';
import { keepMonthsReady } from '../../kernel/partitions/index.ts';
import {
  maskPassword,
  type RedisState,
  redisDown,
  redisUp,
  type StackStatus,
  stackDown,
  stackStatus,
  stackUp,
} from '../../kernel/stack/index.ts';
import { printJson, printLine, tellLine } from '../print-line.ts';

interface Options {
  readonly json?: boolean;
}

export function stackCommands(program: Command): void {
  const stack = program
    .command('stack')
    .description('Start, stop and inspect PostgreSQL, and Redis where there is one');

  stack
    .command('up')
    .description(
      'Start the embedded PostgreSQL, or check the server that DATABASE_URL names, embedded instances, and a Redis of the PATH',
    )
    .option('--json', 'print one JSON object, with URLs that hold passwords')
    .addHelpText(
      'after',
      '\nExample:\n  $ pnpm dmz stack up --json\n  $ DATABASE_URL=postgresql://… pnpm dmz stack up',
    )
    .action(async ({ json }: Options) => {
      const running = await stackUp({ onProgress: tellLine });
      await startInstances({ onProgress: tellLine });
      for (const { adminUrl } of await reachable(running.postgres.adminUrl)) await keepMonths(adminUrl);
      const redis = await redisUp({ onProgress: tellLine });
      print({ ...running, redis, instances: await instanceStates() }, json);
    });

  stack
    .command('down')
    .description('Stop what stack up has started; what is named by a URL is left alone')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz stack down')
    .action(async ({ json }: Options) => {
      const instances = await stopInstances();
      const redis = await redisDown();
      const { stopped } = await stackDown();
      if (json) return print(await wholeStatus(), json);
      for (const name of instances) printLine(`Instance ${name} stopped.`);
      if (redis) printLine('Redis stopped.');
      printLine(stopped ? 'PostgreSQL stopped.' : 'PostgreSQL was not running.');
    });

  stack
    .command('status')
    .description('Show what runs; exits with 1 when PostgreSQL or an instance does not')
    .option('--json', 'print one JSON object, with URLs that hold passwords')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz stack status')
    .action(async ({ json }: Options) => {
      const status = await wholeStatus();
      print(status, json);
      const all = [status.postgres, ...status.instances];
      if (all.some(({ state }) => state !== 'running')) process.exitCode = 1;
    });
}

/** One by URL that is away is shown as such, and is no reason for the others not to start. */
async function reachable(controlUrl: string): Promise<ReachedInstance[]> {
  const states = await instanceStates();
  const away = states.filter(({ state }) => state !== 'running').map(({ name }) => name);
  return reachAddresses(controlUrl, away);
}

/** Whoever starts the server after months of rest finds the logs divided; one that is not migrated has no logs yet. */
async function keepMonths(adminUrl: string): Promise<void> {
  try {
    await keepMonthsReady(adminUrl, createLogger(readConfig().LOG_LEVEL));
  } catch (error) {
    if (!isDmzError(error) || !['DATABASE_NOT_MIGRATED', 'DATABASE_ROLE_REFUSED'].includes(error.code))
      throw error;
  }
}

interface WholeStatus extends StackStatus {
  readonly instances: readonly InstanceState[];
}

async function wholeStatus(): Promise<WholeStatus> {
  return { ...(await stackStatus()), instances: await instanceStates() };
}

function print(status: WholeStatus, json = false): void {
  if (json) printJson(status, 2);
  else printLine(describe(status));
}

function describe({ postgres, redis, dataDir, instances }: WholeStatus): string {
  const lines: [string, string | null][] =
    postgres.state === 'running'
      ? [
          ['postgres', `running, version ${postgres.version}, ${originOf(postgres.source, postgres.pid)}`],
          ['admin', maskPassword(postgres.adminUrl)],
          ['app', maskPassword(postgres.appUrl)],
        ]
      : [
          ['postgres', postgres.state],
          ['problem', postgres.problem],
          [
            'next',
            postgres.source === 'embedded' ? 'pnpm dmz stack up' : 'correct DATABASE_URL, or unset it',
          ],
        ];
  lines.push(
    ['redis', describeRedis(redis)],
    ['data', dataDir],
    ...instances.map((each): [string, string] => ['instance', describeInstance(each)]),
  );
  return lines
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name.padEnd(9)} ${value}`)
    .join('\n');
}

function describeInstance({ name, kind, state, version, host, port, pid, problem }: InstanceState): string {
  if (state !== 'running') return [name, state, problem].filter(Boolean).join(', ');
  return `${name}, running, version ${version}, ${kind} at ${host}:${port}${pid === null ? '' : `, process ${pid}`}`;
}

function originOf(source: string, pid: number | null): string {
  return pid === null ? `from ${source}` : `process ${pid}`;
}

function describeRedis({ url, source, pid }: RedisState): string {
  if (url === null) return 'none: everything is served from PostgreSQL';
  return `${maskRedisUrl(url)}, ${originOf(source ?? '', pid)}`;
}
