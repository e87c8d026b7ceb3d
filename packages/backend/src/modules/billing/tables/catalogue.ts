/** What is on offer: plans, what each contains and what it costs. A changed price is a new row, so that old ones stay true. */
import { boolean, date, integer, jsonb, text } from 'drizzle-orm/pg-core';
import { described, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { amount, billingInterval, currency } from './shared-columns.ts';

export function catalogueTables(kit: TableKit, currencies: TableRef) {
  const plans = planTables(kit);
  return { ...plans, ...featureTables(kit, plans.plans), ...priceTables(kit, plans.plans, currencies) };
}

function planTables({ referenceTable }: TableKit) {
  const plans = referenceTable(
    'plans',
    'Plans that tenants can subscribe to.',
    {
      code: text('code').notNull(),
      name: text('name').notNull(),
      description: text('description').notNull(),
      position: described(integer('position').notNull(), 'Order in which plans are shown, smallest first.'),
      isolation: described(
        text('isolation', { enum: ['shared', 'schema', 'instance'] })
          .notNull()
          .default('shared'),
        'How its tenants are kept apart, as public.tenants.tier.',
      ),
      minSeats: integer('min_seats').notNull().default(1),
      maxSeats: described(integer('max_seats'), 'Null without a limit.'),
      trialDays: integer('trial_days').notNull().default(0),
      isPublic: described(
        boolean('is_public').notNull().default(true),
        'Whether a tenant can choose it alone; others are agreed on.',
      ),
      details: described(
        jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
        'What the price page shows beyond features and limits.',
      ),
      version: described(integer('version').notNull().default(1), 'Version of the payload’s shape.'),
    },
    {
      key: ['code'],
      unique: [['position']],
      checks: {
        code_form: `"code" ~ '^[a-z][a-z0-9_]*$'`,
        seats_range: `"min_seats" > 0 and "max_seats" >= "min_seats"`,
        trial_days_not_negative: `"trial_days" >= 0`,
      },
    },
  );
  return { plans };
}

function featureTables({ referenceTable, to }: TableKit, plans: TableRef) {
  const features = referenceTable(
    'features',
    'What a plan can contain: a thing that is there or not, or one that is counted.',
    {
      key: described(text('key').notNull(), 'module.feature, such as phishing.campaigns.'),
      name: text('name').notNull(),
      measure: described(
        text('measure', { enum: ['switch', 'limit', 'metered'] }).notNull(),
        'There or not; there up to a number; or paid by use.',
      ),
      unit: described(text('unit'), 'What is counted, such as seats or GiB; null for a switch.'),
    },
    {
      key: ['key'],
      checks: {
        key_form: `"key" ~ '^[a-z_]+[.][a-z_]+$'`,
        unit_where_counted: `("measure" = 'switch') = ("unit" is null)`,
      },
    },
  );

  const planFeatures = referenceTable(
    'plan_features',
    'What a plan contains, and how much of it.',
    {
      planCode: text('plan_code').notNull(),
      featureKey: text('feature_key').notNull(),
      quantity: described(integer('quantity'), 'Null for a switch, and for as much as is wanted.'),
    },
    {
      key: ['planCode', 'featureKey'],
      references: [to(plans, 'planCode'), to(features, 'featureKey')],
      checks: { quantity_not_negative: `"quantity" >= 0` },
    },
  );

  return { features, planFeatures };
}

function priceTables({ referenceTable, to }: TableKit, plans: TableRef, currencies: TableRef) {
  const planPrices = referenceTable(
    'plan_prices',
    'What a seat of a plan costs, by currency, interval and the day from which the price holds.',
    {
      planCode: text('plan_code').notNull(),
      ...currency(),
      ...billingInterval(),
      seatMinor: described(amount('seat_minor'), 'Per seat and interval, in minor units, without tax.'),
      validFrom: date('valid_from').notNull(),
      validUntil: described(date('valid_until'), 'Last day; null while it holds.'),
    },
    {
      key: ['planCode', 'currencyCode', 'billingInterval', 'validFrom'],
      references: [to(plans, 'planCode'), to(currencies, 'currencyCode')],
      checks: {
        price_not_negative: `"seat_minor" >= 0`,
        days_in_order: `"valid_until" >= "valid_from"`,
      },
    },
  );
  return { planPrices };
}
