/**
 * How people prove who they are, and the sessions that follow. Tokens and codes are kept as hashes; only what must be
 * computed with again, such as the secret of one-time passwords, is kept encrypted. All of it vanishes with the person.
 */
import { bigint, boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';
import {
  bothOrNeither,
  clientTrace,
  credential,
  encryptedSecret,
  keyId,
  labelOf,
  lastUsedAt,
  sha256Form,
} from './shared-columns.ts';

const ofPerson = () => ({ userId: uuid('user_id').notNull() });

export function signInTables(kit: TableKit, users: TableRef, identities: TableRef) {
  return {
    ...sessionTables(kit, users, identities),
    ...passwordTables(kit, users),
    ...factorTables(kit, users),
    ...tokenTables(kit, users),
  };
}

function sessionTables({ tenantTable, to }: TableKit, users: TableRef, identities: TableRef) {
  const sessions = tenantTable(
    'sessions',
    'Signed-in sessions of people. Only the hash of a token is kept.',
    {
      ...ofPerson(),
      tokenSha256: credential(text('token_sha256').notNull(), 'recognising a signed-in browser'),
      authenticationMethods: described(
        jsonb('authentication_methods').$type<string[]>().notNull().default([]),
        'How the person signed in, as values of amr (RFC 8176), such as pwd and otp.',
      ),
      assuranceLevel: described(
        integer('assurance_level').notNull().default(1),
        'Authenticator assurance level, 1 to 3 (NIST SP 800-63B-4, section 2).',
      ),
      authenticatedAt: described(
        instant('authenticated_at').notNull().defaultNow(),
        'When the person last proved who they are; a grave act asks for a recent time.',
      ),
      identityId: described(
        uuid('identity_id'),
        'Who signed in at an identity provider; null where the platform asked itself.',
      ),
      providerSession: described(
        credential(text('provider_session'), 'ending the session when the provider ends its own'),
        'SAML: SessionIndex (saml-core, section 2.7.2). OIDC: sid (Back-Channel Logout 1.0).',
      ),
      ...clientTrace('showing a person where they are signed in'),
      ...lastUsedAt(),
      idleExpiresAt: described(instant('idle_expires_at'), 'When it ends unless it is used before.'),
      expiresAt: described(instant('expires_at').notNull(), 'When it ends, however much it is used.'),
      revokedAt: instant('revoked_at'),
      revokedReason: text('revoked_reason', {
        enum: ['signed_out', 'administrator', 'password_changed', 'suspended', 'identity_provider', 'replay'],
      }),
    },
    {
      retention: 'operational',
      unique: [['tokenSha256']],
      references: [to(users, 'userId', 'cascade'), to(identities, 'identityId', 'cascade')],
      indexes: { 'sessions that have expired, to be removed': ['expiresAt'] },
      checks: {
        token_sha256_form: sha256Form('token_sha256'),
        assurance_level_range: `"assurance_level" between 1 and 3`,
        idle_before_end: `"idle_expires_at" <= "expires_at"`,
        provider_session_of_identity: `"provider_session" is null or "identity_id" is not null`,
        revoked_for_a_reason: bothOrNeither('revoked_at', 'revoked_reason'),
      },
    },
  );
  return { sessions };
}

function passwordTables({ tenantTable, appendOnlyTable, to }: TableKit, users: TableRef) {
  const passwordCredentials = tenantTable(
    'password_credentials',
    'The password of each person who signs in with one, and how often it was lately mistaken.',
    {
      ...ofPerson(),
      passwordHash: described(
        credential(text('password_hash').notNull(), 'checking a password'),
        'Salted hash in PHC string format, such as $argon2id$v=19$…',
      ),
      changedAt: instant('changed_at').notNull().defaultNow(),
      mustChange: boolean('must_change').notNull().default(false),
      compromisedAt: described(
        instant('compromised_at'),
        'When it was found in a list of breached passwords (NIST SP 800-63B-4, section 3.1.1.2).',
      ),
      failedAttempts: described(
        integer('failed_attempts').notNull().default(0),
        'Consecutive failures since the last success.',
      ),
      lockedUntil: instant('locked_until'),
    },
    {
      unique: [['userId']],
      references: [to(users, 'userId', 'cascade')],
      checks: { failed_attempts_not_negative: `"failed_attempts" >= 0` },
    },
  );

  const passwordHistory = appendOnlyTable(
    'password_history',
    'Passwords that a person had, so that one is not chosen again, and why each was set.',
    {
      ...ofPerson(),
      passwordHashCiphertext: described(
        pii(encrypted('password_hash_ciphertext', 'person').notNull(), {
          category: 'credential',
          purpose: 'refusing a password that was used before',
          onErasure: 'shred',
        }),
        'The PHC string, encrypted with the person’s key.',
      ),
      keyId: described(uuid('key_id').notNull(), 'Id in governance.subject_keys.'),
      reason: text('reason', { enum: ['first', 'changed', 'reset', 'expired', 'compromised'] }).notNull(),
    },
    {
      retention: 'tenant',
      references: [to(users, 'userId')],
      indexes: { 'a person’s past passwords, newest first': ['userId', 'createdAt desc'] },
    },
  );

  return { passwordCredentials, passwordHistory };
}

function factorTables({ tenantTable, to }: TableKit, users: TableRef) {
  const mfaFactors = tenantTable(
    'mfa_factors',
    'Second factors other than passkeys: one-time passwords, and codes sent to a telephone or mailbox.',
    {
      ...ofPerson(),
      kind: text('kind', { enum: ['totp', 'sms', 'email'] }).notNull(),
      status: text('status', { enum: ['pending', 'active', 'disabled'] })
        .notNull()
        .default('pending'),
      secretCiphertext: encryptedSecret('secret_ciphertext', 'computing one-time passwords (RFC 6238)'),
      ...keyId('person'),
      phoneNumber: described(
        pii(text('phone_number'), {
          category: 'contact',
          purpose: 'sending a sign-in code',
          onErasure: 'delete_row',
        }),
        'E.164, with its plus sign.',
      ),
      label: labelOf('label', 'telling one’s factors apart'),
      lastStep: described(
        bigint('last_step', { mode: 'number' }),
        'Last time step that was accepted, so that a code works once (RFC 6238, section 5.2).',
      ),
      confirmedAt: instant('confirmed_at'),
      ...lastUsedAt(),
    },
    {
      references: [to(users, 'userId', 'cascade')],
      checks: {
        secret_of_totp: `("kind" = 'totp') = ("secret_ciphertext" is not null)`,
        secret_has_key: bothOrNeither('secret_ciphertext', 'key_id'),
        number_of_sms: `("kind" = 'sms') = ("phone_number" is not null)`,
        phone_number_form: `"phone_number" ~ '^[+][1-9][0-9]{6,14}$'`,
        active_once_confirmed: `"status" <> 'active' or "confirmed_at" is not null`,
      },
    },
  );

  const recoveryCodes = tenantTable(
    'recovery_codes',
    'Codes that let a person in once when the other factors are lost.',
    {
      ...ofPerson(),
      codeHash: described(
        credential(text('code_hash').notNull(), 'letting in a person who lost their factors'),
        'Salted hash in PHC string format.',
      ),
      usedAt: instant('used_at'),
    },
    { references: [to(users, 'userId', 'cascade')] },
  );

  return { mfaFactors, recoveryCodes };
}

function tokenTables({ tenantTable, to }: TableKit, users: TableRef) {
  const oneTimeTokens = tenantTable(
    'one_time_tokens',
    'Links sent to a person that work once: to confirm an address, reset a password or sign in.',
    {
      ...ofPerson(),
      purpose: text('purpose', { enum: ['verify_email', 'reset_password', 'sign_in'] }).notNull(),
      tokenSha256: credential(text('token_sha256').notNull(), 'recognising the link'),
      email: described(
        pii(text('email').notNull(), {
          category: 'contact',
          purpose: 'tying the link to the address it went to',
          onErasure: 'delete_row',
        }),
        'A link is void once the person’s address is another.',
      ),
      expiresAt: instant('expires_at').notNull(),
      usedAt: instant('used_at'),
    },
    {
      retention: 'operational',
      unique: [['tokenSha256']],
      references: [to(users, 'userId', 'cascade')],
      indexes: { 'links that have expired, to be removed': ['expiresAt'] },
      checks: {
        token_sha256_form: sha256Form('token_sha256'),
        email_lower_case: `"email" = lower("email")`,
        used_in_time: `"used_at" <= "expires_at"`,
      },
    },
  );
  return { oneTimeTokens };
}
