/** `dmz keys …`: the keys that people's texts and tenants' secrets are encrypted with. */

import type { Command } from 'commander';
import type { Finding } from '../../kernel/check/index.ts';
import { FileMasterKeys } from '../../kernel/privacy/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { checkKeys } from '../../keys/check-keys.ts';
import { type InstanceContextKey, listInstanceContextKeys } from '../../keys/context-keys.ts';
import { listKeys } from '../../modules/governance/index.ts';
import { printFindings } from '../print-findings.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { inEachTenant } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';
import { rewrapCommand, rotateCommand } from './keys-rotate.ts';

interface Options {
  readonly tenant?: string;
  readonly json?: boolean;
}

export function keysCommands(program: Command): void {
  const keys = program
    .command('keys')
    .description(
      'Keys of people and tenants, and the master keys around them, which are files unless a key service keeps them.',
    );
  createCommand(keys);
  listCommand(keys);
  rotateCommand(keys);
  rewrapCommand(keys);
  checkCommand(keys);
}

function createCommand(keys: Command): void {
  keys
    .command('create')
    .description('Make the first master key in the folder that DMZ_MASTER_KEYS names. Repeatable.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ DMZ_MASTER_KEYS=keys pnpm dmz keys create')
    .action(({ json }: Options) => {
      const master = new FileMasterKeys();
      const known = master.list().at(-1);
      const { id, file } = known ?? master.rotate();
      if (json) return printJson({ id, file, created: !known });
      printLine(known ? `Master key ${id} is there already: ${file}` : `Made master key ${id}: ${file}`);
    });
}

function listCommand(keys: Command): void {
  keys
    .command('list')
    .description(
      'List master keys and the keys of tenants, and what each wraps; and the keys that entries into tenants are signed with.',
    )
    .option('--tenant <slug>', 'one tenant; all of them by default')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz keys list --tenant acme')
    .action(async ({ tenant, json }: Options) => {
      const { tenants, contextKeys } = await withPlatform(async (platform, postgres) => {
        const listed = [];
        for await (const { tenant: slug, result } of inEachTenant({ platform, postgres }, tenant, listKeys))
          listed.push({ tenant: slug, ...result });
        return { tenants: listed, contextKeys: await listInstanceContextKeys(postgres.adminUrl) };
      });
      const files = new FileMasterKeys().list();
      const masterKeys = files.map(({ id, number, file }, at) => ({
        id,
        number,
        file,
        current: at === files.length - 1,
        tenantKeys: tenants.flatMap((each) => each.keys).filter((key) => key.masterKeyId === id).length,
      }));
      if (json) return printJson({ masterKeys, tenants, contextKeys });
      printTable(
        ['master key', 'number', 'wraps at present', 'tenants’ keys', 'file'],
        masterKeys.map((each) => [each.id, each.number, each.current, each.tenantKeys, each.file]),
      );
      printTable(
        ['tenant', 'generation', 'key', 'master key', 'people’s keys', 'made'],
        tenants.flatMap((each) =>
          each.keys.map((key) => [
            each.tenant,
            key.generation,
            key.id,
            key.masterKeyId,
            key.subjectKeys,
            key.createdAt,
          ]),
        ),
      );
      printContextKeys(contextKeys);
    });
}

function printContextKeys(keys: readonly InstanceContextKey[]): void {
  printTable(
    ['instance', 'context key', 'signs at present', 'made', 'refused from'],
    keys.map(({ instance, id, createdAt, retiredAt }) => [
      instance,
      id,
      retiredAt === null,
      createdAt,
      retiredAt ?? '',
    ]),
  );
}

function checkCommand(keys: Command): void {
  keys
    .command('check')
    .description('Try every key of every tenant, and find what a rotation has left. Writes nothing.')
    .option('--tenant <slug>', 'one tenant; all of them by default')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExits with 1 when it finds anything.\n\nExample:\n  $ pnpm dmz keys check --json',
    )
    .action(async ({ tenant, json }: Options) => {
      const master = new FileMasterKeys();
      const report = await withPlatform(
        async (platform, postgres) => {
          let checked = 0;
          const findings: Finding[] = [];
          const check = (tx: TenantTx) => checkKeys(tx, platform.keys, master);
          for await (const { tenant: slug, result } of inEachTenant({ platform, postgres }, tenant, check)) {
            checked += result.checked;
            findings.push(...result.findings.map((each) => ({ ...each, object: `${slug}: ${each.object}` })));
          }
          return { checked, findings };
        },
        { masterKeys: master },
      );
      if (json) printJson(report);
      else printFindings(report, 'keys');
      if (report.findings.length > 0) process.exitCode = 1;
    });
}
