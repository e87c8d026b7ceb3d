/**
 * Sign-on through a tenant's own identity provider (SAML 2.0, OpenID Connect). Social sign-in of consumers is a
 * connection of the consumers' tenant.
 */
import { boolean, integer, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';
import { attributeMapping, bothOrNeither, keyId, lastUsedAt, sha256Form } from './shared-columns.ts';

export function federationTables(kit: TableKit, users: TableRef, roles: TableRef) {
  const connections = ssoTables(kit, roles);
  return {
    ...connections,
    ...ssoDetailTables(kit, connections.ssoConnections, roles),
    ...identityTables(kit, users, connections.ssoConnections),
  };
}

const samlColumns = () => ({
  ssoUrl: described(text('sso_url'), 'SAML: SingleSignOnService of the provider; OIDC discovers its own.'),
  sloUrl: described(text('slo_url'), 'SAML: SingleLogoutService of the provider.'),
  nameIdFormat: described(
    text('name_id_format'),
    'SAML: NameIDPolicy that is asked for (saml-core, section 8.3).',
  ),
  requestsSigned: described(boolean('requests_signed').notNull().default(true), 'SAML: AuthnRequestsSigned.'),
  assertionsEncrypted: described(
    boolean('assertions_encrypted').notNull().default(false),
    'SAML: an unencrypted assertion is refused. An unsigned one always is.',
  ),
  idpInitiated: described(
    boolean('idp_initiated').notNull().default(false),
    'SAML: whether a response that nobody asked for is accepted (saml-profiles, section 4.1.5).',
  ),
});

const oidcColumns = () => ({
  clientId: described(text('client_id'), 'OIDC: the platform’s client identifier at the provider.'),
  clientSecretCiphertext: described(
    pii(encrypted('client_secret_ciphertext', 'tenant'), {
      category: 'credential',
      purpose: 'redeeming a code at the provider',
      onErasure: 'null',
    }),
    'OIDC: encrypted with the key that `key_id` names; null with private_key_jwt.',
  ),
  ...keyId('tenant'),
  scopes: described(text('scopes').notNull().default('openid email profile'), 'OIDC: separated by spaces.'),
});

function ssoTables({ tenantTable, to }: TableKit, roles: TableRef) {
  const ssoConnections = tenantTable(
    'sso_connections',
    'Identity providers that a tenant’s people sign in with.',
    {
      name: text('name').notNull(),
      protocol: text('protocol', { enum: ['saml', 'oidc'] }).notNull(),
      status: text('status', { enum: ['draft', 'active', 'disabled'] })
        .notNull()
        .default('draft'),
      issuer: described(
        text('issuer').notNull(),
        'SAML: entityID of the provider (saml-core, section 8.3.6). OIDC: issuer identifier (Discovery 1.0, section 3).',
      ),
      ...samlColumns(),
      ...oidcColumns(),
      requestedContext: described(
        text('requested_context'),
        'How people are asked to sign in there. SAML: AuthnContextClassRef (saml-core, section 3.3.2.2.1). OIDC: acr_values.',
      ),
      ...attributeMapping(),
      createsUsers: described(
        boolean('creates_users').notNull().default(false),
        'Whether somebody unknown is made a user at the first sign-in.',
      ),
      defaultRoleId: described(uuid('default_role_id'), 'Role of a user who is made so.'),
      clockSkewSeconds: integer('clock_skew_seconds').notNull().default(60),
    },
    {
      subject: 'nobody',
      evolving: true,
      unique: [['name'], ['issuer', 'clientId']],
      references: [to(roles, 'defaultRoleId')],
      checks: {
        saml_has_its_url: `"protocol" <> 'saml' or "sso_url" is not null`,
        oidc_has_its_client: `("protocol" = 'oidc') = ("client_id" is not null)`,
        sso_url_form: `"sso_url" ~ '^https://'`,
        slo_url_form: `"slo_url" ~ '^https://'`,
        secret_has_key: bothOrNeither('client_secret_ciphertext', 'key_id'),
        clock_skew_range: `"clock_skew_seconds" between 0 and 300`,
      },
    },
  );
  return { ssoConnections };
}

function ssoDetailTables({ tenantTable, to }: TableKit, ssoConnections: TableRef, roles: TableRef) {
  const ssoCertificates = tenantTable(
    'sso_certificates',
    'Certificates that SAML messages are checked and encrypted with; several at once while one is replaced.',
    {
      ssoConnectionId: uuid('sso_connection_id').notNull(),
      purpose: text('purpose', { enum: ['idp_signing', 'sp_signing', 'sp_encryption'] }).notNull(),
      certificate: described(text('certificate').notNull(), 'X.509, PEM.'),
      certificateSha256: described(text('certificate_sha256').notNull(), 'SHA-256 of the DER form.'),
      privateKeyCiphertext: described(
        pii(encrypted('private_key_ciphertext', 'tenant'), {
          category: 'credential',
          purpose: 'signing requests and reading encrypted assertions',
          onErasure: 'null',
        }),
        'PKCS #8, encrypted with the key that `key_id` names; null for the provider’s certificates.',
      ),
      ...keyId('tenant'),
      notBefore: instant('not_before').notNull(),
      notAfter: instant('not_after').notNull(),
    },
    {
      subject: 'nobody',
      unique: [['ssoConnectionId', 'purpose', 'certificateSha256']],
      references: [to(ssoConnections, 'ssoConnectionId', 'cascade')],
      indexes: { 'certificates that expire soon': ['notAfter'] },
      checks: {
        certificate_sha256_form: sha256Form('certificate_sha256'),
        validity_order: `"not_after" > "not_before"`,
        own_has_private_key: `("purpose" = 'idp_signing') = ("private_key_ciphertext" is null)`,
        private_key_has_key: bothOrNeither('private_key_ciphertext', 'key_id'),
      },
    },
  );

  const ssoGroupRoles = tenantTable(
    'sso_group_roles',
    'Which role a group of the identity provider gives.',
    {
      ssoConnectionId: uuid('sso_connection_id').notNull(),
      groupName: described(text('group_name').notNull(), 'As the provider sends it.'),
      roleId: uuid('role_id').notNull(),
    },
    {
      unique: [['ssoConnectionId', 'groupName', 'roleId']],
      references: [to(ssoConnections, 'ssoConnectionId', 'cascade'), to(roles, 'roleId')],
    },
  );

  return { ssoCertificates, ssoGroupRoles };
}

function identityTables({ tenantTable, to }: TableKit, users: TableRef, ssoConnections: TableRef) {
  const identities = tenantTable(
    'identities',
    'Who a person is at an identity provider: what a sign-in there is recognised by.',
    {
      userId: uuid('user_id').notNull(),
      ssoConnectionId: uuid('sso_connection_id').notNull(),
      subject: described(
        pii(text('subject').notNull(), {
          category: 'identity',
          purpose: 'recognising a sign-in through the provider',
          onErasure: 'delete_row',
        }),
        'SAML: NameID. OIDC: sub, never reassigned (OpenID Connect Core, section 5.7).',
      ),
      email: described(
        pii(text('email'), {
          category: 'contact',
          purpose: 'noticing that the provider’s address changed',
          onErasure: 'delete_row',
        }),
        'As the provider last asserted it; never what a person is found by.',
      ),
      ...lastUsedAt(),
    },
    {
      unique: [['ssoConnectionId', 'subject']],
      references: [to(users, 'userId', 'cascade'), to(ssoConnections, 'ssoConnectionId')],
    },
  );
  return { identities };
}
