/**
 * Content packs as sessions use them. A released pack never changes, so a pack that was read once is kept in memory;
 * what is kept is a tenant's own, since tenants may release packs of the same name.
 */
import { ContentPack } from '@archive-gate/game-engine';
import { asc, desc, eq } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { contentErrors } from './errors.ts';
import { contentTables } from './schema.ts';

/** Packs held in memory; a pack of a hundred e-mails takes about a megabyte. */
const MAX_PACKS = 200;

export class PackLibrary {
  readonly #packs = new Map<string, ContentPack>();

  /**
   * @param version  such as `base@1`
   * @throws CONTENT_PACK_UNKNOWN
   */
  async get(tx: TenantTx, version: string): Promise<ContentPack> {
    const key = `${tx.tenantId}/${version}`;
    const known = this.#packs.get(key);
    if (known) return known;
    const pack = await readPack(tx, version);
    const oldest = this.#packs.keys().next();
    if (this.#packs.size >= MAX_PACKS && !oldest.done) this.#packs.delete(oldest.value);
    this.#packs.set(key, pack);
    return pack;
  }
}

async function readPack(tx: TenantTx, version: string): Promise<ContentPack> {
  const { emailTemplates } = contentTables(tx);
  const rows = await tx
    .select({ template: emailTemplates.template })
    .from(emailTemplates)
    .where(eq(emailTemplates.packVersion, version))
    .orderBy(asc(emailTemplates.key));
  if (rows.length === 0) throw contentErrors.CONTENT_PACK_UNKNOWN({ found: version });
  return ContentPack.parse({ version, emails: rows.map(({ template }) => template) });
}

/**
 * The pack that new sessions of the tenant are played with.
 *
 * @throws CONTENT_PACK_UNKNOWN  when the tenant has none
 */
export async function currentPackVersion(tx: TenantTx): Promise<string> {
  const { emailTemplates } = contentTables(tx);
  const [newest] = await tx
    .select({ version: emailTemplates.packVersion })
    .from(emailTemplates)
    .orderBy(desc(emailTemplates.createdAt))
    .limit(1);
  if (!newest) throw contentErrors.CONTENT_PACK_UNKNOWN({ found: 'no content pack' });
  return newest.version;
}
