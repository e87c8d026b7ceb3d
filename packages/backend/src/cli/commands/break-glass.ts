/** `dmz break-glass …`: emergency access of operators to a tenant, for whom, why and until when. */

import type { Command } from 'commander';
import {
  BREAK_GLASS_REASONS,
  type BreakGlassRequest,
  endBreakGlass,
  grantBreakGlass,
  grantsInForce,
} from '../../modules/admin/index.ts';
import { duration, optionErrors, required, uuidOf, wordOf } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { listInEachTenant } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly tenant?: string;
  readonly operator?: string;
  readonly reason?: BreakGlassRequest['reason'];
  readonly ticket?: string;
  readonly access: BreakGlassRequest['access'];
  readonly scope?: readonly string[];
  readonly approvedBy?: string;
  readonly approver: BreakGlassRequest['approverKind'];
  readonly for: number;
  readonly json?: boolean;
}

export function breakGlassCommands(program: Command): void {
  const breakGlass = program
    .command('break-glass')
    .description('Emergency access of operators to one tenant, each grant audited there.');
  grantCommand(breakGlass);
  listCommand(breakGlass);
  endCommand(breakGlass);
}

function grantCommand(breakGlass: Command): void {
  breakGlass
    .command('grant')
    .description('Grant an operator access to a tenant for a time, which somebody else has agreed to.')
    .option('--tenant <slug>', 'the tenant')
    .option('--operator <id>', 'id in the operators’ directory', uuidOf('--operator'))
    .option('--reason <code>', BREAK_GLASS_REASONS.join(', '), wordOf('--reason', BREAK_GLASS_REASONS))
    .option('--ticket <number>', 'the case that says why in full')
    .option('--access <kind>', 'read or write', wordOf('--access', ['read', 'write']), 'read')
    .option('--scope <permission...>', 'permissions that are granted')
    .option('--approved-by <id>', 'who agreed', uuidOf('--approved-by'))
    .option(
      '--approver <kind>',
      'tenant_administrator or operator',
      wordOf('--approver', ['tenant_administrator', 'operator']),
      'tenant_administrator',
    )
    .option('--for <time>', 'a day at most, such as 2h', duration('--for'), 3_600)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Example:
  $ pnpm dmz break-glass grant --tenant acme --operator 019a4c8e-6c00-7000-8000-000000000001 --reason incident \\
      --ticket INC-4711 --scope game.sessions.read --approved-by 019a4c8e-6c00-7000-8000-000000000002 --for 2h`,
    )
    .action(async (options: Options) => {
      const slug = required('--tenant', options.tenant);
      const { reason, scope = [] } = options;
      if (reason === undefined) throw optionErrors.CLI_OPTION_MISSING({ expected: '--reason' });
      if (scope.length === 0) throw optionErrors.CLI_OPTION_MISSING({ expected: '--scope' });
      const request: BreakGlassRequest = {
        operatorId: required('--operator', options.operator),
        reason,
        ticket: required('--ticket', options.ticket),
        access: options.access,
        scopes: scope,
        approverKind: options.approver,
        approverId: required('--approved-by', options.approvedBy),
        seconds: options.for,
      };
      const grant = await withPlatform(({ tenancy }) =>
        tenancy.run(slug, (tx) => grantBreakGlass(tx, request)),
      );
      if (options.json) return printJson(grant);
      printLine(
        `Granted until ${grant.expiresAt.toISOString()} as ${grant.id}; ${slug} has it in its audit log.`,
      );
    });
}

function listCommand(breakGlass: Command): void {
  breakGlass
    .command('list')
    .description('List the grants that are in force now.')
    .option('--tenant <slug>', 'one tenant; all of them by default')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz break-glass list')
    .action(async ({ tenant, json }: Options) => {
      const grants = await withPlatform((platform, postgres) =>
        listInEachTenant({ platform, postgres }, tenant, grantsInForce),
      );
      if (json) return printJson(grants);
      printTable(
        ['tenant', 'grant', 'operator', 'access', 'reason', 'case', 'until'],
        grants.map((each) => [
          each.tenant,
          each.id,
          each.operatorId,
          each.access,
          each.reason,
          each.ticket,
          each.expiresAt.toISOString(),
        ]),
      );
    });
}

function endCommand(breakGlass: Command): void {
  breakGlass
    .command('end')
    .argument('<grant>', 'id of the grant', uuidOf('<grant>'))
    .description('End a grant before its time.')
    .option('--tenant <slug>', 'the tenant')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ pnpm dmz break-glass end 019a4c8e-6c00-7000-8000-000000000003 --tenant acme',
    )
    .action(async (id: string, { tenant, json }: Options) => {
      const slug = required('--tenant', tenant);
      await withPlatform(({ tenancy, keys }) => tenancy.run(slug, (tx) => endBreakGlass(tx, keys, id)));
      if (json) return printJson({ id, ended: true });
      printLine(`Grant ${id} is over.`);
    });
}
