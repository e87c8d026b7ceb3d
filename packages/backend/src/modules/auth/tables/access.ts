/**
 * What people may do: roles made of permissions (RBAC, INCITS 359), narrowed or widened by policies over attributes
 * (ABAC, NIST SP 800-162). A policy that denies wins over everything that permits.
 */
import { boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { credential, sha256Form } from './shared-columns.ts';

export function accessTables(kit: TableKit, users: TableRef, locales: TableRef) {
  const roles = roleTables(kit, users);
  return {
    ...roles,
    ...policyTables(kit, roles.permissions),
    ...invitationTables(kit, users, roles.roles, locales),
  };
}

function roleTables({ tenantTable, referenceTable, to }: TableKit, users: TableRef) {
  const permissions = referenceTable(
    'permissions',
    'Everything that can be allowed, as code asks for it.',
    {
      key: described(text('key').notNull(), 'module.resource.action, such as training.certificates.issue.'),
      module: described(text('module').notNull(), 'Module that asks for it.'),
      description: described(text('description').notNull(), 'What it allows, for the person who grants it.'),
      sensitive: described(
        boolean('sensitive').notNull().default(false),
        'Asks for a recent sign-in at assurance level 2 (NIST SP 800-63B-4).',
      ),
    },
    {
      key: ['key'],
      checks: { key_form: `"key" ~ '^[a-z_]+([.][a-z_]+){2}$' and "key" like "module" || '.%'` },
    },
  );

  const roles = tenantTable(
    'roles',
    'Named sets of permissions within a tenant; the five built-in ones come with every tenant.',
    {
      key: described(text('key').notNull(), 'Stable name that code and commands use.'),
      name: text('name').notNull(),
      description: text('description'),
      origin: text('origin', { enum: ['built_in', 'custom'] })
        .notNull()
        .default('custom'),
    },
    { unique: [['key']], checks: { key_form: `"key" ~ '^[a-z][a-z0-9_]{1,62}$'` } },
  );

  const rolePermissions = tenantTable(
    'role_permissions',
    'Which permission belongs to which role.',
    { roleId: uuid('role_id').notNull(), permissionKey: text('permission_key').notNull() },
    {
      unique: [['roleId', 'permissionKey']],
      references: [to(roles, 'roleId', 'cascade'), to(permissions, 'permissionKey')],
    },
  );

  const userRoles = tenantTable(
    'user_roles',
    'Which person holds which role.',
    {
      userId: uuid('user_id').notNull(),
      roleId: uuid('role_id').notNull(),
      source: described(
        text('source', { enum: ['direct', 'invitation', 'sso', 'scim'] })
          .notNull()
          .default('direct'),
        'What gave it; what an identity provider gave, it also takes away.',
      ),
      grantedByUserId: described(uuid('granted_by_user_id'), 'Null where a program granted it.'),
      expiresAt: described(instant('expires_at'), 'When it ends by itself; null for one without an end.'),
    },
    {
      unique: [['userId', 'roleId']],
      references: [to(users, 'userId', 'cascade'), to(roles, 'roleId'), to(users, 'grantedByUserId')],
    },
  );

  return { permissions, roles, rolePermissions, userRoles };
}

function policyTables({ tenantTable, to }: TableKit, permissions: TableRef) {
  const abacPolicies = tenantTable(
    'abac_policies',
    'Rules that permit or deny an act by attributes of the person, of what is acted on, and of the circumstances.',
    {
      name: text('name').notNull(),
      description: text('description'),
      effect: text('effect', { enum: ['permit', 'deny'] }).notNull(),
      permissionKey: described(text('permission_key'), 'The act that it is about; null for every act.'),
      condition: described(
        jsonb('condition').$type<Record<string, unknown>>().notNull(),
        'Expression over subject, resource and environment attributes; an empty one always holds.',
      ),
      priority: described(integer('priority').notNull().default(100), 'Order of evaluation, lowest first.'),
      status: text('status', { enum: ['draft', 'active', 'retired'] })
        .notNull()
        .default('draft'),
    },
    {
      evolving: true,
      unique: [['name']],
      references: [to(permissions, 'permissionKey')],
      checks: { condition_is_an_object: `jsonb_typeof("condition") = 'object'` },
    },
  );

  const abacPolicyBindings = tenantTable(
    'abac_policy_bindings',
    'Whom a policy is for. One without a binding has no effect.',
    {
      policyId: uuid('policy_id').notNull(),
      subjectKind: text('subject_kind', {
        enum: ['tenant', 'department', 'team', 'role', 'user', 'api_key', 'oauth_client'],
      }).notNull(),
      subjectId: described(
        uuid('subject_id').notNull(),
        'Id in the table of that kind: org.departments, org.teams or one of auth; for everybody the tenant’s own.',
      ),
      expiresAt: instant('expires_at'),
    },
    {
      unique: [['policyId', 'subjectKind', 'subjectId']],
      references: [to(abacPolicies, 'policyId', 'cascade')],
      indexes: { 'policies for one person, role, team or department': ['subjectKind', 'subjectId'] },
      checks: { everybody_is_the_tenant: `"subject_kind" <> 'tenant' or "subject_id" = "tenant_id"` },
    },
  );

  return { abacPolicies, abacPolicyBindings };
}

function invitationTables(
  { tenantTable, to }: TableKit,
  users: TableRef,
  roles: TableRef,
  locales: TableRef,
) {
  const invitations = tenantTable(
    'invitations',
    'People who were asked to join a tenant, and what became of it.',
    {
      email: pii(text('email').notNull(), {
        category: 'contact',
        purpose: 'sending the invitation',
        onErasure: 'replace',
      }),
      roleId: described(uuid('role_id').notNull(), 'Role that the person gets on joining.'),
      departmentId: described(uuid('department_id'), 'Id in org.departments that the person joins.'),
      teamId: described(uuid('team_id'), 'Id in org.teams that the person joins.'),
      localeTag: described(text('locale_tag'), 'Language of the invitation; null for the tenant’s own.'),
      message: pii(text('message'), {
        category: 'free_text',
        purpose: 'greeting in the words of who invites',
        onErasure: 'null',
        subject: 'invitedByUserId',
      }),
      tokenSha256: credential(text('token_sha256').notNull(), 'recognising the link that was sent'),
      status: text('status', { enum: ['pending', 'accepted', 'revoked', 'expired'] })
        .notNull()
        .default('pending'),
      invitedByUserId: described(uuid('invited_by_user_id'), 'Null where a program invited.'),
      acceptedByUserId: uuid('accepted_by_user_id'),
      expiresAt: instant('expires_at').notNull(),
      acceptedAt: instant('accepted_at'),
    },
    {
      subject: ['acceptedByUserId', { from: 'email', target: 'auth.users', key: 'email' }],
      unique: [['tokenSha256']],
      references: [
        to(roles, 'roleId'),
        to(locales, 'localeTag'),
        to(users, 'invitedByUserId'),
        to(users, 'acceptedByUserId', 'cascade'),
      ],
      indexes: { 'the invitations of an address': ['email'] },
      checks: {
        email_lower_case: `"email" = lower("email")`,
        token_sha256_form: sha256Form('token_sha256'),
        accepted_at_a_time: `("status" = 'accepted') = ("accepted_at" is not null)`,
        accepted_in_time: `"accepted_at" <= "expires_at"`,
      },
    },
  );
  return { invitations };
}
