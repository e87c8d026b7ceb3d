/** People, what they may do, and how they prove who they are to the platform. */
import { jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { defineModule, described, instant, pii } from '../../kernel/db/index.ts';
import { publicTables } from '../public/schema.ts';

const keyOfPerson = {
  category: 'credential',
  purpose: 'recognising a program that signs in',
  onErasure: 'delete_row',
} as const;

export const authTables = defineModule('auth', ({ tenantTable, to }) => {
  const users = tenantTable(
    'users',
    'The people of a tenant: players, trainers and administrators.',
    {
      email: pii(text('email').notNull(), {
        category: 'contact',
        purpose: 'signing in and being invited',
        onErasure: 'replace',
      }),
      displayName: pii(text('display_name').notNull(), {
        category: 'identity',
        purpose: 'shown to the person and to colleagues',
        onErasure: 'replace',
      }),
      localeTag: text('locale_tag').notNull().default('en'),
      status: text('status', { enum: ['invited', 'active', 'suspended', 'erased'] })
        .notNull()
        .default('active'),
    },
    {
      recoverable: true,
      unique: [['email']],
      references: [to(publicTables.locales, 'localeTag')],
      checks: { email_lower_case: `"email" = lower("email")` },
    },
  );

  const roles = tenantTable(
    'roles',
    'Named sets of permissions within a tenant; the five built-in ones come with every tenant.',
    {
      key: described(text('key').notNull(), 'Stable name that code and commands use.'),
      name: text('name').notNull(),
      origin: text('origin', { enum: ['built_in', 'custom'] })
        .notNull()
        .default('custom'),
    },
    { unique: [['key']] },
  );

  const userRoles = tenantTable(
    'user_roles',
    'Which person holds which role.',
    { userId: uuid('user_id').notNull(), roleId: uuid('role_id').notNull() },
    { unique: [['userId', 'roleId']], references: [to(users, 'userId', 'cascade'), to(roles, 'roleId')] },
  );

  const sessions = tenantTable(
    'sessions',
    'Signed-in sessions of people. Only the hash of a token is kept.',
    {
      userId: uuid('user_id').notNull(),
      tokenSha256: pii(text('token_sha256').notNull(), {
        category: 'credential',
        purpose: 'recognising a signed-in browser',
        onErasure: 'delete_row',
      }),
      expiresAt: instant('expires_at').notNull(),
      revokedAt: instant('revoked_at'),
    },
    {
      unique: [['tokenSha256']],
      references: [to(users, 'userId', 'cascade')],
      indexes: { 'sessions that have expired, to be removed': ['expiresAt'] },
    },
  );

  const apiKeys = tenantTable(
    'api_keys',
    'Keys that programs of a tenant sign in with. Only the hash of a key is kept.',
    {
      userId: described(uuid('user_id').notNull(), 'The person who made the key and answers for it.'),
      name: text('name').notNull(),
      keyPrefix: described(
        pii(text('key_prefix').notNull(), keyOfPerson),
        'First characters of the key, for people to recognise it by.',
      ),
      keySha256: pii(text('key_sha256').notNull(), keyOfPerson),
      scopes: described(
        jsonb('scopes').$type<string[]>().notNull(),
        'Permissions that the key is limited to.',
      ),
      expiresAt: instant('expires_at'),
      revokedAt: instant('revoked_at'),
    },
    { unique: [['keySha256']], references: [to(users, 'userId', 'cascade')] },
  );

  return { users, roles, userRoles, sessions, apiKeys };
});

export const { schema, users, roles, userRoles, sessions, apiKeys } = authTables.canonical;
