/** How programs sign in: with a key that a person made, or as an OAuth client on a person's behalf or their own. */
import { boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { clientTrace, credential, labelOf, lastUsedAt, sha256Form } from './shared-columns.ts';

export function programTables(kit: TableKit, users: TableRef) {
  const clients = clientTables(kit, users);
  return {
    ...apiKeyTables(kit, users),
    ...clients,
    ...grantTables(kit, users, clients.oauthClients),
  };
}

const scopes = (note: string) => ({
  scopes: described(jsonb('scopes').$type<string[]>().notNull(), note),
});

function apiKeyTables({ tenantTable, to }: TableKit, users: TableRef) {
  const apiKeys = tenantTable(
    'api_keys',
    'Keys that programs of a tenant sign in with. Only the hash of a key is kept.',
    {
      userId: described(uuid('user_id').notNull(), 'The person who made the key and answers for it.'),
      name: labelOf('name', 'telling keys apart').notNull(),
      keyPrefix: described(
        credential(text('key_prefix').notNull(), 'telling keys apart'),
        'First characters of the key, for people to recognise it by.',
      ),
      keySha256: credential(text('key_sha256').notNull(), 'recognising a program'),
      ...scopes('Permissions that the key is limited to.'),
      ...lastUsedAt(),
      expiresAt: instant('expires_at'),
      revokedAt: instant('revoked_at'),
    },
    {
      unique: [['keySha256']],
      references: [to(users, 'userId', 'cascade')],
      checks: {
        key_sha256_form: sha256Form('key_sha256'),
        key_prefix_length: `length("key_prefix") <= 16`,
        scopes_are_a_list: `jsonb_typeof("scopes") = 'array'`,
      },
    },
  );
  return { apiKeys };
}

function clientTables({ tenantTable, to }: TableKit, users: TableRef) {
  const oauthClients = tenantTable(
    'oauth_clients',
    'Applications that may ask for access tokens (OAuth 2.0, RFC 6749), by their metadata (RFC 7591, section 2).',
    {
      clientId: described(text('client_id').notNull(), 'Public identifier, never reused.'),
      name: text('name').notNull(),
      ownerUserId: described(uuid('owner_user_id'), 'The person who answers for it; null once nobody does.'),
      confidentiality: described(
        text('confidentiality', { enum: ['confidential', 'public'] }).notNull(),
        'Whether it can keep a secret (RFC 6749, section 2.1).',
      ),
      endpointAuthMethod: described(
        text('endpoint_auth_method', {
          enum: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
        }).notNull(),
        'token_endpoint_auth_method (RFC 7591, section 2).',
      ),
      clientSecretSha256: pii(text('client_secret_sha256'), {
        category: 'credential',
        purpose: 'recognising the application',
        onErasure: 'replace',
      }),
      secretExpiresAt: instant('secret_expires_at'),
      jwksUri: described(text('jwks_uri'), 'Where its public keys are, with private_key_jwt.'),
      grantTypes: described(
        jsonb('grant_types').$type<string[]>().notNull(),
        'authorization_code, refresh_token or client_credentials; the implicit and password grants are gone (RFC 9700).',
      ),
      ...scopes('Permissions that it may ask for at most.'),
      accessTokenSeconds: integer('access_token_seconds').notNull().default(600),
      refreshTokenSeconds: integer('refresh_token_seconds').notNull().default(1_209_600),
      consentRequired: boolean('consent_required').notNull().default(true),
      status: text('status', { enum: ['active', 'suspended', 'retired'] })
        .notNull()
        .default('active'),
    },
    {
      subject: 'ownerUserId',
      unique: [['clientId']],
      references: [to(users, 'ownerUserId')],
      checks: {
        public_has_no_authentication: `("confidentiality" = 'public') = ("endpoint_auth_method" = 'none')`,
        secret_where_used: `("endpoint_auth_method" in ('client_secret_basic', 'client_secret_post')) = ("client_secret_sha256" is not null)`,
        secret_form: sha256Form('client_secret_sha256'),
        keys_where_used: `("endpoint_auth_method" = 'private_key_jwt') = ("jwks_uri" is not null)`,
        jwks_uri_form: `"jwks_uri" ~ '^https://'`,
        lifetimes_positive: `"access_token_seconds" > 0 and "refresh_token_seconds" > 0`,
      },
    },
  );

  const oauthRedirectUris = tenantTable(
    'oauth_redirect_uris',
    'Where an application’s users may be sent back to; compared character by character (RFC 9700, section 2.1).',
    { oauthClientId: uuid('oauth_client_id').notNull(), uri: text('uri').notNull() },
    {
      unique: [['oauthClientId', 'uri']],
      references: [to(oauthClients, 'oauthClientId', 'cascade')],
      checks: {
        uri_form: `"uri" ~ '^(https://|http://(127[.]0[.]0[.]1|\\[::1\\])[:/]|[a-z][a-z0-9+-]*[.][a-z0-9.+-]+:/)' and "uri" !~ '[#*]'`,
      },
    },
  );

  return { oauthClients, oauthRedirectUris };
}

function grantTables({ tenantTable, to }: TableKit, users: TableRef, oauthClients: TableRef) {
  const oauthGrants = tenantTable(
    'oauth_grants',
    'What a person let an application do on their behalf.',
    {
      userId: uuid('user_id').notNull(),
      oauthClientId: uuid('oauth_client_id').notNull(),
      ...scopes('Permissions that the person agreed to.'),
      grantedAt: instant('granted_at').notNull().defaultNow(),
      revokedAt: instant('revoked_at'),
    },
    {
      unique: [['userId', 'oauthClientId']],
      references: [to(users, 'userId', 'cascade'), to(oauthClients, 'oauthClientId', 'cascade')],
      checks: { revoked_after_granted: `"revoked_at" >= "granted_at"` },
    },
  );

  const oauthRefreshTokens = tenantTable(
    'oauth_refresh_tokens',
    'Refresh tokens, each used once; a second use revokes its whole family (RFC 9700, section 4.14.2).',
    {
      oauthGrantId: uuid('oauth_grant_id').notNull(),
      familyId: described(uuid('family_id').notNull(), 'Common to all tokens that descend from one sign-in.'),
      tokenSha256: credential(text('token_sha256').notNull(), 'recognising the application’s session'),
      ...clientTrace('noticing a stolen token'),
      expiresAt: instant('expires_at').notNull(),
      usedAt: described(instant('used_at'), 'When it was exchanged for the next one.'),
      revokedAt: instant('revoked_at'),
    },
    {
      subject: 'oauthGrantId',
      retention: 'operational',
      unique: [['tokenSha256']],
      references: [to(oauthGrants, 'oauthGrantId', 'cascade')],
      indexes: {
        'the family of a token that was used twice': ['familyId'],
        'tokens that have expired, to be removed': ['expiresAt'],
      },
      checks: { token_sha256_form: sha256Form('token_sha256') },
    },
  );

  return { oauthGrants, oauthRefreshTokens };
}
