/**
 * People, what they may do, and how they prove who they are to the platform. Whatever proves it is kept as a hash, or
 * encrypted where it must be read again, and goes with the person.
 */
import { jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { defineModule, described, instant, pii, type Targets } from '../../kernel/db/index.ts';
import { publicTargets } from '../public/schema.ts';
import { accessTables } from './tables/access.ts';
import { federationTables } from './tables/federation.ts';
import { webauthnTables } from './tables/passkeys.ts';
import { programTables } from './tables/programs.ts';
import { scimTables } from './tables/provisioning.ts';
import { signInTables } from './tables/sign-in.ts';

const partOfName = (name: string) =>
  pii(text(name), { category: 'identity', purpose: 'addressing the person', onErasure: 'delete_row' });

export const authTables = defineModule('auth', (kit) => {
  const { tenantTable, to } = kit;

  const users = tenantTable(
    'users',
    'The people of a tenant: players, trainers and administrators.',
    {
      email: pii(text('email').notNull(), {
        category: 'contact',
        purpose: 'signing in and being invited',
        onErasure: 'replace',
      }),
      emailVerifiedAt: instant('email_verified_at'),
      displayName: pii(text('display_name').notNull(), {
        category: 'identity',
        purpose: 'shown to the person and to colleagues',
        onErasure: 'replace',
      }),
      localeTag: text('locale_tag').notNull().default('en'),
      timeZone: described(
        text('time_zone'),
        'IANA time zone, such as Europe/Berlin; null for the tenant’s own.',
      ),
      status: text('status', { enum: ['invited', 'active', 'suspended', 'erased'] })
        .notNull()
        .default('active'),
      lastSignedInAt: pii(instant('last_signed_in_at'), {
        category: 'behaviour',
        purpose: 'finding accounts that nobody uses',
        onErasure: 'null',
      }),
      erasedAt: described(
        instant('erased_at'),
        'When the person was forgotten; the row stays for what refers to it.',
      ),
    },
    {
      subject: 'itself',
      recoverable: true,
      unique: [['email']],
      references: [to(publicTargets.locales, 'localeTag')],
      indexes: { 'people of a tenant by their standing': ['status'] },
      checks: {
        email_lower_case: `"email" = lower("email")`,
        time_zone_form: `"time_zone" ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$'`,
        erased_at_a_time: `("status" = 'erased') = ("erased_at" is not null)`,
      },
    },
  );

  const userProfiles = tenantTable(
    'user_profiles',
    'What a person or their directory tells of them beyond the name shown (RFC 7643, section 4.1).',
    {
      userId: uuid('user_id').notNull(),
      handle: described(
        pii(text('handle'), {
          category: 'identity',
          purpose: 'shown to other players instead of the name',
          onErasure: 'delete_row',
        }),
        'Name in play, lower case; null until one is chosen.',
      ),
      givenName: partOfName('given_name'),
      middleName: partOfName('middle_name'),
      familyName: partOfName('family_name'),
      honorificPrefix: partOfName('honorific_prefix'),
      honorificSuffix: partOfName('honorific_suffix'),
      phoneNumber: described(
        pii(text('phone_number'), {
          category: 'contact',
          purpose: 'reaching the person, and simulated calls',
          onErasure: 'delete_row',
        }),
        'E.164, with its plus sign.',
      ),
      avatarObjectId: described(uuid('avatar_object_id'), 'Id in files.objects.'),
      accessibility: described(
        pii(jsonb('accessibility').$type<Record<string, unknown>>().notNull().default({}), {
          category: 'behaviour',
          purpose: 'showing everything the way the person can use it',
          onErasure: 'delete_row',
        }),
        'Choices such as reduced motion, contrast and text size; they can tell of health (GDPR Art. 9).',
      ),
    },
    {
      evolving: true,
      unique: [['userId'], ['handle']],
      references: [to(users, 'userId', 'cascade')],
      checks: {
        handle_form: `"handle" ~ '^[a-z0-9][a-z0-9_-]{2,23}$'`,
        phone_number_form: `"phone_number" ~ '^[+][1-9][0-9]{6,14}$'`,
      },
    },
  );

  const access = accessTables(kit, users, publicTargets.locales);
  const federation = federationTables(kit, users, access.roles);
  return {
    users,
    userProfiles,
    ...access,
    ...signInTables(kit, users, federation.identities),
    ...webauthnTables(kit, users),
    ...federation,
    ...scimTables(kit, users, access.roles, federation.ssoConnections),
    ...programTables(kit, users),
  };
});

/** What other modules' foreign keys may point at. Its type says no more, so that theirs need not wait for it. */
export const authTargets: Targets<'users'> = authTables;

export const {
  schema,
  users,
  userProfiles,
  roles,
  permissions,
  rolePermissions,
  userRoles,
  abacPolicies,
  abacPolicyBindings,
  invitations,
  sessions,
  passwordCredentials,
  passwordHistory,
  webauthnCredentials,
  mfaFactors,
  recoveryCodes,
  oneTimeTokens,
  ssoConnections,
  ssoCertificates,
  ssoGroupRoles,
  identities,
  scimConnections,
  scimUsers,
  scimGroups,
  scimGroupMembers,
  apiKeys,
  oauthClients,
  oauthRedirectUris,
  oauthGrants,
  oauthRefreshTokens,
} = authTables.canonical;
