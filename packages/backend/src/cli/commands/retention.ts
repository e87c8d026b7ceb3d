/** `dmz retention run`: takes what has outlived every duty, of one tenant or of all, or says what it would take. */

import type { Command } from 'commander';
import { reachInstances } from '../../instances/walk-instances.ts';
import { isDmzError } from '../../kernel/errors/index.ts';
import { platformKey } from '../../kernel/signing/index.ts';
import { type DroppedMonth, dropEmptyMonths } from '../../retention/drop-empty-months.ts';
import {
  type RetentionRequest,
  type RetentionShop,
  runRetention,
  type TenantRetention,
} from '../../retention/run-retention.ts';
import { printJson, printLine, tellLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { startProgress } from '../progress.ts';
import { registeredTenants } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly tenant?: string;
  readonly scheduled?: boolean;
  readonly json?: boolean;
}

interface Report {
  readonly tenants: readonly TenantRetention[];
  readonly months: readonly DroppedMonth[];
}

export function retentionCommands(program: Command): void {
  program
    .command('retention')
    .description('How long rows are kept, and their end.')
    .command('run')
    .description('Purge what has outlived every framework, policy and legal hold, with a signed certificate.')
    .option('--dry-run', 'purge nothing: say what would go, what stays, and why')
    .option('--tenant <slug>', 'of this tenant alone; months of logs are then left as they are')
    .option('--scheduled', 'for the record: a schedule ran it, nobody by hand')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
It can be interrupted at any moment; the same command goes on. A game goes as a whole, a record with those that supersede it,
and a row that others refer to stays. Of audit entries the hashes stay, so that the rest of the log still verifies.
Tenants that are not served are left out.

Examples:
  $ pnpm dmz retention run --dry-run --tenant acme
  $ pnpm dmz retention run --scheduled --json`,
    )
    .action(async ({ json, ...options }: Options) => {
      const report = await run(options);
      if (json) return printJson(report);
      print(report, options.dryRun === true);
    });
}

async function run({ dryRun = false, tenant, scheduled }: Omit<Options, 'json'>): Promise<Report> {
  const progress = startProgress(dryRun ? 'looking what would go' : 'looking what is due');
  const request: RetentionRequest = { rehearsal: dryRun, cause: scheduled ? 'schedule' : 'operator' };
  try {
    return await withPlatform(async ({ tenancy }, postgres) => {
      const controlUrl = postgres.adminUrl;
      const onStep = (line: string) => progress.update(line);
      const shop = { tenancy, controlUrl, key: platformKey(), onStep };
      if (tenant !== undefined) return { tenants: [await runRetention(shop, tenant, request)], months: [] };
      const tenants = await runInEach(shop, await registeredTenants({ postgres }), request);
      const months: DroppedMonth[] = [];
      for (const { instance, adminUrl } of await reachInstances(controlUrl)) {
        onStep(`${instance}: months that are empty`);
        months.push(...(await dropEmptyMonths(adminUrl, dryRun)));
      }
      return { tenants, months };
    });
  } finally {
    progress.stop();
  }
}

async function runInEach(
  shop: RetentionShop,
  slugs: readonly string[],
  request: RetentionRequest,
): Promise<TenantRetention[]> {
  const done: TenantRetention[] = [];
  for (const slug of slugs) {
    try {
      done.push(await runRetention(shop, slug, request));
    } catch (error) {
      if (!isDmzError(error, 'TENANCY_NOT_SERVED')) throw error;
      tellLine(`${slug} is not served at present and was left out`);
    }
  }
  return done;
}

function print({ tenants, months }: Report, dryRun: boolean): void {
  const rows = tenants.flatMap(({ tenant, tables }) =>
    tables.map(({ table, due, purged, kept, ground, before }) => [
      ...[tenant, table, due, purged],
      Object.entries(kept)
        .map(([by, count]) => `${count}: ${by}`)
        .join('\n'),
      ...[before?.toISOString().slice(0, 10), ground],
    ]),
  );
  if (rows.length > 0)
    printTable(
      [
        'tenant',
        'table',
        'due',
        dryRun ? 'would go' : 'gone',
        'kept, and why',
        'older than',
        'longest period',
      ],
      rows,
    );
  const total = tenants.flatMap(({ tables }) => tables).reduce((sum, { purged }) => sum + purged, 0);
  const certified = tenants.filter(({ runId }) => runId !== null).length;
  printLine(
    `${total} rows ${dryRun ? 'would go' : 'are gone'}, and ${months.length} empty months of logs${
      certified > 0 ? `; ${certified} certificates are in the audit logs` : ''
    }.`,
  );
}
