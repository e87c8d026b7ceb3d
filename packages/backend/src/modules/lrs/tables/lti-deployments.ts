/** Learning platforms that launch us as an LTI 1.3 tool; a launch is believed by issuer, client and deployment together. */
import { boolean, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

export function ltiTables(kit: TableKit) {
  const ltiDeployments = deploymentTable(kit);
  return { ltiDeployments, ltiResourceLinks: resourceLinkTable(kit, ltiDeployments) };
}

function deploymentTable({ tenantTable }: TableKit) {
  return tenantTable(
    'lti_deployments',
    'Deployments of the tenant’s courses in a learning platform, by LTI 1.3 Core and its Advantage services.',
    {
      name: text('name').notNull(),
      issuer: described(
        text('issuer').notNull(),
        'The platform’s iss (1EdTech Security Framework 1.0, §5.1.2).',
      ),
      clientId: described(text('client_id').notNull(), 'What the platform calls us; aud of its id tokens.'),
      deploymentId: described(
        text('deployment_id').notNull(),
        'The deployment_id claim (LTI 1.3 Core §5.3.3).',
      ),
      authenticationUrl: described(text('authentication_url').notNull(), 'OIDC authorisation endpoint.'),
      tokenUrl: described(text('token_url').notNull(), 'OAuth 2 token endpoint, for the services.'),
      assertionAudience: described(
        text('assertion_audience'),
        'aud of the assertions that we ask for tokens with, where it is not the token endpoint.',
      ),
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
}

function resourceLinkTable({ tenantTable, to }: TableKit, ltiDeployments: TableRef) {
  return tenantTable(
    'lti_resource_links',
    'Places in a learning platform’s courses that launch us, and where their scores and people are found.',
    {
      ltiDeploymentId: uuid('lti_deployment_id').notNull(),
      resourceLinkKey: described(
        text('resource_link_key').notNull(),
        'id of the resource_link claim, unique within the deployment (LTI 1.3 Core §5.3.5).',
      ),
      contextKey: described(text('context_key'), 'id of the context claim: the course it stands in.'),
      title: described(text('title'), 'As the platform calls it.'),
      moduleId: described(uuid('module_id'), 'Id in training.modules: what it launches; null until chosen.'),
      lineItemUrl: described(
        text('line_item_url'),
        'Where its scores go: the claim’s lineitem (Assignment and Grade Services 2.0).',
      ),
      lineItemsUrl: described(text('line_items_url'), 'Where the course’s line items are: lineitems.'),
      membershipsUrl: described(
        text('memberships_url'),
        'context_memberships_url of Names and Role Provisioning Services 2.0.',
      ),
      lastLaunchedAt: instant('last_launched_at'),
    },
    {
      unique: [['ltiDeploymentId', 'resourceLinkKey']],
      references: [to(ltiDeployments, 'ltiDeploymentId', 'cascade')],
      checks: {
        resource_link_key_length: `char_length("resource_link_key") between 1 and 255`,
        line_item_url_form: `"line_item_url" ~ '^https://'`,
        line_items_url_form: `"line_items_url" ~ '^https://'`,
        memberships_url_form: `"memberships_url" ~ '^https://'`,
      },
    },
  );
}
