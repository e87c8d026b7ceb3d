/** `dmz tenant sizes` and `tenant suggest`: how much each tenant has, and what may want to be moved. */

import type { Command } from 'commander';
import { suggestMoves } from '../../balance/look-at-tenants.ts';
import { tenantSizes } from '../../balance/tenant-sizes.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly exact?: boolean;
  readonly json?: boolean;
}

export function balanceCommands(tenant: Command): void {
  sizesCommand(tenant);
  suggestCommand(tenant);
}

function sizesCommand(tenant: Command): void {
  tenant
    .command('sizes')
    .description('Show the rows and bytes of each tenant, the largest first; estimates, from statistics.')
    .option('--exact', 'count every row; bytes stay a share of the tables')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExamples:\n  $ pnpm dmz tenant sizes\n  $ pnpm dmz tenant sizes --exact')
    .action(async ({ exact = false, json }: Options) => {
      const sizes = await withPlatform(({ tenancy }, { adminUrl: controlUrl }) =>
        tenantSizes({ tenancy, controlUrl }, exact),
      );
      if (json) return printJson(sizes);
      printTable(
        ['slug', 'tier', 'instance', 'schema', exact ? 'rows' : 'rows (about)', 'size (about)'],
        sizes.map((each) => [
          each.slug,
          each.tier,
          each.instance,
          each.schema,
          each.rows,
          sizeOf(each.bytes),
        ]),
      );
      if (!exact) printLine('\nEstimates, by the statistics of the last ANALYZE; --exact counts the rows.');
    });
}

function suggestCommand(tenant: Command): void {
  tenant
    .command('suggest')
    .description(
      'Say which tenants have outgrown their tier, and which instance is fullest. It moves nothing.',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz tenant suggest')
    .action(async ({ json }: Options) => {
      const balance = await withPlatform(({ tenancy }, { adminUrl: controlUrl }) =>
        suggestMoves({ tenancy, controlUrl }),
      );
      if (json) return printJson(balance);
      if (balance.tenants.length === 0) printLine('Every tenant is where it belongs.');
      else
        printTable(
          ['tenant', 'why', 'what to do'],
          balance.tenants.map(({ slug, reason, command }) => [slug, reason, command]),
        );
      printLine();
      printTable(
        ['instance', 'region', 'tenants', 'rows (about)', 'size (about)', 'of its region'],
        balance.instances.map((each) => [
          each.instance,
          each.region,
          each.tenants,
          each.rows,
          sizeOf(each.bytes),
          `${each.sharePercent} %`,
        ]),
      );
    });
}

function sizeOf(bytes: number): string {
  if (bytes < 2 ** 20) return `${Math.ceil(bytes / 2 ** 10)} kB`;
  return bytes < 2 ** 30 ? `${(bytes / 2 ** 20).toFixed(1)} MB` : `${(bytes / 2 ** 30).toFixed(1)} GB`;
}
