/** The systems that a tenant has connected, and the secrets that they are reached with. */
import { jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';
import { secret } from './secrets.ts';

export function connectionTables(kit: TableKit) {
  const configurations = configurationTable(kit);
  return { configurations, credentials: credentialTable(kit, configurations) };
}

function configurationTable({ tenantTable, to }: TableKit) {
  return tenantTable(
    'configurations',
    'Connections of a tenant to its other systems, one row a connection.',
    {
      name: text('name').notNull(),
      kind: text('kind', {
        enum: ['hris', 'siem', 'soar', 'email_gateway', 'lms', 'chat', 'ticketing', 'storage'],
      }).notNull(),
      provider: described(text('provider').notNull(), 'Product at the other end, such as workday or splunk.'),
      baseUrl: text('base_url'),
      settings: described(
        jsonb('settings').$type<Record<string, unknown>>().notNull(),
        'What the provider’s adapter needs, without secrets.',
      ),
      status: text('status', { enum: ['draft', 'active', 'paused', 'failing'] })
        .notNull()
        .default('draft'),
      configuredById: described(uuid('configured_by_id'), 'The administrator who last changed it.'),
      lastSucceededAt: instant('last_succeeded_at'),
      lastFailedAt: instant('last_failed_at'),
      lastErrorCode: text('last_error_code'),
    },
    {
      evolving: true,
      recoverable: true,
      unique: [['name']],
      references: [to(authTargets.users, 'configuredById')],
      indexes: { 'connections of one kind that are in use': ['kind', 'status'] },
      checks: { base_url_https: `"base_url" ~ '^https://'` },
    },
  );
}

function credentialTable({ tenantTable, to }: TableKit, configurations: TableRef) {
  return tenantTable(
    'credentials',
    'Secrets that a connection authenticates with, encrypted; a rotated one stays until its overlap ends.',
    {
      configurationId: uuid('configuration_id').notNull(),
      kind: text('kind', {
        enum: ['api_key', 'oauth_client', 'oauth_refresh_token', 'basic', 'tls_client', 'hmac', 'ssh_key'],
      }).notNull(),
      ...secret('authenticating to the tenant’s system, at times with a person’s own grant'),
      fingerprint: described(
        text('fingerprint').notNull(),
        'First 16 hexadecimal digits of an HMAC-SHA-256 of the secret, by which people tell secrets apart.',
      ),
      scopes: described(
        text('scopes'),
        'What the secret is limited to, space-separated (RFC 6749, section 3.3).',
      ),
      validFrom: instant('valid_from').notNull(),
      expiresAt: instant('expires_at'),
      revokedAt: instant('revoked_at'),
      lastUsedAt: instant('last_used_at'),
    },
    {
      subject: 'nobody',
      unique: [['configurationId', 'fingerprint']],
      references: [to(configurations, 'configurationId', 'cascade')],
      indexes: { 'secrets that are about to expire': ['expiresAt'] },
      checks: {
        fingerprint_form: `"fingerprint" ~ '^[0-9a-f]{16}$'`,
        expires_after_start: `"expires_at" > "valid_from"`,
      },
    },
  );
}
