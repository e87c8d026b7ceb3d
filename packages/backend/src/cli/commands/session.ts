/**
 * `dmz session`: look at sessions, replay them, and derive their read models anew. A session's id is enough to find it;
 * the tenants are asked one after the other, each inside itself.
 */
import type { Command } from 'commander';
import { daySummaries, listSessions, sessionEvents, sessionState } from '../../modules/game/index.ts';
import { optionErrors, sessionId, wholeNumber, wordsOf } from '../options.ts';
import { printFields, printTable } from '../print-table.ts';
import { inEachTenant, locateSession } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';
import { rebuildCommand, replayCommand } from './session-replay.ts';

const STATUSES = ['active', 'paused', 'breach_recovery', 'completed', 'abandoned'] as const;

interface Chosen {
  readonly tenant?: string;
  readonly json?: boolean;
}

export function sessionCommands(program: Command): void {
  const session = program.command('session').description('Look at sessions, replay and rebuild them.');
  listCommand(session);
  showCommand(session);
  eventsCommand(session);
  stateCommand(session);
  replayCommand(session);
  rebuildCommand(session);
}

function listCommand(session: Command): void {
  session
    .command('list')
    .description('List sessions, newest first; those of every tenant unless one is named.')
    .option('--tenant <slug>', 'of this tenant alone')
    .option(
      '--status <status>',
      `one or more, with commas: ${STATUSES.join(', ')}`,
      wordsOf('--status', STATUSES),
    )
    .option('--limit <n>', 'the newest ones only', wholeNumber('--limit', 1, 1_000_000))
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz session list --tenant consumers --status active,paused')
    .action(async (options: Chosen & { status?: (typeof STATUSES)[number][]; limit?: number }) => {
      const { status, limit, json } = options;
      const filter = { ...(status ? { status } : {}), ...(limit ? { limit } : {}) };
      const listed = await withPlatform(async (platform, postgres) => {
        const all = [];
        for await (const { tenant, result } of inEachTenant({ platform, postgres }, options.tenant, (tx) =>
          listSessions(tx, filter),
        )) {
          all.push(...result.map((each) => ({ ...each, tenant })));
        }
        all.sort((one, other) => other.startedAt.getTime() - one.startedAt.getTime());
        return all.slice(0, limit);
      });
      if (json) return console.log(JSON.stringify(listed));
      printTable(
        ['id', 'tenant', 'status', 'day', 'events', 'started'],
        listed.map((each) => [
          each.id,
          each.tenant,
          each.status,
          `${each.day} of ${each.days}`,
          each.events,
          each.startedAt,
        ]),
      );
    });
}

function showCommand(session: Command): void {
  session
    .command('show')
    .argument('<id>', 'id of the session', sessionId)
    .description('Show one session and how its days went.')
    .option('--tenant <slug>', 'look for it in this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz session show 0199…')
    .action(async (id: string, { tenant: only, json }: Chosen) => {
      const shown = await withPlatform(async (platform, postgres) => {
        const { tenant, session: found } = await locateSession({ platform, postgres }, id, only);
        return {
          ...found,
          tenant,
          reports: await platform.tenancy.run(tenant, (tx) => daySummaries(tx, id)),
        };
      });
      if (json) return console.log(JSON.stringify(shown));
      const { reports, ...fields } = shown;
      printFields(fields);
      if (reports.length === 0) return;
      console.log();
      printTable(
        ['day', 'decided', 'correct', 'expired', 'breaches', 'credits', 'trust', 'intel', 'threat', 'score'],
        reports.map((each) => [
          each.day,
          each.emailsDecided,
          each.decisionsCorrect,
          each.emailsExpired,
          each.breaches,
          each.credits,
          each.trust,
          each.intel,
          each.threatTier,
          each.score,
        ]),
      );
    });
}

function eventsCommand(session: Command): void {
  session
    .command('events')
    .argument('<id>', 'id of the session', sessionId)
    .description('Show what happened in a session, in order.')
    .option('--from <n>', 'first sequence', wholeNumber('--from', 1))
    .option('--to <n>', 'last sequence', wholeNumber('--to', 1))
    .option('--tenant <slug>', 'look for it in this tenant alone')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz session events 0199… --from 10 --to 20 --json')
    .action(async (id: string, options: Chosen & { from?: number; to?: number }) => {
      const { from, to, json } = options;
      if (from !== undefined && to !== undefined && from > to) {
        throw optionErrors.CLI_OPTION_INVALID({
          found: `--from ${from} --to ${to}`,
          expected: '--from at most --to',
        });
      }
      const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      const events = await withPlatform(async (platform, postgres) => {
        const { tenant } = await locateSession({ platform, postgres }, id, options.tenant);
        return platform.tenancy.run(tenant, async (tx) => {
          const all = [];
          for await (const event of sessionEvents(tx, id, range)) all.push(event);
          return all;
        });
      });
      if (json) return console.log(JSON.stringify(events));
      for (const { sequence, serverTime, type, data } of events) {
        console.log(
          `${String(sequence).padStart(6)}  ${serverTime.toISOString()}  ${type}  ${JSON.stringify(data)}`,
        );
      }
    });
}

function stateCommand(session: Command): void {
  session
    .command('state')
    .argument('<id>', 'id of the session', sessionId)
    .description(
      'Show the state of a session, now or after any of its events. It holds the truth of each e-mail.',
    )
    .option('--at <n>', 'after the event of this sequence', wholeNumber('--at', 1))
    .option('--tenant <slug>', 'look for it in this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz session state 0199… --at 40')
    .action(async (id: string, { at, tenant: only, json }: Chosen & { at?: number }) => {
      const state = await withPlatform(async (platform, postgres) => {
        const { tenant } = await locateSession({ platform, postgres }, id, only);
        return platform.tenancy.run(tenant, (tx) => sessionState(tx, id, at));
      });
      console.log(JSON.stringify(state, null, json ? 0 : 2));
    });
}
