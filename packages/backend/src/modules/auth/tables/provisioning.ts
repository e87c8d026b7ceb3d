/** Provisioning by a tenant's directory (SCIM 2.0): the people and groups it keeps, and whom of ours it means. */
import { boolean, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { attributeMapping, credential, sha256Form } from './shared-columns.ts';

export function scimTables(kit: TableKit, users: TableRef, roles: TableRef, ssoConnections: TableRef) {
  const scimConnections = connectionTable(kit, ssoConnections);
  const scimUsers = userTable(kit, users, scimConnections);
  return { scimConnections, scimUsers, ...groupTables(kit, roles, scimConnections, scimUsers) };
}

function connectionTable({ tenantTable, to }: TableKit, ssoConnections: TableRef) {
  return tenantTable(
    'scim_connections',
    'Directories that keep a tenant’s people up to date (SCIM 2.0, RFC 7643 and 7644).',
    {
      name: text('name').notNull(),
      ssoConnectionId: described(uuid('sso_connection_id'), 'How the people it provisions sign in.'),
      status: text('status', { enum: ['active', 'paused', 'revoked'] })
        .notNull()
        .default('active'),
      tokenSha256: described(
        credential(text('token_sha256').notNull(), 'recognising the directory'),
        'SHA-256 of the bearer token (RFC 7644, section 2).',
      ),
      tokenExpiresAt: instant('token_expires_at'),
      onDeprovision: described(
        text('on_deprovision', { enum: ['suspend', 'delete'] })
          .notNull()
          .default('suspend'),
        'What happens to a person whom the directory deactivates or deletes.',
      ),
      ...attributeMapping(),
      lastSyncedAt: instant('last_synced_at'),
    },
    {
      subject: 'nobody',
      evolving: true,
      unique: [['name'], ['tokenSha256']],
      references: [to(ssoConnections, 'ssoConnectionId')],
      checks: { token_sha256_form: sha256Form('token_sha256') },
    },
  );
}

function userTable({ tenantTable, to }: TableKit, users: TableRef, scimConnections: TableRef) {
  return tenantTable(
    'scim_users',
    'Which person a directory means by which of its records.',
    {
      scimConnectionId: uuid('scim_connection_id').notNull(),
      userId: uuid('user_id').notNull(),
      externalId: described(
        pii(text('external_id'), {
          category: 'identity',
          purpose: 'matching the directory’s records',
          onErasure: 'delete_row',
        }),
        'The directory’s own identifier (RFC 7643, section 3.1).',
      ),
      userName: described(
        pii(text('user_name').notNull(), {
          category: 'identity',
          purpose: 'matching the directory’s records',
          onErasure: 'delete_row',
        }),
        'userName, unique at the directory without regard to case (RFC 7643, section 4.1.1).',
      ),
      active: boolean('active').notNull().default(true),
      lastSyncedAt: instant('last_synced_at').notNull().defaultNow(),
    },
    {
      unique: [
        ['scimConnectionId', 'userName'],
        ['scimConnectionId', 'externalId'],
        ['scimConnectionId', 'userId'],
      ],
      references: [to(scimConnections, 'scimConnectionId'), to(users, 'userId', 'cascade')],
      checks: { user_name_lower_case: `"user_name" = lower("user_name")` },
    },
  );
}

function groupTables(
  { tenantTable, to }: TableKit,
  roles: TableRef,
  scimConnections: TableRef,
  scimUsers: TableRef,
) {
  const scimGroups = tenantTable(
    'scim_groups',
    'Groups that a directory keeps (RFC 7643, section 4.2), and the role that their members are given.',
    {
      scimConnectionId: uuid('scim_connection_id').notNull(),
      externalId: described(text('external_id'), 'The directory’s own identifier (RFC 7643, section 3.1).'),
      name: described(text('name').notNull(), 'displayName; two groups may have the same.'),
      roleId: described(uuid('role_id'), 'Null where the group gives none.'),
      lastSyncedAt: instant('last_synced_at').notNull().defaultNow(),
    },
    {
      unique: [['scimConnectionId', 'externalId']],
      references: [to(scimConnections, 'scimConnectionId', 'cascade'), to(roles, 'roleId')],
    },
  );

  const scimGroupMembers = tenantTable(
    'scim_group_members',
    'Who is in a group of a directory.',
    { scimGroupId: uuid('scim_group_id').notNull(), scimUserId: uuid('scim_user_id').notNull() },
    {
      subject: 'scimUserId',
      unique: [['scimGroupId', 'scimUserId']],
      references: [to(scimGroups, 'scimGroupId', 'cascade'), to(scimUsers, 'scimUserId', 'cascade')],
    },
  );

  return { scimGroups, scimGroupMembers };
}
