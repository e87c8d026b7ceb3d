/** What keys need of whoever keeps them; the kernel owns no tables. Everything is in the caller's tenant transaction. */
import type { Ciphertext } from '../db/index.ts';
import type { TenantTx } from '../tenancy/index.ts';

export interface StoredTenantKey {
  readonly id: string;
  /** From 1; the highest encrypts. */
  readonly generation: number;
  readonly wrappedKeyCiphertext: Ciphertext;
  readonly masterKeyId: string;
}

/** What a person's key reads: evidence, which duties of retention can make outlast an erasure, or all else. */
export type Keeping = 'evidence' | 'ordinary';
export const KEEPINGS: readonly Keeping[] = ['evidence', 'ordinary'];

export interface StoredSubjectKey {
  readonly id: string;
  readonly userId: string;
  readonly keeps: Keeping;
  /** From 1; the highest of those that keep the same encrypts. */
  readonly generation: number;
  /** Null once destroyed. */
  readonly wrappedKeyCiphertext: Ciphertext | null;
  /** Id of the tenant's key that wraps it. */
  readonly wrappingKeyId: string;
  readonly destroyedAt: Date | null;
}

/** A key of the same bytes in another wrapping, to be put where the former one still stands. */
export interface Rewrapping {
  readonly id: string;
  readonly from: Ciphertext;
  readonly to: Ciphertext;
  readonly wrappingKeyId: string;
}

export interface KeyStore {
  /** The highest generation first. */
  tenantKeys(tx: TenantTx): Promise<readonly StoredTenantKey[]>;
  /** Leaves alone a generation that is there already. */
  addTenantKey(tx: TenantTx, key: StoredTenantKey): Promise<void>;
  /** @returns how many stood as they were expected to, and were changed */
  rewrapTenantKeys(tx: TenantTx, changes: readonly Rewrapping[]): Promise<number>;
  /** A person's keys, the highest generation first. */
  subjectKeysOf(tx: TenantTx, userId: string): Promise<readonly StoredSubjectKey[]>;
  subjectKeys(tx: TenantTx, ids: readonly string[]): Promise<readonly StoredSubjectKey[]>;
  /** Leaves alone a generation that is there already. */
  addSubjectKey(tx: TenantTx, key: StoredSubjectKey): Promise<void>;
  /** Keys that another one than this wraps, in the order of their ids. */
  subjectKeysNotUnder(
    tx: TenantTx,
    wrappingKeyId: string,
    limit: number,
  ): Promise<readonly StoredSubjectKey[]>;
  /** Keys that are not destroyed, in the order of their ids, behind one of them. */
  subjectKeysAfter(tx: TenantTx, id: string | null, limit: number): Promise<readonly StoredSubjectKey[]>;
  /** @returns how many stood as they were expected to, and were changed */
  rewrapSubjectKeys(tx: TenantTx, changes: readonly Rewrapping[]): Promise<number>;
  /** Removes what a person's keys are made of, and leaves that they were there. @returns how many */
  destroySubjectKeys(tx: TenantTx, userId: string, keeping: readonly Keeping[]): Promise<number>;
}
