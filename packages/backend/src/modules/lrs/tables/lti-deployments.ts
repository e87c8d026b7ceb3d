/** Learning platforms that launch us as an LTI 1.3 tool; a launch is believed by issuer, client and deployment together. */
import { boolean, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit } from '../../../kernel/db/index.ts';

export function ltiTables({ tenantTable }: TableKit) {
  const ltiDeployments = tenantTable(
    'lti_deployments',
    'Deployments of the tenant’s courses in a learning platform, by LTI 1.3 Core and its Advantage services.',
    {
      name: text('name').notNull(),
      issuer: described(text('issuer').notNull(), 'The platform’s iss (LTI 1.3 Security Framework §5.1.2).'),
      clientId: described(text('client_id').notNull(), 'What the platform calls us; aud of its id tokens.'),
      deploymentId: described(
        text('deployment_id').notNull(),
        'The deployment_id claim (LTI 1.3 Core §5.3.3).',
      ),
      authenticationUrl: described(text('authentication_url').notNull(), 'OIDC authorisation endpoint.'),
      tokenUrl: described(text('token_url').notNull(), 'OAuth 2 token endpoint, for the services.'),
      jwksUrl: described(text('jwks_url').notNull(), 'The platform’s public keys (RFC 7517).'),
      signingCredentialId: described(
        uuid('signing_credential_id'),
        'Id in integration.credentials: the private key that we sign with.',
      ),
      deepLinking: described(boolean('deep_linking').notNull().default(false), 'LTI Deep Linking 2.0.'),
      namesAndRoles: described(
        boolean('names_and_roles').notNull().default(false),
        'Names and Role Provisioning Services 2.0.',
      ),
      gradeScopes: described(
        jsonb('grade_scopes').$type<readonly string[]>().notNull(),
        'Scopes of Assignment and Grade Services 2.0 that the platform granted.',
      ),
      state: text('state', { enum: ['pending', 'active', 'disabled'] })
        .notNull()
        .default('pending'),
      lastLaunchedAt: instant('last_launched_at'),
    },
    {
      recoverable: true,
      unique: [['issuer', 'clientId', 'deploymentId']],
      checks: {
        issuer_form: `"issuer" ~ '^https://'`,
        deployment_id_length: `char_length("deployment_id") between 1 and 255`,
        endpoints_are_https: `"authentication_url" ~ '^https://' and "token_url" ~ '^https://' and "jwks_url" ~ '^https://'`,
      },
    },
  );

  return { ltiDeployments };
}
