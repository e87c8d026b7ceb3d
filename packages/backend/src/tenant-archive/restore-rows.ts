/** Brings a tenant's rows from its archive to its place: where nothing of it is, or what a killed import has left. */
import type { SignedArchive } from '../kernel/archive/index.ts';
import { runAsOwner } from '../kernel/db/index.ts';
import { type InstanceUrls, instanceUrls } from '../kernel/instances/index.ts';
import { emptyPlace, findRemains, loadRows, type RowPlace } from '../kernel/mover/index.ts';
import { adoptMonths } from '../kernel/partitions/index.ts';
import { createSchemaPlacement } from '../kernel/schema-tier/index.ts';
import { forgetResident, listResidents, type PlacementListing } from '../modules/public/index.ts';
import { tenantTables } from '../modules/registry.ts';
import { findPlacement } from '../provisioning/place-tenant.ts';
import { type ArchiveHead, fileOfTable } from './archive-head.ts';
import { tenantArchiveErrors } from './errors.ts';
import { measured, megabytes } from './measured.ts';

/** A tenant that has its place in the register. */
export interface NewHome {
  /** An administrator's URL of the control database. */
  readonly controlUrl: string;
  readonly tenantId: string;
  readonly slug: string;
}

export interface Home extends RowPlace {
  readonly urls: InstanceUrls;
  readonly placed: PlacementListing;
}

export async function homeOf({ controlUrl, slug, tenantId }: NewHome): Promise<Home> {
  const placed = await findPlacement(controlUrl, slug);
  if (!placed) throw new Error(`${slug} was just placed.`);
  const urls = await instanceUrls(placed.instance, { mainAdminUrl: controlUrl });
  return { tenantId, urls, schema: placed.schema, placed };
}

/**
 * Rows that no register here knows of are somebody's, so they are looked for once, before anything of this import is there.
 *
 * @throws TENANT_IMPORT_EXISTS
 */
export async function requireVacant(newHome: NewHome): Promise<void> {
  const home = await homeOf(newHome);
  const residents = await runAsOwner(home.urls.adminUrl, listResidents);
  const isServed = residents.some(({ tenantId }) => tenantId === home.tenantId);
  const remains = await findRemains(home, tenantTables());
  if (!isServed && remains.length === 0) return;
  throw tenantArchiveErrors.TENANT_IMPORT_EXISTS({
    found: `${isServed ? 'a resident' : remains.join(', ')}, on instance ${home.placed.instance}`,
  });
}

/** Repeatable. @throws TENANCY_ROWS_DIFFER, and what reading the archive fails with */
export async function restoreRows(
  newHome: NewHome,
  archive: SignedArchive,
  { tables, months }: ArchiveHead,
  onStep: (line: string) => void = () => {},
): Promise<void> {
  const home = await homeOf(newHome);
  const { urls, schema, tenantId } = home;
  const { slug } = newHome;
  const all = tenantTables();
  await runAsOwner(urls.adminUrl, (tx) => forgetResident(tx, tenantId));
  const remains = await findRemains(home, all);
  if (remains.length > 0)
    await emptyPlace({ urls, schema, tenantId, slug, tables: remains }, 'import begun anew');
  if (schema !== null) await createSchemaPlacement(urls.adminUrl, slug);
  await adoptMonths({ maintenanceUrl: urls.maintenanceUrl, schema }, months);
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  const done = { loading: 0, verifying: 0 };
  const tell = (phase: keyof typeof done, name: string, bytes?: number) =>
    onStep(
      `${slug}: ${phase} ${name}, ${done[phase]} of ${total} rows${bytes ? `, ${megabytes(bytes)} of this table` : ''} …`,
    );
  const contents = tables.map((table) => ({
    ...table,
    csv: () => measured(archive.read(fileOfTable(table.name)), (bytes) => tell('loading', table.name, bytes)),
  }));
  await loadRows(home, all, contents, (phase, name, rows) => {
    tell(phase, name);
    done[phase] += rows;
  });
}
