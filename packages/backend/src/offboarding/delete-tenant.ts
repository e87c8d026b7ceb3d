/**
 * Deletes a tenant for good: when it is archived, and nothing of it must be kept any longer. What is deleted, and why it
 * may be, is written down before the first row goes; each step may be done again, so after a kill the same command goes on.
 *
 *   archived → begun → departed → emptied → certified → forgotten
 */
import type { Logger } from 'pino';
import { type Cache, forgetTenant } from '../kernel/cache/index.ts';
import { runAsOwner } from '../kernel/db/index.ts';
import { instanceUrls } from '../kernel/instances/index.ts';
import { removeFilesOfTenant } from '../kernel/person-files.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import {
  beginRun,
  type Certificate,
  findCertificate,
  findRun,
  keepCertificate,
  listPlacements,
  moveRegister,
  type RegisterEntry,
  reachStep,
  removePlacement,
  requireTenant,
  setTenantStatus,
  unregisterTenant,
} from '../modules/public/index.ts';
import { aloneWithTenant } from '../provisioning/tenant-lock.ts';
import type { RetentionDuty } from '../retention/duties.ts';
import { tenantDuties } from '../retention/tenant-duties.ts';
import { certify, type Destruction, storedDestruction } from './certificate.ts';
import { departFrom, emptyOf, forgetAt, type Home } from './clear-home.ts';
import { offboardingErrors } from './errors.ts';
import { countTenantRows } from './tenant-rows.ts';

const STEPS = ['begun', 'departed', 'emptied', 'certified', 'forgotten'] as const;
type Step = (typeof STEPS)[number];

export interface DeletionRequest {
  readonly slug: string;
  /** For the certificate and the record of purges; no personal data. */
  readonly reason: string;
  /** Nothing is deleted: what would be, and what keeps it. */
  readonly rehearsal?: boolean;
}

export interface Deletion {
  readonly slug: string;
  readonly deleted: boolean;
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly duties: readonly RetentionDuty[];
  /** Of those, what keeps the tenant's rows. */
  readonly held: readonly RetentionDuty[];
  readonly certificate: Certificate | null;
}

interface Workshop {
  readonly tenancy: Tenancy;
  /** Has copies of the tenant's rows, which go too. */
  readonly cache: Cache;
  /** An administrator's URL of the control database. */
  readonly controlUrl: string;
  readonly log: Logger;
  readonly onStep?: (line: string) => void;
}

/**
 * Repeatable. A tenant that was never opened has nothing to keep: it goes at once, without a certificate, and its slug is
 * free again.
 *
 * @throws TENANT_UNKNOWN, TENANT_NOT_ARCHIVED, TENANT_OF_CONSUMERS, TENANT_MOVE_UNFINISHED, DATABASE_*, INSTANCE_*
 * @throws TENANT_HELD  naming every duty; not in a rehearsal, which reports them
 */
export function deleteTenant(shop: Workshop, request: DeletionRequest): Promise<Deletion> {
  return aloneWithTenant(shop.controlUrl, request.slug, async () => {
    const tenant = await runAsOwner(shop.controlUrl, (tx) => requireTenant(tx, request.slug));
    if (tenant.status === 'provisioning') return giveUp(shop, tenant, request);
    const run = await runAsOwner(shop.controlUrl, (tx) => findRun(tx, tenant.id, 'deletion'));
    if (run) return goOn(shop, storedDestruction(run.request), run.step);
    const { destruction, duties, held } = await assess(shop, tenant, request.reason);
    const report = { slug: tenant.slug, rows: destruction.rows, duties, held };
    if (request.rehearsal) return { ...report, deleted: false, certificate: null };
    if (held.length > 0)
      throw offboardingErrors.TENANT_HELD({
        found: held.map(describeDuty).join('; '),
        expected: `no duty to keep anything of ${tenant.slug}`,
        data: { held },
      });
    await runAsOwner(shop.controlUrl, async (tx) => {
      await beginRun(tx, tenant.id, 'deletion', { ...destruction });
      // From here on nobody resumes it.
      await setTenantStatus(tx, tenant.id, 'deleted');
    });
    return goOn(shop, destruction, 'begun');
  });
}

const describeDuty = ({ ground, until }: RetentionDuty): string =>
  `${ground}${until === null ? '' : ` until ${until.toISOString().slice(0, 10)}`}`;

async function assess({ tenancy, controlUrl }: Workshop, tenant: RegisterEntry, reason: string) {
  const { id, slug, name, kind, status, region, archivedAt } = tenant;
  if (kind === 'consumers') throw offboardingErrors.TENANT_OF_CONSUMERS({ found: slug });
  if (status !== 'archived' || archivedAt === null)
    throw offboardingErrors.TENANT_NOT_ARCHIVED({ found: `${slug} is ${status}` });
  const { moves, placed } = await runAsOwner(controlUrl, async (tx) => ({
    moves: (await moveRegister.list(tx)).filter((move) => move.tenantId === id),
    placed: (await listPlacements(tx)).find((each) => each.id === id),
  }));
  const unfinished = moves.find(({ step }) => step !== 'purged' && step !== 'rolled_back');
  if (unfinished || !placed)
    throw offboardingErrors.TENANT_MOVE_UNFINISHED({ found: `move ${unfinished?.id}, ${unfinished?.step}` });
  const { duties, rows } = await tenancy.run(
    slug,
    async (tx) => ({ duties: await tenantDuties(tx, archivedAt), rows: await countTenantRows(tx) }),
    { snapshot: true },
  );
  const now = new Date();
  const held = duties.filter(({ until }) => until === null || until > now);
  const destruction: Destruction = {
    ...{ tenantId: id, slug, name, region, reason, rows, archivedAt: archivedAt.toISOString() },
    ...{ instance: placed.instance, schema: placed.schema },
    duties: duties.map(({ ground, until }) => ({ ground, until: until?.toISOString() ?? '' })),
  };
  return { destruction, duties, held };
}

async function goOn(shop: Workshop, destruction: Destruction, reached: string): Promise<Deletion> {
  const { controlUrl, onStep } = shop;
  const { tenantId, slug } = destruction;
  const home = await homeOf(shop, destruction);
  const work: Record<Step, () => Promise<void>> = {
    begun: async () => {},
    departed: () => departFrom(home, shop.log),
    emptied: async () => {
      await emptyOf(home, `tenant deleted: ${destruction.reason}`, onStep);
      await forgetCopies(shop, slug, tenantId);
      await removeFilesOfTenant(tenantId);
    },
    certified: () => runAsOwner(controlUrl, (tx) => keepCertificate(tx, certify(destruction, new Date()))),
    forgotten: async () => {
      await forgetAt(home);
      await runAsOwner(controlUrl, async (tx) => {
        await removePlacement(tx, tenantId);
        await setTenantStatus(tx, tenantId, 'deleted', { deletedAt: new Date() });
      });
    },
  };
  const done = (STEPS as readonly string[]).indexOf(reached);
  for (const step of STEPS.slice(done + 1)) {
    onStep?.(`${slug}: ${step} …`);
    await work[step]();
    const finished = step === 'forgotten';
    await runAsOwner(controlUrl, (tx) => reachStep(tx, tenantId, 'deletion', step, { finished }));
  }
  const certificate = await runAsOwner(controlUrl, (tx) => findCertificate(tx, tenantId));
  const duties = destruction.duties.map(({ ground, until }) => ({ ground, until: new Date(until) }));
  return { slug, deleted: true, rows: destruction.rows, duties, held: [], certificate: certificate ?? null };
}

/** Nobody can enter the tenant any more, so nobody reads what Redis could not be told to forget, and that expires. */
async function forgetCopies({ cache, onStep }: Workshop, slug: string, tenantId: string): Promise<void> {
  const removed = await forgetTenant(cache, tenantId);
  if (removed === undefined && cache.isConfigured)
    onStep?.(`${slug}: Redis does not answer; what it has of the tenant expires within a day`);
}

async function homeOf(
  { controlUrl }: Workshop,
  place: Pick<Destruction, 'tenantId' | 'slug' | 'instance' | 'schema'>,
): Promise<Home> {
  const { tenantId, slug, instance, schema } = place;
  const urls = await instanceUrls(instance, { mainAdminUrl: controlUrl });
  const placements = await runAsOwner(controlUrl, listPlacements);
  return { tenantId, slug, schema, urls, placed: placements.find(({ id }) => id === tenantId) };
}

async function giveUp(shop: Workshop, tenant: RegisterEntry, request: DeletionRequest): Promise<Deletion> {
  const { controlUrl, log, onStep } = shop;
  const { id: tenantId, slug } = tenant;
  const report = { slug, rows: {}, duties: [], held: [], certificate: null };
  if (request.rehearsal) return { ...report, deleted: false };
  const placed = (await runAsOwner(controlUrl, listPlacements)).find(({ id }) => id === tenantId);
  if (placed) {
    const home = await homeOf(shop, { tenantId, slug, instance: placed.instance, schema: placed.schema });
    await departFrom(home, log);
    await emptyOf(home, `creation given up: ${request.reason}`, onStep);
    await forgetAt(home);
  }
  await runAsOwner(controlUrl, async (tx) => {
    await removePlacement(tx, tenantId);
    await unregisterTenant(tx, tenantId);
  });
  return { ...report, deleted: true };
}
