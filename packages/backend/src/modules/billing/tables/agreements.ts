/** What a tenant agreed to: who pays, for which plan, and what that lets its people do. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { amount, atProvider, billingInterval, currency, period, periodInOrder } from './shared-columns.ts';

interface Referenced {
  readonly plans: TableRef;
  readonly features: TableRef;
  readonly currencies: TableRef;
  readonly countries: TableRef;
  readonly users: TableRef;
}

export function agreementTables(kit: TableKit, referenced: Referenced) {
  const accounts = accountTables(kit, referenced);
  const subscriptions = subscriptionTables(kit, referenced, accounts.accounts);
  const licenses = licenseTables(kit, referenced);
  return {
    ...accounts,
    ...subscriptions,
    ...licenses,
    ...entitlementTables(kit, referenced, subscriptions.subscriptions, licenses.licenseKeys),
  };
}

function accountTables({ tenantTable, to }: TableKit, { countries, currencies }: Referenced) {
  const ofPayer = (name: string) =>
    pii(text(name), { category: 'contact', purpose: 'making out invoices', onErasure: 'replace' });

  const accounts = tenantTable(
    'accounts',
    'Whom a tenant’s invoices are made out to.',
    {
      legalName: pii(text('legal_name').notNull(), {
        category: 'identity',
        purpose: 'making out invoices',
        onErasure: 'replace',
      }),
      billingEmail: ofPayer('billing_email').notNull(),
      streetAddress: ofPayer('street_address').notNull(),
      postalCode: ofPayer('postal_code'),
      locality: described(ofPayer('locality').notNull(), 'City or town.'),
      countryCode: text('country_code').notNull(),
      taxNumber: described(
        pii(text('tax_number'), {
          category: 'identity',
          purpose: 'reverse charge and tax returns',
          onErasure: 'null',
        }),
        'VAT identification number or the like, as checked with the authority.',
      ),
      taxNumberCheckedAt: instant('tax_number_checked_at'),
      purchaseOrder: described(text('purchase_order'), 'What the tenant wants printed on its invoices.'),
      paymentTermDays: integer('payment_term_days').notNull().default(30),
      ...currency(),
      ...atProvider(),
    },
    {
      subject: 'nobody',
      unique: [['legalName']],
      references: [to(countries, 'countryCode'), to(currencies, 'currencyCode')],
      checks: {
        billing_email_lower_case: `"billing_email" = lower("billing_email")`,
        payment_term_range: `"payment_term_days" between 0 and 180`,
      },
    },
  );
  return { accounts };
}

function subscriptionTables(
  { tenantTable, to }: TableKit,
  { plans, currencies }: Referenced,
  accounts: TableRef,
) {
  const subscriptions = tenantTable(
    'subscriptions',
    'Plans that a tenant subscribed to, at the price that was agreed.',
    {
      accountId: uuid('account_id').notNull(),
      planCode: text('plan_code').notNull(),
      status: text('status', {
        enum: ['trialing', 'active', 'past_due', 'paused', 'cancelled', 'expired'],
      }).notNull(),
      seats: integer('seats').notNull(),
      seatMinor: described(
        amount('seat_minor'),
        'Agreed per seat and interval, in minor units, without tax.',
      ),
      ...currency(),
      ...billingInterval(),
      ...period(),
      startedAt: instant('started_at').notNull(),
      trialEndsAt: instant('trial_ends_at'),
      cancelAt: described(instant('cancel_at'), 'When it ends as things stand; null while it renews itself.'),
      endedAt: instant('ended_at'),
      ...atProvider(),
    },
    {
      privileges: ['select', 'insert', 'update'],
      unique: [['providerReference']],
      references: [to(accounts, 'accountId'), to(plans, 'planCode'), to(currencies, 'currencyCode')],
      indexes: { 'subscriptions to renew or to end': ['status', 'periodEnd'] },
      checks: {
        seats_positive: `"seats" > 0`,
        price_not_negative: `"seat_minor" >= 0`,
        period_in_order: periodInOrder,
        ended_where_over: `("status" in ('cancelled', 'expired')) = ("ended_at" is not null)`,
        trial_has_an_end: `"status" <> 'trialing' or "trial_ends_at" is not null`,
      },
    },
  );
  return { subscriptions };
}

function licenseTables({ tenantTable, to }: TableKit, { plans, users }: Referenced) {
  const licenseKeys = tenantTable(
    'license_keys',
    'Keys that entitle an installation of a tenant’s own to a plan, also where it cannot ask the platform.',
    {
      planCode: text('plan_code').notNull(),
      keySha256: pii(text('key_sha256').notNull(), {
        category: 'credential',
        purpose: 'recognising an installation',
        onErasure: 'replace',
      }),
      seats: integer('seats').notNull(),
      signature: described(
        pii(text('signature').notNull(), {
          category: 'credential',
          purpose: 'proving the license without asking the platform',
          onErasure: 'replace',
        }),
        'Ed25519 (RFC 8032) over the license’s canonical JSON (RFC 8785), base64url.',
      ),
      issuedToUserId: described(uuid('issued_to_user_id'), 'The person who received the key.'),
      validFrom: instant('valid_from').notNull(),
      validUntil: instant('valid_until').notNull(),
      activatedAt: instant('activated_at'),
      revokedAt: instant('revoked_at'),
      revokedReason: text('revoked_reason', { enum: ['replaced', 'leaked', 'unpaid', 'cancelled'] }),
    },
    {
      subject: 'issuedToUserId',
      privileges: ['select', 'insert', 'update'],
      unique: [['keySha256']],
      references: [to(plans, 'planCode'), to(users, 'issuedToUserId')],
      checks: {
        key_sha256_form: `"key_sha256" ~ '^[0-9a-f]{64}$'`,
        seats_positive: `"seats" > 0`,
        validity_order: `"valid_until" > "valid_from"`,
        revoked_for_a_reason: `("revoked_at" is null) = ("revoked_reason" is null)`,
      },
    },
  );
  return { licenseKeys };
}

function entitlementTables(
  { tenantTable, to }: TableKit,
  { features }: Referenced,
  subscriptions: TableRef,
  licenseKeys: TableRef,
) {
  const entitlements = tenantTable(
    'entitlements',
    'What a tenant may use now, and how much of it: the one place that features are asked for.',
    {
      featureKey: text('feature_key').notNull(),
      source: text('source', { enum: ['subscription', 'license', 'trial', 'courtesy'] }).notNull(),
      subscriptionId: described(uuid('subscription_id'), 'The subscription it comes from, if any.'),
      licenseKeyId: described(uuid('license_key_id'), 'The license it comes from, if any.'),
      quantity: described(integer('quantity'), 'Null for a switch, and for as much as is wanted.'),
      validFrom: instant('valid_from').notNull(),
      validUntil: described(instant('valid_until'), 'Null without an end.'),
    },
    {
      unique: [['featureKey', 'source', 'validFrom']],
      references: [
        to(features, 'featureKey'),
        to(subscriptions, 'subscriptionId'),
        to(licenseKeys, 'licenseKeyId'),
      ],
      checks: {
        quantity_not_negative: `"quantity" >= 0`,
        validity_order: `"valid_until" > "valid_from"`,
        subscription_where_named: `"source" <> 'subscription' or "subscription_id" is not null`,
        license_where_named: `"source" <> 'license' or "license_key_id" is not null`,
      },
    },
  );
  return { entitlements };
}
