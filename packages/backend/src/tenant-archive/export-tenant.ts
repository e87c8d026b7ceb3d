/**
 * Writes all that a tenant has into one signed archive, as one moment has it, while the tenant works. That it was exported is
 * an audit entry, the last one in it; and the archive is there as a whole, or not at all.
 */
import type { Logger } from 'pino';
import { type ArchiveWriter, writeArchive } from '../kernel/archive/index.ts';
import { databaseErrors } from '../kernel/db/database-errors.ts';
import { runAsOwner } from '../kernel/db/index.ts';
import { instanceUrls } from '../kernel/instances/index.ts';
import { type ArchivedTable, RowSnapshot } from '../kernel/mover/index.ts';
import { type LogMonth, monthsOf } from '../kernel/partitions/index.ts';
import { aloneInTenant, type TenantId } from '../kernel/tenancy/index.ts';
import { recordAudit } from '../modules/admin/index.ts';
import { listTenantDomains, type RegisterEntry, requireTenant } from '../modules/public/index.ts';
import { tenantTables } from '../modules/registry.ts';
import { findPlacement } from '../provisioning/place-tenant.ts';
import { aloneWithTenant } from '../provisioning/tenant-lock.ts';
import { type ArchiveHead, FORMAT, fileOfTable, presentMigration, STANDINGS } from './archive-head.ts';
import { tenantArchiveErrors } from './errors.ts';
import { measured, megabytes } from './measured.ts';
import { readMe } from './read-me.ts';

export interface Workshop {
  /** An administrator's URL of the control database. */
  readonly controlUrl: string;
  readonly log: Logger;
  readonly onStep?: ((line: string) => void) | undefined;
}

export interface ExportedTenant {
  readonly tenant: string;
  readonly tenantId: string;
  readonly file: string;
  readonly bytes: number;
  readonly rows: number;
  readonly tables: number;
  readonly migration: string;
  /** Whoever restores it needs these. */
  readonly masterKeyIds: readonly string[];
}

/**
 * @throws TENANT_UNKNOWN, TENANT_EXPORT_REFUSED, TENANT_EXPORT_MONTH_DETACHED, TENANCY_ROWS_MIGRATING, TENANCY_MOVED
 * @throws ARCHIVE_EXISTS, STACK_*, DATABASE_*, INSTANCE_*
 */
export async function exportTenant(shop: Workshop, slug: string, file: string): Promise<ExportedTenant> {
  const madeAt = new Date();
  const written = await writeArchive(file, { ...FORMAT, madeAt }, async (archive) => {
    const moment = await aloneWithTenant(shop.controlUrl, slug, () => takeMoment(shop, slug));
    try {
      const head = await writeTables(shop, moment, archive);
      await archive.add('README.md', [readMe(head, madeAt)]);
      return head;
    } finally {
      await moment.snapshot.close();
    }
  });
  const head = written.manifest.head as ArchiveHead;
  return {
    tenant: slug,
    tenantId: head.tenant.id,
    file,
    bytes: written.bytes,
    rows: head.tables.reduce((sum, { rows }) => sum + rows, 0),
    tables: head.tables.length,
    migration: head.migration.tag,
    masterKeyIds: [...new Set(head.keys.map(({ masterKeyId }) => masterKeyId))],
  };
}

/** What a tenant is at the moment whose rows are written. */
interface Moment {
  readonly tenant: ArchiveHead['tenant'];
  readonly domains: ArchiveHead['domains'];
  readonly months: readonly LogMonth[];
  readonly snapshot: RowSnapshot;
}

/** Nobody changes how the tenant stands meanwhile. Afterwards it works, and may be suspended, while its rows are read. */
async function takeMoment({ controlUrl, log }: Workshop, slug: string): Promise<Moment> {
  const [tenant, domains] = await runAsOwner(controlUrl, async (tx) => {
    const found = requireOpened(await requireTenant(tx, slug));
    return [found, await listTenantDomains(tx, found.id)] as const;
  });
  const placed = await findPlacement(controlUrl, slug);
  if (!placed) throw databaseErrors.TENANCY_MOVED({ found: slug });
  const urls = await instanceUrls(placed.instance, { mainAdminUrl: controlUrl });
  const location = { ...placed, id: placed.id as TenantId };
  const isThere = await aloneInTenant(
    urls.adminUrl,
    location,
    STANDINGS[tenant.status],
    (tx) =>
      recordAudit(tx, {
        actor: { kind: 'operator' },
        action: 'public.tenant.exported',
        subject: { type: 'public.tenants', id: tenant.id },
      }),
    log,
  );
  if (!isThere) throw databaseErrors.TENANCY_MOVED({ found: slug });
  const { maintenanceUrl } = urls;
  const { attached, apart } = await monthsOf({ maintenanceUrl, schema: placed.schema }, tenant.id);
  if (apart.length > 0)
    throw tenantArchiveErrors.TENANT_EXPORT_MONTH_DETACHED({
      found: apart.map(({ log: name, month }) => `${name} ${month}`).join(', '),
    });
  const { schema, epoch } = placed;
  const snapshot = await RowSnapshot.open({ tenantId: tenant.id, urls, schema, epoch }, tenantTables());
  return { tenant, domains, months: attached, snapshot };
}

/** @throws TENANT_EXPORT_REFUSED */
function requireOpened({ status, archivedAt, ...tenant }: RegisterEntry): ArchiveHead['tenant'] {
  if (status === 'provisioning' || status === 'deleted')
    throw tenantArchiveErrors.TENANT_EXPORT_REFUSED({ found: `${tenant.slug} is ${status}` });
  return { ...tenant, status, archivedAt: archivedAt?.toISOString() ?? null };
}

async function writeTables(
  { onStep }: Workshop,
  { tenant, domains, months, snapshot }: Moment,
  archive: ArchiveWriter,
): Promise<ArchiveHead> {
  const tables: ArchivedTable[] = [];
  let done = 0;
  for (const table of snapshot.tables) {
    const { name, columns } = table;
    const soFar = `${tenant.slug}: ${name}, ${done} of about ${Math.max(done, snapshot.estimatedRows)} rows`;
    const tell = (bytes: number) => onStep?.(`${soFar}, ${megabytes(bytes)} of this table …`);
    await archive.add(fileOfTable(name), measured(snapshot.csv(table), tell));
    const checksum = await snapshot.checksum(table);
    tables.push({ name, columns, ...checksum });
    done += checksum.rows;
  }
  const columns = ['id', 'generation', 'master_key_id', 'wrapped_key_ciphertext'] as const;
  const keys = await snapshot.values('governance.tenant_keys', columns);
  return {
    ...{ tenant, domains, months: [...months], migration: presentMigration() },
    keys: keys.map((key) => ({
      id: key.id,
      generation: Number(key.generation),
      masterKeyId: key.master_key_id,
      wrappedKey: key.wrapped_key_ciphertext,
    })),
    tables: tables.map((table) => ({ ...table, columns: [...table.columns] })),
  };
}
