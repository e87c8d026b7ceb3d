/** `dmz tenant list` and `tenant show`: who is registered, where each lives, and what each has. */

import type { Command } from 'commander';
import { runAsOwner } from '../../kernel/db/index.ts';
import { isDmzError } from '../../kernel/errors/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { countPeople } from '../../modules/auth/index.ts';
import { currentPackVersion } from '../../modules/content/index.ts';
import { countSessions } from '../../modules/game/index.ts';
import { listTenants } from '../../modules/public/index.ts';
import { printJson } from '../print-line.ts';
import { printFields, printTable } from '../print-table.ts';
import { READING } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';
import { archiveCommands } from './tenant-archive.ts';
import { balanceCommands } from './tenant-balance.ts';
import { createCommand } from './tenant-create.ts';
import { deleteCommand } from './tenant-delete.ts';
import { moveCommands } from './tenant-move.ts';
import { standingCommands } from './tenant-standing.ts';

interface Options {
  readonly json?: boolean;
}

export function tenantCommands(program: Command): void {
  const tenant = program
    .command('tenant')
    .description('The register of tenants, where each one lives, and its life from creation to deletion.');
  createCommand(tenant);
  standingCommands(tenant);
  deleteCommand(tenant);
  archiveCommands(tenant);
  balanceCommands(tenant);

  tenant
    .command('list')
    .description('List every tenant.')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz tenant list')
    .action(async ({ json }: Options) => {
      const tenants = await withPlatform((_, { adminUrl }) => runAsOwner(adminUrl, listTenants));
      if (json) return printJson(tenants);
      printTable(
        ['slug', 'name', 'tier', 'status', 'region', 'instance', 'schema'],
        tenants.map((each) => [
          each.slug,
          each.name,
          each.tier,
          each.status,
          each.region,
          each.instance,
          each.schema,
        ]),
      );
    });

  tenant
    .command('show')
    .argument('<slug>', 'slug or id of the tenant')
    .description('Show one tenant: its people, its sessions by status, its events, what it plays with.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz tenant show consumers')
    .action(async (slug: string, { json }: Options) => {
      const shown = await withPlatform(async ({ tenancy }) => {
        const { epoch, ...location } = await tenancy.locate(slug);
        const holdings = await tenancy.run(slug, holdingsOf, READING).catch(whenServed);
        return { ...location, epoch, ...holdings };
      });
      if (json) return printJson(shown);
      const { sessions, ...fields } = shown;
      const counts = sessions && Object.entries(sessions).map(([status, count]) => `${count} ${status}`);
      printFields({ ...fields, sessions: counts && (counts.join(', ') || 'none') });
    });
  moveCommands(tenant);
}

async function holdingsOf(tx: TenantTx) {
  const { events, byStatus } = await countSessions(tx);
  const people = await countPeople(tx);
  return { people, sessions: byStatus, events, contentVersion: await contentVersionOf(tx) };
}

/** What belongs to a tenant that is not served is closed to this command too; where it lives is not. */
function whenServed(error: unknown) {
  if (!isDmzError(error, 'TENANCY_NOT_SERVED')) throw error;
  return { people: null, sessions: null, events: null, contentVersion: null };
}

/** A tenant without content is worth showing too. */
async function contentVersionOf(tx: TenantTx): Promise<string | null> {
  try {
    return await currentPackVersion(tx);
  } catch (error) {
    if (isDmzError(error, 'CONTENT_PACK_UNKNOWN')) return null;
    throw error;
  }
}
