/** How a secret that must be read back is kept: encrypted, with the name of the key, never in the clear. */
import { text } from 'drizzle-orm/pg-core';
import { described, encrypted, pii } from '../../../kernel/db/index.ts';

export const secret = (purpose: string) => ({
  secretCiphertext: pii(encrypted('secret_ciphertext', 'tenant').notNull(), {
    category: 'credential',
    purpose,
    onErasure: 'delete_row',
  }),
  keyReference: described(
    text('key_reference').notNull(),
    'The tenant’s key that the secret is encrypted with (AES-256-GCM).',
  ),
});
