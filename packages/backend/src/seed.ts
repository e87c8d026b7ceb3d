/** Fills a database with reference data and three demonstration tenants. Running it again changes nothing. */
import { runAsOwner } from './kernel/db/index.ts';
import { seedPeople } from './modules/auth/index.ts';
import { readPackFiles, releasePack } from './modules/content/index.ts';
import { seedOrganisation } from './modules/org/index.ts';
import { registerTenant, seedReferenceData } from './modules/public/index.ts';
import type { Platform } from './platform.ts';

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
  const pack = readPackFiles();
  const reference = await runAsOwner(adminUrl, async (tx) => {
    const added = await seedReferenceData(tx);
    for (const tenant of DEMONSTRATION_TENANTS) await registerTenant(tx, tenant);
    return added;
  });
  const tenants = [];
  for (const { slug, people, organised } of DEMONSTRATION_TENANTS) {
    const templatesAdded = await platform.tenancy.run(slug, async (tx) => {
      const players = await seedPeople(tx, `${slug}.example`, people);
      if (organised) await seedOrganisation(tx, players);
      return releasePack(tx, pack);
    });
    tenants.push({ slug, people, templatesAdded });
  }
  return { reference, tenants };
}
