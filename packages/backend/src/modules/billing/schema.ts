/** Plans, what tenants agreed to, and what was billed and paid: in whole minor units, and never changed afterwards. */
import { defineModule } from '../../kernel/db/index.ts';
import { authTargets } from '../auth/schema.ts';
import { filesTargets } from '../files/schema.ts';
import { publicTargets } from '../public/schema.ts';
import { accountingTables } from './tables/accounting.ts';
import { agreementTables } from './tables/agreements.ts';
import { catalogueTables } from './tables/catalogue.ts';

export const billingTables = defineModule('billing', (kit) => {
  const { countries, currencies } = publicTargets;
  const catalogue = catalogueTables(kit, currencies);
  const agreements = agreementTables(kit, { ...catalogue, countries, currencies, users: authTargets.users });
  const accounting = accountingTables(kit, {
    ...catalogue,
    ...agreements,
    currencies,
    objects: filesTargets.objects,
  });
  return { ...catalogue, ...agreements, ...accounting };
});

export const {
  schema,
  plans,
  features,
  planFeatures,
  planPrices,
  accounts,
  subscriptions,
  licenseKeys,
  entitlements,
  invoices,
  invoiceLines,
  payments,
  usageRecords,
} = billingTables.canonical;
