/**
 * The keys of tenants: they wrap the keys of people and encrypt secrets, and are wrapped by a master key. A rotation adds a
 * generation, which encrypts from then on; those before it go on reading, so nothing has to be written again.
 *
 * Unwrapping one asks the keeper of the master keys, which may be far away, so they are kept in memory: at most 1,000 of
 * them, a minute each. Somebody who may no longer ask the keeper can therefore go on for a minute.
 */
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { TenantTx } from '../tenancy/index.ts';
import { type Cell, newKey, parse, write } from './ciphertext.ts';
import { keyErrors } from './errors.ts';
import type { MasterKeys, WrappedKey } from './master-keys.ts';
import type { KeyStore, Rewrapping, StoredTenantKey } from './ports.ts';
import { type CacheBounds, ShortLivedCache } from './short-lived-cache.ts';

export const TENANT_KEY_CACHE: CacheBounds = { entries: 1_000, lifetimeMs: 60_000 };

type OfTenant = { readonly tenantId: string };

/** One key for each use, derived from the tenant's: what is known of the use of one says nothing of the other (NIST SP 800-57, 5.2). */
export interface TenantKey {
  readonly id: string;
  readonly wrapping: KeyObject;
  readonly secrets: KeyObject;
}

export class TenantKeys {
  readonly #master: MasterKeys;
  readonly #store: KeyStore;
  readonly #cache: ShortLivedCache<TenantKey>;

  constructor(master: MasterKeys, store: KeyStore, bounds: CacheBounds) {
    this.#master = master;
    this.#store = store;
    this.#cache = new ShortLivedCache(bounds);
  }

  get cached(): number {
    return this.#cache.size;
  }

  /** The key that encrypts at present; a tenant's first is made when it is first needed. */
  async current(tx: TenantTx): Promise<TenantKey> {
    return this.#unwrapped(tx, await this.#newest(tx));
  }

  /** The same where the tenant has a key, and nothing where it has none. */
  async present(tx: TenantTx): Promise<TenantKey | undefined> {
    const [newest] = await this.#store.tenantKeys(tx);
    return newest && this.#unwrapped(tx, newest);
  }

  /** @throws KEYS_KEY_UNKNOWN */
  withId(tx: TenantTx, id: string): Promise<TenantKey> {
    return this.#cache.get(cacheKey(tx, id), async () => {
      const stored = (await this.#store.tenantKeys(tx)).find((each) => each.id === id);
      if (!stored) throw keyErrors.KEYS_KEY_UNKNOWN({ found: `key ${id} of the tenant` });
      return this.#open(tx, stored);
    });
  }

  /** Adds a generation. What the newest one encrypted must be readable still: a lost master key is found before, not after. */
  async rotate(tx: TenantTx): Promise<StoredTenantKey> {
    const newest = await this.#newest(tx);
    await this.#open(tx, newest);
    await this.#add(tx, newest.generation + 1);
    return this.#newest(tx);
  }

  /** Wraps by the present master key whatever another one wraps. @returns how many there were */
  async rewrap(tx: TenantTx): Promise<number> {
    const present = await this.#master.currentKeyId();
    const others = (await this.#store.tenantKeys(tx)).filter(({ masterKeyId }) => masterKeyId !== present);
    const changes: Rewrapping[] = [];
    for (const { id, wrappedKeyCiphertext: from, ...stored } of others) {
      const context = contextOf(tx, id);
      const key = await this.#master.unwrap(
        wrappedKey(tx, { id, wrappedKeyCiphertext: from, ...stored }),
        context,
      );
      const wrapped = await this.#master.wrap(key, context);
      // The former wrapping is the only copy; it goes once the new one has been seen to open.
      const same = (await this.#master.unwrap(wrapped, context)).equals(key);
      if (!same) throw keyErrors.KEYS_MASTER_WRONG({ found: wrapped.keyId });
      changes.push({ id, from, to: ciphertextOf(wrapped), wrappingKeyId: wrapped.keyId });
    }
    return this.#store.rewrapTenantKeys(tx, changes);
  }

  /** Asks the keeper, whatever is kept in memory. @throws KEYS_MASTER_UNKNOWN, KEYS_MASTER_WRONG, and what else their keeper says */
  async examine(tx: OfTenant, stored: StoredTenantKey): Promise<void> {
    await this.#open(tx, stored);
  }

  /** Forgets what is kept in memory of a tenant. */
  drop(tenantId: string): void {
    this.#cache.drop(`${tenantId}/`);
  }

  async #newest(tx: TenantTx): Promise<StoredTenantKey> {
    const [newest] = await this.#store.tenantKeys(tx);
    if (newest) return newest;
    await this.#add(tx, 1);
    const [made] = await this.#store.tenantKeys(tx);
    if (made) return made;
    throw new Error('A key that was just made is there.');
  }

  async #add(tx: TenantTx, generation: number): Promise<void> {
    const id = uuidv7();
    const wrapped = await this.#master.wrap(newKey().export(), contextOf(tx, id));
    const stored = {
      id,
      generation,
      wrappedKeyCiphertext: ciphertextOf(wrapped),
      masterKeyId: wrapped.keyId,
    };
    await this.#store.addTenantKey(tx, stored);
  }

  #unwrapped(tx: TenantTx, stored: StoredTenantKey): Promise<TenantKey> {
    return this.#cache.get(cacheKey(tx, stored.id), () => this.#open(tx, stored));
  }

  async #open(tx: OfTenant, stored: StoredTenantKey): Promise<TenantKey> {
    const key = await this.#master.unwrap(wrappedKey(tx, stored), contextOf(tx, stored.id));
    return { id: stored.id, wrapping: derive(key, 'wrapping'), secrets: derive(key, 'secrets') };
  }
}

const cacheKey = ({ tenantId }: TenantTx, id: string): string => `${tenantId}/${id}`;
const contextOf = ({ tenantId }: OfTenant, tenantKeyId: string) => ({ tenantId, tenantKeyId });
const ciphertextOf = ({ keyId, bytes }: WrappedKey) => write({ owner: 'master', keyId }, bytes);

function wrappedKey(tx: OfTenant, { id, wrappedKeyCiphertext, masterKeyId }: StoredTenantKey): WrappedKey {
  const { body } = parse(wrappedKeyCiphertext, cellOf(tx, id));
  return { keyId: masterKeyId, bytes: body };
}

const cellOf = ({ tenantId }: OfTenant, id: string): Cell => ({
  tenantId,
  table: 'governance.tenant_keys',
  column: 'wrapped_key_ciphertext',
  id,
});

/** HKDF with SHA-256 (RFC 5869); its input is a uniform key, so no salt is needed (section 3.1). */
function derive(key: Buffer, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `archive-gate/1/${use}`, 32)));
}
