/**
 * Content packs as sessions use them. A released pack never changes, and neither does what a session was given of the pools,
 * so a pack that was read once is kept in memory; what is kept is a tenant's own, since tenants may release packs of the
 * same name.
 */
import { ContentPack } from '@archive-gate/game-engine';
import { asc, desc, eq } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { emailsOfSession } from './email-pool.ts';
import { contentErrors } from './errors.ts';
import { contentTables } from './schema.ts';

/** Packs held in memory; a pack of a hundred e-mails takes about a megabyte, and those of sessions share it. */
const MAX_PACKS = 500;

/** A released pack, and e-mails of the pools that one session was given: `base--<session>@1`. */
const OWN_PACK = /^(?<name>.+)--(?<sessionId>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})@(?<number>\d+)$/;

/** What a session that was given e-mails of its own is played with. It keeps to the form that events ask of a version. */
export const ownPackVersion = (released: string, sessionId: string): string =>
  released.replace('@', `--${sessionId}@`);

export class PackLibrary {
  readonly #packs = new Map<string, ContentPack>();

  /**
   * @param version  such as `base@1`, or that of a session's own
   * @throws CONTENT_PACK_UNKNOWN
   */
  async get(tx: TenantTx, version: string): Promise<ContentPack> {
    const key = `${tx.tenantId}/${version}`;
    const known = this.#packs.get(key);
    const pack = known ?? (await this.#read(tx, version));
    // What was asked for last is kept longest: the packs that all sessions share stay.
    this.#packs.delete(key);
    const oldest = this.#packs.keys().next();
    if (this.#packs.size >= MAX_PACKS && !oldest.done) this.#packs.delete(oldest.value);
    this.#packs.set(key, pack);
    return pack;
  }

  async #read(tx: TenantTx, version: string): Promise<ContentPack> {
    const { name, sessionId, number } = OWN_PACK.exec(version)?.groups ?? {};
    if (sessionId === undefined) return readPack(tx, version);
    const released = await this.get(tx, `${name}@${number}`);
    return { version, emails: [...released.emails, ...(await emailsOfSession(tx, sessionId))] };
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
