/**
 * The keys that entries into tenants are signed with, at each instance its own. Nothing but the database's function that
 * verifies an entry reads them: whoever does could enter any tenant.
 */
import { text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit } from '../../../kernel/db/index.ts';

export function contextKeyTables({ controlTable }: TableKit) {
  const contextKeys = controlTable(
    'context_keys',
    'Keys that programs sign their entries into tenants with; the newest that is not retired signs.',
    {
      id: described(uuid('id').notNull(), 'The same at every instance that one rotation has reached.'),
      salt: described(
        text('salt').notNull(),
        'What the key is derived with, from the password of the application’s role; in hex.',
      ),
      innerPad: described(
        text('inner_pad').notNull(),
        'The key, as HMAC’s inner hash begins with it (RFC 2104); in hex.',
      ),
      outerPad: described(text('outer_pad').notNull(), 'The same for its outer hash.'),
      retiredAt: described(
        instant('retired_at'),
        'From when on entries that it signed are refused; null while it signs.',
      ),
      spreadAt: described(
        instant('spread_at'),
        'At the control database: when every instance had it; null while a rotation is under way.',
      ),
    },
    {
      key: ['id'],
      checks: {
        salt_in_hex: `"salt" ~ '^[0-9a-f]{64}$'`,
        pads_in_hex: `"inner_pad" ~ '^[0-9a-f]{128}$' and "outer_pad" ~ '^[0-9a-f]{128}$'`,
      },
    },
  );
  return { contextKeys };
}
