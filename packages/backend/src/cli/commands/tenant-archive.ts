/** `dmz tenant export` and `dmz tenant import`: all that a tenant has as one signed file, and back again. */

import type { Command } from 'commander';
import { readConfig } from '../../kernel/config.ts';
import { shownLine } from '../../kernel/errors/index.ts';
import { createLogger } from '../../kernel/log.ts';
import { platformKeys, readPublicKey } from '../../kernel/signing/index.ts';
import { exportTenant } from '../../tenant-archive/export-tenant.ts';
import { type ImportedTenant, importTenant } from '../../tenant-archive/import-tenant.ts';
import { required, wordOf } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printFields } from '../print-table.ts';
import { startProgress } from '../progress.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly json?: boolean;
  readonly out?: string;
  readonly slug?: string;
  readonly tier?: 'shared' | 'schema' | 'instance';
  readonly instance?: string;
  readonly key: readonly string[];
  readonly withoutKeys?: boolean;
}

const TIERS = ['shared', 'schema', 'instance'] as const;

export function archiveCommands(tenant: Command): void {
  exportCommand(tenant);
  importCommand(tenant);
}

function exportCommand(tenant: Command): void {
  tenant
    .command('export')
    .argument('<slug>', 'slug of the tenant')
    .description('Write all that a tenant has into one signed archive, while it works.')
    .option('--out <file>', 'the file: a ZIP, which must not be there yet')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Rows are as one moment has them; no migration runs meanwhile. The archive is there as a whole or not at all. It holds
personal data, for its owner's eyes alone; the master keys, which whoever imports it needs, are not in it.

Example:
  $ pnpm dmz tenant export acme --out acme.zip`,
    )
    .action(async (slug: string, { json, out }: Options) => {
      const file = required('--out', out);
      const exported = await withProgress(`exporting ${slug}`, (onStep) =>
        withPlatform((_, { adminUrl: controlUrl }) =>
          exportTenant({ controlUrl, log: logger(), onStep }, slug, file),
        ),
      );
      if (json) return printJson(exported);
      const { rows, tables, bytes, masterKeyIds } = exported;
      printLine(`${rows} rows of ${tables} tables are in ${shownLine(file)}, ${bytes} bytes.`);
      if (masterKeyIds.length > 0)
        printLine(`Whoever imports it needs the master key ${masterKeyIds.join(', ')}, which is not in it.`);
    });
}

function importCommand(tenant: Command): void {
  tenant
    .command('import')
    .argument('<file>', 'an archive that tenant export wrote')
    .description('Restore a tenant from a signed archive, into a platform that does not have it.')
    .option('--slug <slug>', 'instead of the slug that it had')
    .option(
      '--tier <tier>',
      'shared, schema or instance, instead of the tier that it had',
      wordOf('--tier', TIERS),
    )
    .option('--instance <name>', 'where it is placed')
    .option('--key <file>', 'public key of the platform that wrote it, PEM; may be given again', collect, [])
    .option('--without-keys', 'also where its encrypted texts cannot be opened here')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Nothing is written before the signature and every byte were verified, and nobody enters before rows, references, audit chain
and sessions were. An import that was interrupted is finished by the same command, and given up by tenant delete. It needs
the same migrations, and the master keys that the tenant's keys are wrapped by.

Examples:
  $ pnpm dmz tenant import acme.zip
  $ pnpm dmz tenant import acme.zip --slug acme-2 --key their-platform.pem`,
    )
    .action(async (file: string, { json, key, slug, tier, instance, withoutKeys }: Options) => {
      const keys = [...platformKeys(), ...key.map(readPublicKey)];
      const imported = await withProgress(`importing ${file}`, (onStep) =>
        withPlatform((platform, { adminUrl: controlUrl }) =>
          importTenant(
            { platform, controlUrl, log: logger(), onStep },
            { file, slug, tier, instance, keys, withoutKeys },
          ),
        ),
      );
      if (json) printJson(imported);
      else print(imported);
    });
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];
const logger = () => createLogger(readConfig().LOG_LEVEL);

async function withProgress<Result>(
  title: string,
  work: (onStep: (line: string) => void) => Promise<Result>,
): Promise<Result> {
  const progress = startProgress(title);
  try {
    return await work((line) => progress.update(line));
  } finally {
    progress.stop();
  }
}

function print({ unreadableKeys, ...imported }: ImportedTenant): void {
  const { tenant, tenantId, status, tier, rows, tables, auditEntries, sessions, events } = imported;
  printFields({
    ...{ tenant, id: tenantId, status, tier },
    restored: `${rows} rows of ${tables} tables`,
    'audit chain': `${auditEntries} entries verified`,
    sessions: `${sessions} replayed, ${events} events`,
    'signed with': imported.signingKeyId,
  });
  for (const { generation, masterKeyId } of unreadableKeys)
    printLine(
      `What the tenant's key of generation ${generation} encrypts stays unreadable until master key ${masterKeyId} is brought.`,
    );
}
