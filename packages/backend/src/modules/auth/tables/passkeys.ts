/** Passkeys and security keys. Nothing here is secret: a key that was stolen from here signs nobody in. */
import { bigint, boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { credential, labelOf, lastUsedAt } from './shared-columns.ts';

/** What the authenticator said of itself when it was registered. */
const attestation = () => ({
  attestationFormat: described(text('attestation_format').notNull().default('none'), 'Section 8.'),
  attestationObject: described(
    credential(text('attestation_object'), 'checking later what kind of authenticator was registered'),
    'Attestation object of the registration, base64url; null where none was asked for (section 6.5).',
  ),
  attestationClientData: described(
    credential(text('attestation_client_data'), 'checking later what kind of authenticator was registered'),
    'clientDataJSON that the attestation was made over, base64url.',
  ),
});

export function webauthnTables({ tenantTable, to }: TableKit, users: TableRef) {
  const webauthnCredentials = tenantTable(
    'webauthn_credentials',
    'Passkeys and security keys that people registered (WebAuthn Level 2, section 7.1; what Level 3 added is marked).',
    {
      userId: uuid('user_id').notNull(),
      credentialId: described(
        credential(text('credential_id').notNull(), 'finding the key that answered'),
        'Base64url without padding; at most 1023 bytes (Level 3, section 4, Credential ID).',
      ),
      userHandle: described(
        credential(text('user_handle').notNull(), 'finding the person of a passkey'),
        'Random, at most 64 bytes, base64url; tells nothing of the person (section 14.6.1).',
      ),
      publicKey: described(
        credential(text('public_key').notNull(), 'checking an assertion'),
        'COSE_Key (RFC 9052, section 7), base64url.',
      ),
      algorithm: described(
        integer('algorithm').notNull(),
        'COSE algorithm, such as -7 for ES256 (RFC 9053).',
      ),
      signCount: described(
        bigint('sign_count', { mode: 'number' }).notNull().default(0),
        'Last signature counter; one that does not grow hints at a cloned key (section 6.1.1).',
      ),
      aaguid: described(uuid('aaguid'), 'Model of the authenticator; null where it was not told.'),
      rpId: described(text('rp_id').notNull(), 'Relying party ID that the key is bound to.'),
      transports: described(
        jsonb('transports').$type<string[]>().notNull().default([]),
        'How the authenticator is reached: usb, nfc, ble, internal (section 5.8.4); smart-card, hybrid (Level 3).',
      ),
      ...attestation(),
      discoverable: described(boolean('discoverable').notNull(), 'Signs in without a name typed first.'),
      userVerified: described(
        boolean('user_verified').notNull(),
        'Asks for a gesture or code of the person.',
      ),
      backupEligible: described(
        boolean('backup_eligible').notNull().default(false),
        'Whether the key can be synchronised to other devices; never changes (Level 3, section 6.1.3).',
      ),
      backedUp: described(
        boolean('backed_up').notNull().default(false),
        'Whether it is, as of the last sign-in (Level 3, section 6.1.3).',
      ),
      label: labelOf('label', 'telling one’s keys apart'),
      ...lastUsedAt(),
      revokedAt: instant('revoked_at'),
    },
    {
      unique: [['credentialId']],
      references: [to(users, 'userId', 'cascade')],
      indexes: { 'the person of a passkey': ['userHandle'] },
      checks: {
        credential_id_form: `"credential_id" ~ '^[A-Za-z0-9_-]+$' and length("credential_id") <= 1364`,
        user_handle_form: `"user_handle" ~ '^[A-Za-z0-9_-]{1,86}$'`,
        sign_count_range: `"sign_count" between 0 and 4294967295`,
        backed_up_if_eligible: `"backup_eligible" or not "backed_up"`,
      },
    },
  );
  return { webauthnCredentials };
}
