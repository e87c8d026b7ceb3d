/** `dmz tenant delete`: the end of a tenant, when nothing of it must be kept any longer. */

import type { Command } from 'commander';
import { readConfig } from '../../kernel/config.ts';
import { createLogger } from '../../kernel/log.ts';
import { type Deletion, deleteTenant } from '../../offboarding/delete-tenant.ts';
import { required } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { startProgress } from '../progress.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly reason?: string;
  readonly rehearse?: boolean;
  readonly json?: boolean;
}

export function deleteCommand(tenant: Command): void {
  tenant
    .command('delete')
    .argument('<slug>', 'slug of the tenant')
    .description(
      'Delete an archived tenant when no legal hold, framework or policy asks for its rows, with a certificate.',
    )
    .option('--reason <text>', 'why, for the certificate; without personal data')
    .option('--rehearse', 'delete nothing: say what would go, and what holds it')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Exits with 1 when something holds it. A deletion that was interrupted is finished by the same command; so is a creation
given up, which needs no archive. The signed certificate is kept in the control database and printed by --json.

Examples:
  $ pnpm dmz tenant delete acme --rehearse
  $ pnpm dmz tenant delete acme --reason "contract 4711 ended"`,
    )
    .action(async (slug: string, { json, reason, rehearse: rehearsal = false }: Options) => {
      const request = {
        slug,
        rehearsal,
        reason: rehearsal ? (reason ?? 'rehearsal') : required('--reason', reason),
      };
      const log = createLogger(readConfig().LOG_LEVEL);
      const progress = startProgress(`deleting ${slug}`);
      try {
        const deletion = await withPlatform(({ tenancy, cache }, { adminUrl: controlUrl }) =>
          deleteTenant({ tenancy, cache, controlUrl, log, onStep: (line) => progress.update(line) }, request),
        );
        progress.stop();
        if (deletion.held.length > 0) process.exitCode = 1;
        if (json) printJson(deletion);
        else print(deletion);
      } finally {
        progress.stop();
      }
    });
}

function print({ slug, deleted, rows, held, certificate }: Deletion): void {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  const tables = Object.keys(rows).length;
  if (held.length > 0)
    printTable(
      ['held by', 'until'],
      held.map(({ ground, until }) => [ground, until?.toISOString().slice(0, 10) ?? 'no known end']),
    );
  const verb = deleted ? 'is deleted' : held.length > 0 ? 'is held' : 'could be deleted';
  printLine(`${slug} ${verb}: ${total} rows in ${tables} tables.`);
  if (certificate)
    printLine(
      `Certificate of ${certificate.destroyedAt.toISOString()}, signed by ${certificate.signingKeyId}.`,
    );
}
