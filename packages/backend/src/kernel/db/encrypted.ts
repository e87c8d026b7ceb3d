/**
 * Columns whose values only a key can read. Their type in TypeScript is `Ciphertext`, which nothing but kernel/privacy
 * makes, so that the compiler refuses a plain text; and a CHECK on their form, so that the database does too.
 */
import { type PgColumnBuilderBase, text } from 'drizzle-orm/pg-core';

declare const brand: unique symbol;

/** `dmz:<version>:<owner>:<id of the key>:<nonce, ciphertext and tag, base64url>`; of a master key, what its keeper made. */
export type Ciphertext = string & { readonly [brand]: 'Ciphertext' };

/** Whose key it is: a person's is destroyed at their erasure, a tenant's is not, and a master key wraps those of tenants. */
export type KeyOwner = 'person' | 'tenant' | 'master';

/** Base64url of what is longer than any nonce; a text that somebody wrote by mistake has spaces, or no such beginning. */
const BODY = '[A-Za-z0-9_-]+';
/** A UUID, or the id of a master key as `encodeURIComponent` writes it. */
const KEY_ID: Readonly<Record<KeyOwner, string>> = {
  person: '[0-9a-f-]{36}',
  tenant: '[0-9a-f-]{36}',
  master: '[A-Za-z0-9%._~-]+',
};

const ownersOfBuilder = new WeakMap<PgColumnBuilderBase, readonly KeyOwner[]>();

/** A column of text that is encrypted with a key of one of its owners. Say with `pii` what it holds. */
export function encrypted<Name extends string>(name: Name, ...owners: readonly [KeyOwner, ...KeyOwner[]]) {
  const column = text(name).$type<Ciphertext>();
  ownersOfBuilder.set(column, owners);
  return column;
}

export const ownersOf = (column: PgColumnBuilderBase): readonly KeyOwner[] | undefined =>
  ownersOfBuilder.get(column);

/** What the database holds the values to, in SQL. */
export function ciphertextForm(column: string, owners: readonly KeyOwner[]): string {
  const forms = owners.map((owner) => `${owner}:${KEY_ID[owner]}`);
  const [only] = forms;
  const middle = forms.length === 1 ? only : `(${forms.join('|')})`;
  return `"${column}" ~ '^dmz:[1-9][0-9]*:${middle}:${BODY}$'`;
}
