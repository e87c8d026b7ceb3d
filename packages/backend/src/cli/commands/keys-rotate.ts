/** `dmz keys rotate` and `rewrap`: a new key, and what the old one wraps put under it. */

import type { Command } from 'commander';
import { FileMasterKeys } from '../../kernel/privacy/index.ts';
import { rotateContextKeys } from '../../keys/context-keys.ts';
import { type RewrappedTenant, rewrapTenants, rotateTenantKey } from '../../keys/rotate-keys.ts';
import { optionErrors } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { startProgress } from '../progress.ts';
import { type Place, registeredTenants } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly tenant?: string;
  readonly master?: boolean;
  readonly context?: boolean;
  readonly json?: boolean;
}

export function rotateCommand(keys: Command): void {
  keys
    .command('rotate')
    .description('Make a new key, which encrypts or wraps from now on; data is not written again.')
    .option('--tenant <slug>', 'a new key of this tenant')
    .option('--master', 'a new master key, among the files')
    .option('--context', 'a new key that entries into tenants are signed with, at every instance')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Old keys go on reading. What they wrap is wrapped anew; if that is interrupted, keys rewrap does the rest.
A context key wraps nothing: the former is accepted for a minute more. If that is interrupted, the same command ends it.

Examples:
  $ pnpm dmz keys rotate --tenant acme
  $ pnpm dmz keys rotate --master
  $ pnpm dmz keys rotate --context`,
    )
    .action(async ({ tenant, master = false, context = false, json }: Options) => {
      if ([tenant !== undefined, master, context].filter(Boolean).length !== 1)
        throw optionErrors.CLI_OPTION_MISSING({ expected: 'either --tenant, --master or --context' });
      if (context) return rotateContext(json);
      const files = new FileMasterKeys();
      const answer = await withPlatform(
        async (platform, postgres) => {
          if (tenant !== undefined) {
            const generation = await rotateTenantKey(platform, tenant);
            return { generation, ...(await rewrap({ platform, postgres }, tenant)) };
          }
          // Refused where a folder was named and has no key: it is likely the wrong one.
          await files.currentKeyId();
          const { id } = files.rotate();
          return { masterKeyId: id, ...(await rewrap({ platform, postgres }, undefined)) };
        },
        { masterKeys: files },
      );
      if (json) return printJson(answer);
      const made =
        'masterKeyId' in answer
          ? `Master key ${answer.masterKeyId}`
          : `Key ${answer.generation} of ${tenant}`;
      printLine(`${made} wraps from now on.`);
      printRewrapped(answer);
    });
}

async function rotateContext(json = false): Promise<void> {
  const progress = startProgress('rotating');
  try {
    const rotation = await withPlatform(({ tenancy }, { adminUrl }) =>
      rotateContextKeys(tenancy, adminUrl, (instance) => progress.update(`a new context key at ${instance}`)),
    );
    progress.stop();
    if (json) return printJson(rotation);
    const { contextKeyId, resumed, instances, overlapSeconds } = rotation;
    const where = instances.length === 0 ? 'no further instance' : instances.join(', ');
    if (resumed) printLine('A rotation that was interrupted is ended.');
    printLine(`Context key ${contextKeyId} signs from now on; it is new at ${where}.`);
    printLine(`What the former has signed is accepted for ${overlapSeconds} s.`);
  } finally {
    progress.stop();
  }
}

export function rewrapCommand(keys: Command): void {
  keys
    .command('rewrap')
    .description(
      'Wrap by the present keys whatever older ones still wrap. Repeatable; what was interrupted goes on.',
    )
    .option('--tenant <slug>', 'one tenant; all that are active by default')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz keys rewrap')
    .action(async ({ tenant, json }: Options) => {
      const answer = await withPlatform((platform, postgres) => rewrap({ platform, postgres }, tenant));
      if (json) return printJson(answer);
      printRewrapped(answer);
    });
}

interface Answer {
  readonly tenants: readonly RewrappedTenant[];
  /** Tenants that nothing can be written to; the keys that wrap theirs must be kept. */
  readonly leftOut: readonly string[];
}

async function rewrap(place: Place, tenant: string | undefined): Promise<Answer> {
  const progress = startProgress('wrapping keys anew');
  try {
    const slugs = tenant === undefined ? await registeredTenants(place) : [tenant];
    const tenants = await rewrapTenants(place.platform, slugs, (slug, n) =>
      progress.update(`${slug}: ${n} keys of people are wrapped anew`),
    );
    const leftOut = tenant === undefined ? await registeredTenants(place, ['suspended', 'archived']) : [];
    return { tenants, leftOut };
  } finally {
    progress.stop();
  }
}

function printRewrapped({ tenants, leftOut }: Answer): void {
  for (const { tenant, tenantKeys, subjectKeys } of tenants)
    printLine(`${tenant}: ${tenantKeys} keys of the tenant and ${subjectKeys} of people are wrapped anew.`);
  if (tenants.length === 0) printLine('Nothing is left to be wrapped anew.');
  if (leftOut.length > 0)
    printLine(`Left out, since nothing can be written there: ${leftOut.join(', ')}. Keep their master keys.`);
}
