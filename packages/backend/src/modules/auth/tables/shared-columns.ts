/** Columns and conditions that several tables of people's credentials have, so that each is declared one way. */
import { inet, jsonb, type PgColumnBuilderBase, text, uuid } from 'drizzle-orm/pg-core';
import { described, encrypted, instant, pii } from '../../../kernel/db/index.ts';

/** What proves who somebody is: it goes with its row when the person is erased. */
export const credential = <Builder extends PgColumnBuilderBase>(column: Builder, purpose: string) =>
  pii(column, { category: 'credential', purpose, onErasure: 'delete_row' });

/** What people call a thing of their own, such as a security key. */
export const labelOf = (name: string, purpose: string) =>
  pii(text(name), { category: 'free_text', purpose, onErasure: 'delete_row' });

/** A secret that the platform must use again, so that a hash would not do. */
export const encryptedSecret = (name: string, purpose: string) =>
  described(
    credential(encrypted(name, 'person'), purpose),
    'Encrypted (AES-256-GCM) with the key that `key_id` names.',
  );

/** @param owner  whose key it is: a person’s is destroyed at their erasure, the tenant’s is not */
export const keyId = (owner: 'person' | 'tenant') => ({
  keyId: described(
    uuid('key_id'),
    owner === 'person'
      ? 'Id in governance.subject_keys; null where nothing here is encrypted.'
      : 'Id of the tenant’s key; null where nothing here is encrypted.',
  ),
});

export const clientTrace = (purpose: string) => ({
  ipAddress: pii(inet('ip_address'), { category: 'network', purpose, onErasure: 'delete_row' }),
  userAgent: pii(text('user_agent'), { category: 'network', purpose, onErasure: 'delete_row' }),
});

export const lastUsedAt = () => ({
  lastUsedAt: pii(instant('last_used_at'), {
    category: 'behaviour',
    purpose: 'finding what is no longer used',
    onErasure: 'delete_row',
  }),
});

/** SHA-256 as lower-case hexadecimal digits. */
export const sha256Form = (column: string) => `"${column}" ~ '^[0-9a-f]{64}$'`;

export const bothOrNeither = (one: string, other: string) => `("${one}" is null) = ("${other}" is null)`;

export const attributeMapping = () => ({
  attributeMapping: described(
    jsonb('attribute_mapping').$type<Record<string, string>>().notNull().default({}),
    'Which attribute or claim of theirs fills which of ours.',
  ),
});
