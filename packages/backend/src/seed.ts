/** Fills a database with reference data and three demonstration tenants. Running it again changes nothing. */
import type { ContentPack } from '@archive-gate/game-engine';
import { exclusively, type OwnerTx, runAsOwner } from './kernel/db/index.ts';
import { seedPeople, seedPermissions } from './modules/auth/index.ts';
import { seedPlans } from './modules/billing/index.ts';
import { readPackFiles, releasePack } from './modules/content/index.ts';
import { seedEconomy, seedLevels } from './modules/economy/index.ts';
import { seedNotifications } from './modules/notification/index.ts';
import { seedOrganisation } from './modules/org/index.ts';
import { seedPhishing } from './modules/phishing/index.ts';
import {
  lastSeed,
  listTenants,
  recordSeed,
  registerMainInstance,
  registerTenant,
  seedReferenceData,
} from './modules/public/index.ts';
import { seedAttackMatrix } from './modules/threat/index.ts';
import { seedTraining } from './modules/training/index.ts';
import type { Platform } from './platform.ts';
import { seedFingerprint } from './seed-fingerprint.ts';

/** Two programs that are started at once seed one after the other. */
const SEED_LOCK = 0x646d7a02;

export const DEMONSTRATION_TENANTS = [
  {
    slug: 'consumers',
    name: 'Consumers',
    kind: 'consumers' as const,
    region: 'eu',
    people: 120,
    organised: false,
  },
  {
    slug: 'small-company',
    name: 'Demonstration: a small company',
    region: 'eu',
    people: 40,
    organised: true,
  },
  {
    slug: 'mid-company',
    name: 'Demonstration: a company of middling size',
    region: 'eu',
    people: 160,
    organised: true,
  },
];

type DemonstrationTenant = (typeof DEMONSTRATION_TENANTS)[number];

export interface SeedReport {
  /** Rows of reference data that were added or changed. */
  readonly reference: number;
  readonly tenants: readonly {
    readonly slug: string;
    readonly people: number;
    readonly templatesAdded: number;
  }[];
}

const RUN = 'demonstration';

/**
 * @param adminUrl  an administrator's URL: the register and the reference data are the owner's
 * @throws CONTENT_FILE_INVALID, CONTENT_PACK_CHANGED, DATABASE_NOT_MIGRATED
 */
export async function seed(platform: Platform, adminUrl: string): Promise<SeedReport> {
  return exclusively(adminUrl, SEED_LOCK, async () => {
    const { reference, served } = await runAsOwner(adminUrl, async (tx) => {
      const written = await seedPlatform(tx);
      for (const tenant of DEMONSTRATION_TENANTS) await registerTenant(tx, tenant);
      const active = (await listTenants(tx)).filter(({ status }) => status === 'active');
      return { reference: written, served: new Set(active.map(({ slug }) => slug)) };
    });
    const pack = readPackFiles();
    const tenants = [];
    // Whoever was suspended, archived or deleted stays so.
    for (const tenant of DEMONSTRATION_TENANTS)
      if (served.has(tenant.slug)) tenants.push(await seedTenant(platform, pack, tenant));
    await runAsOwner(adminUrl, (tx) => recordSeed(tx, RUN, seedFingerprint()));
    return { reference, tenants };
  });
}

/** Seeds unless this very seed was the last one. What was removed since comes back by `db:seed` alone. */
export async function seedIfChanged(platform: Platform, adminUrl: string): Promise<SeedReport | undefined> {
  const last = await runAsOwner(adminUrl, (tx) => lastSeed(tx, RUN));
  return last === seedFingerprint() ? undefined : seed(platform, adminUrl);
}

/** What the control database has before any tenant comes. @returns rows that were added or changed */
export const seedPlatform = async (tx: OwnerTx): Promise<number> =>
  (await seedReference(tx)) + (await registerMainInstance(tx));

/** What is the same for every tenant, and what each instance therefore carries. Prices need currencies, so the order is part of it. */
export async function seedReference(tx: OwnerTx): Promise<number> {
  let written = 0;
  for (const each of [seedReferenceData, seedPermissions, seedPlans, seedLevels, seedAttackMatrix])
    written += await each(tx);
  return written;
}

function seedTenant(platform: Platform, pack: ContentPack, { slug, people, organised }: DemonstrationTenant) {
  return platform.tenancy.run(
    slug,
    async (tx) => {
      const players = await seedPeople(tx, `${slug}.example`, people);
      if (organised) {
        const placed = await seedOrganisation(tx, players);
        const departmentOf = new Map(placed.map(({ userId, departmentId }) => [userId, departmentId]));
        await seedPhishing(tx, players, departmentOf);
      }
      await seedTraining(tx, players);
      await seedEconomy(tx, players);
      await seedNotifications(tx, players);
      return { slug, people: players.length, templatesAdded: await releasePack(tx, pack) };
    },
    { idempotent: true },
  );
}
