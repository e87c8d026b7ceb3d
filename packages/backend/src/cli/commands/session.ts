/**
 * `dmz session`: look at sessions, replay them, and derive their read models anew. A session's id is enough to find it;
 * the tenants are asked one after the other, each inside itself.
 */

import type { Command } from 'commander';
import { daySummaries, listSessions } from '../../modules/game/index.ts';
import { sessionId, wholeNumber, wordsOf } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printFields, printTable } from '../print-table.ts';
import { inEachTenant, locateSession, READING } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';
import { branchCommand } from './session-branch.ts';
import { correctCommand } from './session-correct.ts';
import { eventsCommand } from './session-events.ts';
import { rebuildCommand, replayCommand } from './session-replay.ts';
import { diffCommand, stateCommand } from './session-state.ts';
import { watchCommand } from './session-watch.ts';

const STATUSES = ['active', 'paused', 'breach_recovery', 'completed', 'abandoned'] as const;

interface Chosen {
  readonly tenant?: string;
  readonly json?: boolean;
}

export function sessionCommands(program: Command): void {
  const session = program
    .command('session')
    .description('Look at sessions, replay, rebuild and correct them.');
  listCommand(session);
  showCommand(session);
  eventsCommand(session);
  stateCommand(session);
  diffCommand(session);
  correctCommand(session);
  branchCommand(session);
  watchCommand(session);
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
      if (json) return printJson(listed);
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
          reports: await platform.tenancy.run(tenant, (tx) => daySummaries(tx, id), READING),
        };
      });
      if (json) return printJson(shown);
      const { reports, ...fields } = shown;
      printFields(fields);
      if (reports.length === 0) return;
      printLine();
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
