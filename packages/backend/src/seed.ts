/** Fills a database with reference data and three demonstration tenants. Running it again changes nothing. */
import type { ContentPack } from '@archive-gate/game-engine';
import { exclusively, runAsOwner } from './kernel/db/index.ts';
import { seedPeople } from './modules/auth/index.ts';
import { readPackFiles, releasePack } from './modules/content/index.ts';
import { seedOrganisation } from './modules/org/index.ts';
import { registerTenant, seedReferenceData } from './modules/public/index.ts';
import type { Platform } from './platform.ts';

/** Two programs that are started at once seed one after the other. */
const SEED_LOCK = 0x646d7a02;

const DEMONSTRATION_TENANTS = [
  { slug: 'consumers', name: 'Consumers', region: 'eu', people: 40, organised: false },
  {
    slug: 'small-company',
    name: 'Demonstration: a small company',
    region: 'eu',
    people: 25,
    organised: true,
  },
  {
    slug: 'mid-company',
    name: 'Demonstration: a company of middling size',
    region: 'us',
    people: 60,
    organised: true,
  },
];

type DemonstrationTenant = (typeof DEMONSTRATION_TENANTS)[number];

export interface SeedReport {
  readonly reference: number;
  readonly tenants: readonly {
    readonly slug: string;
    readonly people: number;
    readonly templatesAdded: number;
  }[];
}

/**
 * @param adminUrl  an administrator's URL: the register and the reference data are the owner's
 * @throws CONTENT_FILE_INVALID, CONTENT_PACK_CHANGED, DATABASE_NOT_MIGRATED
 */
export async function seed(platform: Platform, adminUrl: string): Promise<SeedReport> {
  return exclusively(adminUrl, SEED_LOCK, async () => {
    const reference = await runAsOwner(adminUrl, async (tx) => {
      const added = await seedReferenceData(tx);
      for (const tenant of DEMONSTRATION_TENANTS) await registerTenant(tx, tenant);
      return added;
    });
    const pack = readPackFiles();
    const tenants = [];
    for (const tenant of DEMONSTRATION_TENANTS) tenants.push(await seedTenant(platform, pack, tenant));
    return { reference, tenants };
  });
}

function seedTenant(platform: Platform, pack: ContentPack, { slug, people, organised }: DemonstrationTenant) {
  return platform.tenancy.run(
    slug,
    async (tx) => {
      const players = await seedPeople(tx, `${slug}.example`, people);
      if (organised) await seedOrganisation(tx, players);
      return { slug, people: players.length, templatesAdded: await releasePack(tx, pack) };
    },
    { idempotent: true },
  );
}
