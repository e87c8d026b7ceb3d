/**
 * Who keeps the master keys, the only ones that are in no database. A keeper wraps and unwraps and never hands a key out,
 * so that it can be a service far away (a KMS); it is asked when a tenant's key is made, wrapped anew, or not at hand.
 */

/** A tenant's key as its keeper made it unreadable. */
export interface WrappedKey {
  /** In the keeper's own words, such as the ARN of a key. */
  readonly keyId: string;
  readonly bytes: Buffer;
}

/**
 * What a wrapped key belongs to, authenticated with it: associated data here, the encryption context of a KMS. It is not
 * secret, and must be given again word for word.
 */
export type WrappingContext = Readonly<Record<'tenantId' | 'tenantKeyId', string>>;

export interface MasterKeys {
  /** Which key wraps at present. Older ones only unwrap. */
  currentKeyId(): Promise<string>;
  /** @param key  32 bytes */
  wrap(key: Buffer, context: WrappingContext): Promise<WrappedKey>;
  /** @throws KEYS_MASTER_UNKNOWN, KEYS_MASTER_WRONG */
  unwrap(wrapped: WrappedKey, context: WrappingContext): Promise<Buffer>;
}
