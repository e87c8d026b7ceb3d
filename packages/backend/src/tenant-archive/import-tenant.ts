/**
 * Restores a tenant from a signed archive into a platform that does not have it. Nothing is written before every byte of the
 * archive was verified, and nobody enters before what was restored was, too. Each step is recorded when it is done, and may
 * be done again: after a kill the same command goes on, and `tenant delete` gives the import up.
 *
 *   registered → placed → vacant → loaded → open
 */
import type { KeyObject } from 'node:crypto';
import { openArchive, type SignedArchive } from '../kernel/archive/index.ts';
import { type OwnerTx, runAsOwner } from '../kernel/db/index.ts';
import {
  beginRun,
  findRun,
  findTenant,
  findTenantById,
  reachStep,
  registerProvisioning,
  requireSlug,
  type TenantStatus,
  type Tier,
  takeOverDomains,
} from '../modules/public/index.ts';
import type { Platform } from '../platform.ts';
import { chooseFromRegister, placeNewTenant } from '../provisioning/place-tenant.ts';
import { aloneWithTenant } from '../provisioning/tenant-lock.ts';
import { type ArchiveHead, FORMAT, readHead, requireSameVersion } from './archive-head.ts';
import { requireMasterKeys, type UnreadableKey } from './check-master-keys.ts';
import { tenantArchiveErrors } from './errors.ts';
import type { Workshop } from './export-tenant.ts';
import { type ImportRequest, requestOf, sameRequest } from './import-request.ts';
import { openTenant } from './open-tenant.ts';
import { type NewHome, requireVacant, restoreRows } from './restore-rows.ts';

const STEPS = ['begun', 'placed', 'vacant', 'loaded', 'open'] as const;
type Step = (typeof STEPS)[number];

export interface ImportOptions {
  readonly file: string;
  /** Instead of the slug that it had. */
  readonly slug?: string | undefined;
  /** Instead of the tier that it had. */
  readonly tier?: Tier | undefined;
  readonly instance?: string | undefined;
  /** Public keys that are believed; the platform's own, unless given. */
  readonly keys?: readonly KeyObject[] | undefined;
  /** Also where what is encrypted cannot be opened here. */
  readonly withoutKeys?: boolean | undefined;
}

export interface ImportedTenant {
  readonly tenant: string;
  readonly tenantId: string;
  readonly status: TenantStatus;
  readonly tier: Tier;
  readonly rows: number;
  readonly tables: number;
  readonly auditEntries: number;
  readonly sessions: number;
  readonly events: number;
  readonly signingKeyId: string;
  /** Keys of the tenant that cannot be unwrapped here. */
  readonly unreadableKeys: readonly UnreadableKey[];
}

interface ImportShop extends Workshop {
  readonly platform: Pick<Platform, 'game' | 'keys'>;
}

/**
 * @throws ARCHIVE_*, TENANT_IMPORT_*, TENANT_SLUG_INVALID, TENANT_NO_INSTANCE, TENANCY_ROWS_DIFFER, TENANCY_ROWS_MIGRATING
 * @throws INSTANCE_*, MIGRATION_*, DATABASE_*
 */
export async function importTenant(shop: ImportShop, options: ImportOptions): Promise<ImportedTenant> {
  const { file, keys } = options;
  const archive = await openArchive(file, { ...FORMAT, ...(keys ? { keys } : {}) });
  try {
    const head = readHead(archive.manifest);
    requireSameVersion(head);
    const request = requestOf(archive.manifest, head, options);
    requireSlug(request.slug);
    // Told at once, before gigabytes are read; asked again where it counts.
    await runAsOwner(shop.controlUrl, (tx) => findImport(tx, head, request));
    const unreadableKeys = await requireMasterKeys(shop, head, options.withoutKeys ?? false);
    await verifyFiles(archive, shop);
    return await aloneWithTenant(shop.controlUrl, request.slug, async () => {
      const restored = await new Import(shop, archive, head, request).run();
      return { ...restored, signingKeyId: archive.signingKeyId, unreadableKeys };
    });
  } finally {
    archive.close();
  }
}

async function verifyFiles(archive: SignedArchive, { onStep }: Workshop): Promise<void> {
  const total = archive.manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  await archive.verify((bytes) => {
    done += bytes;
    onStep?.(
      `verifying ${Math.floor((100 * done) / Math.max(1, total))} % of ${Math.ceil(total / 1e6)} MB …`,
    );
  });
}

/**
 * @returns the step that an import of this archive has reached; undefined where there is none
 * @throws TENANT_IMPORT_EXISTS, TENANT_IMPORT_SLUG_TAKEN, TENANT_IMPORT_DIFFERS, TENANT_NO_INSTANCE
 */
async function findImport(
  tx: OwnerTx,
  { tenant }: ArchiveHead,
  request: ImportRequest,
): Promise<Step | undefined> {
  const known = await findTenantById(tx, tenant.id);
  const run = known && (await findRun(tx, known.id, 'import'));
  if (known && (!run || run.finishedAt !== null || known.status !== 'provisioning'))
    throw tenantArchiveErrors.TENANT_IMPORT_EXISTS({ found: `${known.slug}, ${known.status}` });
  if (run) {
    const difference = sameRequest(run.request, request);
    if (difference !== undefined) throw tenantArchiveErrors.TENANT_IMPORT_DIFFERS({ found: difference });
    return STEPS.find((each) => each === run.step) ?? 'begun';
  }
  const namesake = await findTenant(tx, request.slug);
  if (namesake)
    throw tenantArchiveErrors.TENANT_IMPORT_SLUG_TAKEN({ found: `${request.slug}, ${namesake.status}` });
  const { slug, tier, instance } = request;
  await chooseFromRegister(tx, { slug, tier, region: tenant.region, instance });
  return undefined;
}

class Import {
  readonly #shop: ImportShop;
  readonly #archive: SignedArchive;
  readonly #head: ArchiveHead;
  readonly #request: ImportRequest;
  readonly #home: NewHome;

  constructor(shop: ImportShop, archive: SignedArchive, head: ArchiveHead, request: ImportRequest) {
    this.#shop = shop;
    this.#archive = archive;
    this.#head = head;
    this.#request = request;
    this.#home = { controlUrl: shop.controlUrl, tenantId: head.tenant.id, slug: request.slug };
  }

  async run(): Promise<Omit<ImportedTenant, 'signingKeyId' | 'unreadableKeys'>> {
    const { controlUrl, onStep } = this.#shop;
    const { id, status } = this.#head.tenant;
    const reached = await this.#begin();
    let proven = { auditEntries: 0, sessions: 0, events: 0 };
    const work: Record<Step, () => Promise<void>> = {
      begun: async () => {},
      placed: () => this.#place(),
      vacant: () => requireVacant(this.#home),
      loaded: () => restoreRows(this.#home, this.#archive, this.#head, onStep),
      open: async () => {
        proven = await openTenant(this.#shop, this.#home, this.#head, this.#request.manifestSha256);
      },
    };
    for (const step of STEPS.slice(STEPS.indexOf(reached) + 1)) {
      onStep?.(`${this.#home.slug}: ${step} …`);
      await work[step]();
      const finished = step === 'open';
      await runAsOwner(controlUrl, (tx) => reachStep(tx, id, 'import', step, { finished }));
    }
    const { slug, tier } = this.#request;
    const { tables } = this.#head;
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return { ...{ tenant: slug, tenantId: id, status, tier, rows, tables: tables.length }, ...proven };
  }

  #begin(): Promise<Step> {
    const { tenant, domains } = this.#head;
    const { id, name, kind, region } = tenant;
    const { slug, tier } = this.#request;
    return runAsOwner(this.#shop.controlUrl, async (tx) => {
      const reached = await findImport(tx, this.#head, this.#request);
      if (reached) return reached;
      await registerProvisioning(tx, { id, slug, name, kind, tier, region });
      await takeOverDomains(tx, id, domains);
      await beginRun(tx, id, 'import', { ...this.#request });
      return 'begun';
    });
  }

  #place(): Promise<void> {
    const { region, id } = this.#head.tenant;
    const { slug, tier, instance } = this.#request;
    return placeNewTenant(this.#shop, id, { slug, tier, region, instance });
  }
}
