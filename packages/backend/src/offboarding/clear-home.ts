/** Takes a tenant away from where it lives: refused first, then emptied through the one door for rows, then forgotten. */
import type { Logger } from 'pino';
import { runAsOwner } from '../kernel/db/index.ts';
import type { InstanceUrls } from '../kernel/instances/index.ts';
import { emptyPlace, findRemains } from '../kernel/mover/index.ts';
import { aloneInTenant, type TenantId } from '../kernel/tenancy/index.ts';
import { forgetResident, type PlacementListing } from '../modules/public/index.ts';
import { tenantTables } from '../modules/registry.ts';

export interface Home {
  readonly tenantId: string;
  readonly slug: string;
  readonly schema: string | null;
  readonly urls: InstanceUrls;
  /** Undefined where the register has forgotten the place already. */
  readonly placed: PlacementListing | undefined;
}

/** Whoever is in the tenant leaves, and nobody enters it again. */
export async function departFrom({ placed, urls }: Home, log: Logger): Promise<void> {
  if (!placed) return;
  const location = { ...placed, id: placed.id as TenantId };
  await aloneInTenant(urls.adminUrl, location, 'departed', async () => {}, log);
}

export async function emptyOf(
  { tenantId, slug, schema, urls }: Home,
  reason: string,
  onStep: (line: string) => void = () => {},
): Promise<void> {
  const remains = new Set(await findRemains({ tenantId, urls, schema }, tenantTables()));
  // A log may have rows in months that are apart from it, where nobody but who purges looks.
  const tables = tenantTables().flatMap(({ namespace, name, kind }) =>
    kind === 'partitioned_log' || remains.has(`${namespace}.${name}`) ? [`${namespace}.${name}`] : [],
  );
  let rows = 0;
  await emptyPlace({ urls, schema, tenantId, slug, tables }, reason, (_, more) => {
    rows += more;
    onStep(`${slug}: ${rows} rows deleted`);
  });
}

export async function forgetAt({ tenantId, urls }: Home): Promise<void> {
  await runAsOwner(urls.adminUrl, (tx) => forgetResident(tx, tenantId));
}
