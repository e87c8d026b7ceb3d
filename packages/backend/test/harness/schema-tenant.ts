/** A tenant in a schema of its own, with people and content, for tests of what every placement must do. */
import type { ContentPack } from '@archive-gate/game-engine';
import { connectAsAdministrator, runAsOwner, tenantSchema } from '../../src/kernel/db/index.ts';
import { createSchemaPlacement } from '../../src/kernel/schema-tier/index.ts';
import { seedPeople } from '../../src/modules/auth/index.ts';
import { readPackFiles, releasePack } from '../../src/modules/content/index.ts';
import { seedEconomy } from '../../src/modules/economy/index.ts';
import { registerTenant } from '../../src/modules/public/index.ts';
import type { Platform } from '../../src/platform.ts';

export interface SchemaTenant {
  readonly id: string;
  readonly slug: string;
  readonly schema: string;
}

const PEOPLE = 3;
let pack: ContentPack | undefined;

export async function schemaTenant(
  { adminUrl, platform }: { readonly adminUrl: string; readonly platform: Platform },
  slug: string,
): Promise<SchemaTenant> {
  const schema = tenantSchema(slug);
  await createSchemaPlacement(adminUrl, slug);
  const id = await runAsOwner(adminUrl, (tx) => registerTenant(tx, { slug, name: slug, region: 'eu' }));
  const admin = await connectAsAdministrator(adminUrl);
  await admin.query('UPDATE public.placements SET schema_name = $2 WHERE tenant_id = $1', [id, schema]);
  await admin.query('UPDATE public.residents SET schema_name = $2 WHERE tenant_id = $1', [id, schema]);
  await admin.query("UPDATE public.tenants SET tier = 'schema' WHERE id = $1", [id]);
  await admin.end();
  pack ??= readPackFiles();
  const content = pack;
  await platform.tenancy.run(slug, async (tx) => {
    const people = await seedPeople(tx, `${slug}.example`, PEOPLE);
    await seedEconomy(tx, people);
    await releasePack(tx, content);
  });
  return { id, slug, schema };
}
