/**
 * The keys of people, each wrapped by a key of the tenant. They are unwrapped for each use and never kept: every use reads
 * the key's row, so a key that was destroyed is of no use to any program from the commit of its destruction on.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { TenantTx } from '../tenancy/index.ts';
import { type Cell, decrypt, encrypt, newKey, parse } from './ciphertext.ts';
import { keyErrors } from './errors.ts';
import { KEEPINGS, type Keeping, type KeyStore, type Rewrapping, type StoredSubjectKey } from './ports.ts';
import type { TenantKey, TenantKeys } from './tenant-keys.ts';

export interface SubjectKey {
  readonly id: string;
  /** Null once destroyed. */
  readonly key: KeyObject | null;
  readonly destroyedAt: Date | null;
}

export class SubjectKeys {
  readonly #tenantKeys: TenantKeys;
  readonly #store: KeyStore;

  constructor(tenantKeys: TenantKeys, store: KeyStore) {
    this.#tenantKeys = tenantKeys;
    this.#store = store;
  }

  /** The key that encrypts for a person; the first is made when it is first needed. @throws KEYS_PERSON_FORGOTTEN */
  async current(
    tx: TenantTx,
    userId: string,
    keeps: Keeping,
  ): Promise<{ readonly id: string; readonly key: KeyObject }> {
    const { id, key } = await this.#unwrap(tx, await this.#newest(tx, userId, keeps));
    if (key) return { id, key };
    throw keyErrors.KEYS_PERSON_FORGOTTEN({ found: `key ${id}` });
  }

  /** In one query. A key that the tenant does not have is missing. */
  async withIds(tx: TenantTx, ids: readonly string[]): Promise<Map<string, SubjectKey>> {
    if (ids.length === 0) return new Map();
    const stored = await this.#store.subjectKeys(tx, ids);
    const keys = await Promise.all(stored.map((each) => this.#unwrap(tx, each)));
    return new Map(keys.map((key) => [key.id, key]));
  }

  /** Wraps so many keys by the tenant's present one, if others wrap any. @returns how many there were */
  async rewrap(tx: TenantTx, limit: number): Promise<number> {
    const present = await this.#tenantKeys.present(tx);
    if (!present) return 0;
    const others = await this.#store.subjectKeysNotUnder(tx, present.id, limit);
    const changes = await Promise.all(
      others.flatMap(({ wrappedKeyCiphertext: from, ...stored }): Promise<Rewrapping>[] => {
        if (from === null) return [];
        const rewrapped = this.#unwrap(tx, { ...stored, wrappedKeyCiphertext: from }).then(({ key }) => {
          if (!key) throw new Error('A key that was read is there.');
          return { id: stored.id, from, to: wrap(tx, present, stored.id, key), wrappingKeyId: present.id };
        });
        return [rewrapped];
      }),
    );
    if (changes.length > 0) await this.#store.rewrapSubjectKeys(tx, changes);
    return changes.length;
  }

  /** @throws KEYS_KEY_ALTERED, KEYS_KEY_UNKNOWN, KEYS_CIPHERTEXT_INVALID, and what the keeper of the master keys says */
  async examine(tx: TenantTx, stored: StoredSubjectKey): Promise<void> {
    await this.#unwrap(tx, stored);
  }

  async #newest(tx: TenantTx, userId: string, keeps: Keeping): Promise<StoredSubjectKey> {
    // Another program may make the key of the other kind at the same time, under the number that this one took.
    for (let attempt = 0; attempt <= KEEPINGS.length; attempt += 1) {
      const known = await this.#store.subjectKeysOf(tx, userId);
      const newest = known.find((each) => each.keeps === keeps);
      if (newest) return newest;
      const tenantKey = await this.#tenantKeys.current(tx);
      const id = uuidv7();
      await this.#store.addSubjectKey(tx, {
        id,
        userId,
        keeps,
        generation: (known[0]?.generation ?? 0) + 1,
        wrappedKeyCiphertext: wrap(tx, tenantKey, id, newKey()),
        wrappingKeyId: tenantKey.id,
        destroyedAt: null,
      });
    }
    throw new Error('A key that was just made is there.');
  }

  async #unwrap(
    tx: TenantTx,
    { id, wrappedKeyCiphertext, destroyedAt }: StoredSubjectKey,
  ): Promise<SubjectKey> {
    if (wrappedKeyCiphertext === null) return { id, key: null, destroyedAt };
    const cell = cellOf(tx, id);
    const parsed = parse(wrappedKeyCiphertext, cell);
    const { wrapping } = await this.#tenantKeys.withId(tx, parsed.keyId);
    try {
      return { id, key: createSecretKey(decrypt(wrapping, parsed, cell)), destroyedAt };
    } catch (cause) {
      throw keyErrors.KEYS_KEY_ALTERED({ found: `key ${id}, wrapped by key ${parsed.keyId}`, cause });
    }
  }
}

const wrap = (tx: TenantTx, tenantKey: TenantKey, id: string, key: KeyObject) =>
  encrypt(tenantKey.wrapping, { owner: 'tenant', keyId: tenantKey.id }, cellOf(tx, id), key.export());

const cellOf = ({ tenantId }: TenantTx, id: string): Cell => ({
  tenantId,
  table: 'governance.subject_keys',
  column: 'wrapped_key_ciphertext',
  id,
});
