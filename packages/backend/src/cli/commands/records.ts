/** `dmz records …`: evidence, what of it holds now, and how it is taken back. */

import type { Command } from 'commander';
import { evidenceRecords, recordsNamed } from '../../evidence/evidence-records.ts';
import { invalidateRecord } from '../../evidence/invalidate-record.ts';
import { STATUS_REASONS, type StatusReason } from '../../kernel/db/index.ts';
import { optionErrors, required, uuidOf, wordOf } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { listInEachTenant, READING } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly tenant?: string;
  readonly reason?: StatusReason;
  readonly json?: boolean;
}

export function recordsCommands(program: Command): void {
  const records = program
    .command('records')
    .description('Evidence that is never changed: certificates, completions, attestations and the like.');
  listCommand(records);
  showCommand(records);
  invalidateCommand(records);
}

function listCommand(records: Command): void {
  records
    .command('list')
    .description('Count the records of each table: valid, superseded, and invalidated.')
    .option('--tenant <slug>', 'one tenant; all of them by default')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz records list --tenant acme')
    .action(async ({ tenant, json }: Options) => {
      const counted = await withPlatform((platform, postgres) =>
        listInEachTenant({ platform, postgres }, tenant, async (tx) => {
          const counts = [];
          for (const each of evidenceRecords) counts.push({ table: each.name, ...(await each.count(tx)) });
          return counts;
        }),
      );
      const listed = counted.filter(
        ({ valid, superseded, invalidated }) => valid + superseded + invalidated > 0,
      );
      if (json) return printJson(listed);
      printTable(
        ['tenant', 'records', 'valid', 'superseded', 'invalidated'],
        listed.map((each) => [each.tenant, each.table, each.valid, each.superseded, each.invalidated]),
      );
    });
}

function showCommand(records: Command): void {
  records
    .command('show')
    .argument('<table>', 'as module.table, such as training.certificates')
    .argument('<id>', 'id of a record', uuidOf('<id>'))
    .description('Show how a record came about and what became of it, the first one first.')
    .option('--tenant <slug>', 'the tenant that it belongs to')
    .option('--json', 'print one JSON array')
    .addHelpText(
      'after',
      '\nExample:\n  $ pnpm dmz records show training.certificates 019a4c8e-6c00-7000-8000-000000000001 --tenant acme',
    )
    .action(async (table: string, id: string, { tenant, json }: Options) => {
      const named = recordsNamed(table);
      const slug = required('--tenant', tenant);
      const history = await withPlatform(({ tenancy }) =>
        tenancy.run(slug, (tx) => named.history(tx, id), READING),
      );
      const last = history.at(-1);
      const shown = history.map((each) => ({
        id: each.id,
        status: each.status,
        supersedesId: each.supersedesId,
        reason: each.statusReason,
        createdAt: each.createdAt,
        validNow: each === last && each.status === 'valid',
      }));
      if (json) return printJson(shown);
      printTable(
        ['record', 'status', 'reason', 'made', 'valid now'],
        shown.map((each) => [each.id, each.status, each.reason, each.createdAt, each.validNow]),
      );
    });
}

function invalidateCommand(records: Command): void {
  records
    .command('invalidate')
    .argument('<table>', 'as module.table, such as training.completions')
    .argument('<id>', 'id of the record', uuidOf('<id>'))
    .description('Take a record back by one that names it and says why; both stay.')
    .option('--tenant <slug>', 'the tenant that it belongs to')
    .option('--reason <code>', STATUS_REASONS.join(', '), wordOf('--reason', STATUS_REASONS))
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ pnpm dmz records invalidate training.completions 019a4c8e-6c00-7000-8000-000000000001 --tenant acme --reason duplicate',
    )
    .action(async (table: string, id: string, { tenant, reason, json }: Options) => {
      const named = recordsNamed(table);
      const slug = required('--tenant', tenant);
      if (reason === undefined) throw optionErrors.CLI_OPTION_MISSING({ expected: '--reason' });
      const made = await withPlatform((platform) => invalidateRecord(platform, slug, named, id, reason));
      if (json) return printJson({ id: made.id, invalidates: id, reason });
      printLine(`${table} ${id} does not hold any more, by record ${made.id}.`);
    });
}
