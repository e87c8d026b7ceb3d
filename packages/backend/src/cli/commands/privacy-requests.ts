/** `dmz privacy requests`: what people have asked, the next due first, and what is overdue. */

import type { Command } from 'commander';
import pc from 'picocolors';
import { listRequests, type PrivacyRequest } from '../../modules/governance/index.ts';
import { printJson } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { listInEachTenant } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly tenant?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

export function requestsCommand(privacy: Command): void {
  privacy
    .command('requests')
    .description(
      'List what people have asked and wait for, the next due first; exits with 1 when one is overdue.',
    )
    .option('--tenant <slug>', 'one tenant; all of them by default')
    .option('--all', 'those that were answered too')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz privacy requests --tenant acme')
    .action(async ({ tenant, all = false, json }: Options) => {
      const requests = await withPlatform((platform, postgres) =>
        listInEachTenant({ platform, postgres }, tenant, (tx) => listRequests(tx, { all })),
      );
      const now = new Date();
      const listed = requests
        .map((each) => shown(each, now))
        .toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
      if (listed.some(({ overdue }) => overdue)) process.exitCode = 1;
      if (json) return printJson(listed);
      printTable(
        ['tenant', 'request', 'person', 'asks for', 'state', 'received', 'due', 'kept waiting by'],
        listed.map((each) => [
          each.tenant,
          each.id,
          each.userId,
          each.kind,
          each.status,
          day(each.receivedAt),
          each.overdue ? pc.red(`${day(each.dueAt)} overdue`) : day(each.dueAt),
          each.postponement ?? '',
        ]),
      );
    });
}

/** A postponed erasure has been answered: the person was told what is kept and why. */
function shown(request: PrivacyRequest & { readonly tenant: string }, now: Date) {
  const { tenant, id, userId, kind, status, receivedAt, extendedUntil, closedAt, postponement, retryAt } =
    request;
  const dueAt = extendedUntil ?? request.dueAt;
  const waits =
    closedAt === null && status !== 'postponed' && !(kind === 'restriction' && status === 'in_progress');
  const overdue = waits && dueAt < now;
  return { tenant, id, userId, kind, status, receivedAt, dueAt, closedAt, postponement, retryAt, overdue };
}

const day = (time: Date) => time.toISOString().slice(0, 10);
