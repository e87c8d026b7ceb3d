/** `dmz consumers`: run what follows the events, see how far it is and where it is stuck, and mend it. */

import type { Command } from 'commander';
import { isDmzError } from '../../kernel/errors/index.ts';
import type { Platform } from '../../platform.ts';
import { required, sessionId } from '../options.ts';
import { printJson, printLine, tellLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { startProgress } from '../progress.ts';
import { type Place, registeredTenants } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';
import { runCommand } from './consumers-run.ts';

interface Options {
  readonly tenant?: string;
  readonly session?: string;
  readonly json?: boolean;
}

export function consumersCommands(program: Command): void {
  const consumers = program
    .command('consumers')
    .description(
      'What follows from events elsewhere: read models, snapshots, and what other modules make of them.',
    );
  listCommand(consumers);
  statusCommand(consumers);
  retryCommand(consumers);
  rebuildCommand(consumers);
  runCommand(consumers);
}

function listCommand(consumers: Command): void {
  consumers
    .command('list')
    .description('List the consumers of this version of the program.')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz consumers list')
    .action(async ({ json }: Options) => {
      const listed = await withPlatform(async ({ consumers: { readers } }) =>
        readers.map(({ name, version, handles }) => ({ name, version, handles })),
      );
      if (json) return printJson(listed);
      printTable(
        ['consumer', 'version', 'handles'],
        listed.map(({ name, version, handles }) => [
          name,
          version,
          typeof handles === 'string' ? handles : handles.join(', '),
        ]),
      );
    });
}

function statusCommand(consumers: Command): void {
  consumers
    .command('status')
    .description('Show how far behind each consumer is, and the sessions that it is stuck at.')
    .option('--tenant <slug>', 'of this tenant alone')
    .option('--json', 'print one JSON array')
    .addHelpText(
      'after',
      '\nExits with 1 when a session is parked.\n\nExample:\n  $ pnpm dmz consumers status --tenant consumers',
    )
    .action(async ({ tenant: only, json }: Options) => {
      const found = await inTenants(only, async (platform, tenant) =>
        (await platform.consumers.status(tenant)).map((each) => ({ tenant, ...each })),
      );
      const all = found.flat();
      if (all.some(({ parked }) => parked > 0)) process.exitCode = 1;
      if (json) return printJson(all);
      printTable(
        ['tenant', 'consumer', 'sessions', 'behind', 'events', 'oldest', 'to rebuild', 'parked'],
        all.map((each) => [
          each.tenant,
          each.consumer,
          each.sessions,
          each.sessionsBehind,
          each.eventsBehind,
          each.oldestMs === null ? null : `${(each.oldestMs / 1_000).toFixed(1)} s`,
          each.toRebuild,
          each.parked,
        ]),
      );
      const stuck = all.flatMap(({ tenant, consumer, stuck: of }) =>
        of.map((each) => ({ tenant, consumer, ...each })),
      );
      if (stuck.length === 0) return;
      printLine();
      printTable(
        ['tenant', 'consumer', 'session', 'sequence', 'code', 'tries', 'next try', 'what'],
        stuck.map((each) => [
          each.tenant,
          each.consumer,
          each.sessionId,
          each.sequence,
          each.code,
          each.attempts,
          each.retryAt ?? 'parked',
          each.text,
        ]),
      );
    });
}

function retryCommand(consumers: Command): void {
  consumers
    .command('retry')
    .argument('[name]', 'the consumer; all of them by default')
    .description('Try parked sessions again. Whoever runs the consumers does it then.')
    .option('--session <id>', 'this session alone', sessionId)
    .option('--tenant <slug>', 'of this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz consumers retry game.read-models --tenant consumers')
    .action(async (name: string | undefined, { tenant: only, session, json }: Options) => {
      const counts = await inTenants(only, (platform, tenant) =>
        platform.consumers.retry(tenant, { consumer: name, sessionId: session }),
      );
      const released = counts.reduce((sum, count) => sum + count, 0);
      if (json) return printJson({ released });
      printLine(`${released} parked or waiting cursors will be tried again.`);
    });
}

function rebuildCommand(consumers: Command): void {
  consumers
    .command('rebuild')
    .argument('<name>', 'the consumer')
    .description('Read sessions again from their first event, while they are played and read.')
    .option('--session <id>', 'this session alone', sessionId)
    .option('--tenant <slug>', 'of this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Each session is a transaction of its own: until it commits, readers see what was there before. What an interrupted
rebuild left is gone on with by the next one, or by whoever runs the consumers.

Example:
  $ pnpm dmz consumers rebuild game.read-models --tenant consumers`,
    )
    .action(async (name: string, { tenant, session, json }: Options) => {
      if (session !== undefined) required('--tenant <slug>', tenant);
      const progress = startProgress(`rebuilding ${name}`);
      const stop = new AbortController();
      const interrupt = () => stop.abort();
      process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
      try {
        const done = await inTenants(tenant, (platform, slug) =>
          platform.consumers.rebuild(slug, name, {
            sessionId: session,
            signal: stop.signal,
            onProgress: (at, of) => progress.update(`${slug}: ${at} of ${of} sessions`),
          }),
        );
        progress.stop();
        const sessions = done.reduce((sum, each) => sum + each.sessions, 0);
        const events = done.reduce((sum, each) => sum + each.events, 0);
        if (json) printJson({ sessions, events, interrupted: stop.signal.aborted });
        else printLine(`${sessions} sessions read again, ${events} events.`);
      } finally {
        progress.stop();
        process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      }
    });
}

/** Does the same in one tenant, or in each that is served at present. */
function inTenants<Result>(
  only: string | undefined,
  work: (platform: Platform, tenant: string) => Promise<Result>,
): Promise<Result[]> {
  return withPlatform(async (platform, postgres) => {
    const place: Place = { platform, postgres };
    if (only !== undefined) return [await work(platform, only)];
    const results: Result[] = [];
    for (const tenant of await registeredTenants(place)) {
      try {
        results.push(await work(platform, tenant));
      } catch (error) {
        if (!isDmzError(error, 'TENANCY_NOT_SERVED')) throw error;
        tellLine(`${tenant} is not served at present and was left out`);
      }
    }
    return results;
  });
}
