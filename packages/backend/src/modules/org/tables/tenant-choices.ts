/** What a tenant decided for all of its people: settings, looks and security, one row a tenant each. */
import { boolean, cidr, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

interface Chosen {
  readonly locales: TableRef;
  readonly currencies: TableRef;
  readonly countries: TableRef;
  readonly industries: TableRef;
  readonly objects: TableRef;
}

/** A key of `tenant_id` alone. */
const onePerTenant: [[]] = [[]];

export function tenantChoiceTables(kit: TableKit, chosen: Chosen) {
  const security = securityTables(kit);
  return {
    ...settingTables(kit, chosen),
    ...brandingTables(kit, chosen),
    ...security,
    ...networkTables(kit, security.tenantSecurityProfiles),
  };
}

function settingTables({ tenantTable, to }: TableKit, chosen: Chosen) {
  const tenantSettings = tenantTable(
    'tenant_settings',
    'What holds for a tenant’s people unless they choose for themselves, and what is switched on for them.',
    {
      localeTag: text('locale_tag').notNull().default('en'),
      timeZone: described(text('time_zone').notNull().default('Etc/UTC'), 'IANA time zone.'),
      currencyCode: text('currency_code').notNull().default('EUR'),
      countryCode: described(text('country_code'), 'Seat of the company.'),
      industryCode: described(text('industry_code'), 'What benchmarks compare it by.'),
      weekStartsOn: described(
        integer('week_starts_on').notNull().default(1),
        'ISO 8601: 1 Monday to 7 Sunday.',
      ),
      fiscalYearStartMonth: integer('fiscal_year_start_month').notNull().default(1),
      workingDays: described(
        integer('working_days').array().notNull().default([1, 2, 3, 4, 5]),
        'Days of the week on which people may be sent training and simulations, 1 Monday to 7 Sunday.',
      ),
      features: described(
        jsonb('features').$type<Record<string, boolean>>().notNull().default({}),
        'Switches of features by name; what a plan does not entitle to stays off.',
      ),
      options: described(
        jsonb('options').$type<Record<string, unknown>>().notNull().default({}),
        'Settings of modules, by the module’s name.',
      ),
    },
    {
      evolving: true,
      privileges: ['select', 'insert', 'update'],
      unique: onePerTenant,
      references: [
        to(chosen.locales, 'localeTag'),
        to(chosen.currencies, 'currencyCode'),
        to(chosen.countries, 'countryCode'),
        to(chosen.industries, 'industryCode'),
      ],
      checks: {
        time_zone_form: `"time_zone" ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$'`,
        week_starts_on_range: `"week_starts_on" between 1 and 7`,
        fiscal_year_start_month_range: `"fiscal_year_start_month" between 1 and 12`,
        working_days_of_a_week: `"working_days" <@ '{1,2,3,4,5,6,7}'::integer[]`,
      },
    },
  );
  return { tenantSettings };
}

function brandingTables({ tenantTable, to }: TableKit, { objects }: Chosen) {
  const contact = (name: string) =>
    pii(text(name), { category: 'contact', purpose: 'telling people whom to ask', onErasure: 'null' });

  const tenantBranding = tenantTable(
    'tenant_branding',
    'How the platform looks and calls itself for a tenant’s people.',
    {
      productName: described(
        text('product_name'),
        'What the platform is called there; null for its own name.',
      ),
      logoObjectId: described(uuid('logo_object_id'), 'On a light ground.'),
      darkLogoObjectId: described(uuid('dark_logo_object_id'), 'On a dark ground.'),
      iconObjectId: uuid('icon_object_id'),
      primaryColor: described(text('primary_color'), 'sRGB as #rrggbb, lower case.'),
      accentColor: described(text('accent_color'), 'sRGB as #rrggbb, lower case.'),
      senderName: described(contact('sender_name'), 'Display name of the platform’s own e-mails.'),
      supportEmail: contact('support_email'),
      supportUrl: text('support_url'),
      theme: described(
        jsonb('theme').$type<Record<string, unknown>>().notNull().default({}),
        'Design tokens beyond the columns, checked for contrast (WCAG 2.2, 1.4.3) before they are stored.',
      ),
    },
    {
      subject: 'nobody',
      evolving: true,
      unique: onePerTenant,
      references: [to(objects, 'logoObjectId'), to(objects, 'darkLogoObjectId'), to(objects, 'iconObjectId')],
      checks: {
        primary_color_form: `"primary_color" ~ '^#[0-9a-f]{6}$'`,
        accent_color_form: `"accent_color" ~ '^#[0-9a-f]{6}$'`,
        support_url_form: `"support_url" ~ '^https://'`,
      },
    },
  );
  return { tenantBranding };
}

function securityTables({ tenantTable }: TableKit) {
  const tenantSecurityProfiles = tenantTable(
    'tenant_security_profiles',
    'How strictly a tenant’s people sign in (NIST SP 800-63B-4), and for how long.',
    {
      ssoRequired: described(
        boolean('sso_required').notNull().default(false),
        'Whether a password is refused to those who have an identity provider.',
      ),
      mfaRequirement: text('mfa_requirement', { enum: ['optional', 'administrators', 'everybody'] })
        .notNull()
        .default('administrators'),
      phishingResistantOnly: described(
        boolean('phishing_resistant_only').notNull().default(false),
        'Whether only passkeys count as a second factor.',
      ),
      passwordMinLength: described(
        integer('password_min_length').notNull().default(12),
        'At least 8 with a second factor, 15 where the password is the only one (section 3.1.1.2).',
      ),
      passwordHistoryCount: described(
        integer('password_history_count').notNull().default(5),
        'How many past passwords may not be chosen again.',
      ),
      passwordMaxAgeDays: described(
        integer('password_max_age_days'),
        'Null for no expiry, as section 3.1.1.2 demands; some frameworks still ask for one.',
      ),
      lockoutAttempts: integer('lockout_attempts').notNull().default(10),
      lockoutMinutes: integer('lockout_minutes').notNull().default(15),
      sessionIdleMinutes: integer('session_idle_minutes').notNull().default(60),
      sessionMaxMinutes: described(
        integer('session_max_minutes').notNull().default(720),
        'After which a person signs in again, however busy (section 5.2).',
      ),
      policy: described(
        jsonb('policy').$type<Record<string, unknown>>().notNull().default({}),
        'Rules that have no column of their own.',
      ),
    },
    {
      evolving: true,
      privileges: ['select', 'insert', 'update'],
      unique: onePerTenant,
      checks: {
        password_min_length_range: `"password_min_length" between 8 and 64`,
        password_history_count_range: `"password_history_count" between 0 and 24`,
        password_max_age_positive: `"password_max_age_days" > 0`,
        lockout_attempts_range: `"lockout_attempts" between 3 and 100`,
        lockout_minutes_positive: `"lockout_minutes" > 0`,
        idle_within_session: `"session_idle_minutes" between 1 and "session_max_minutes"`,
      },
    },
  );

  return { tenantSecurityProfiles };
}

function networkTables({ tenantTable, to }: TableKit, tenantSecurityProfiles: TableRef) {
  const tenantAllowedNetworks = tenantTable(
    'tenant_allowed_networks',
    'Networks that a tenant’s people must sign in from. Without any, they may from anywhere.',
    {
      profileId: uuid('profile_id').notNull(),
      network: pii(cidr('network').notNull(), {
        category: 'network',
        purpose: 'refusing sign-ins from elsewhere',
        onErasure: 'delete_row',
      }),
      note: described(text('note'), 'What the network is, such as the head office.'),
    },
    {
      subject: 'nobody',
      unique: [['profileId', 'network']],
      references: [to(tenantSecurityProfiles, 'profileId', 'cascade')],
    },
  );

  return { tenantAllowedNetworks };
}
