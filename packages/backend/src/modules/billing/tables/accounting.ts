/** What was used, billed and paid. Nothing here is changed: a wrong invoice is answered by a credit note. */
import { bigint, date, integer, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';
import {
  amount,
  atProvider,
  currency,
  period,
  periodInOrder,
  taxRate,
  taxRateRange,
} from './shared-columns.ts';

interface Referenced {
  readonly accounts: TableRef;
  readonly subscriptions: TableRef;
  readonly features: TableRef;
  readonly currencies: TableRef;
  readonly objects: TableRef;
}

export function accountingTables(kit: TableKit, referenced: Referenced) {
  const invoices = invoiceTables(kit, referenced);
  return {
    ...invoices,
    ...lineTables(kit, referenced, invoices.invoices),
    ...paymentTables(kit, referenced, invoices.invoices),
    ...usageTables(kit, referenced),
  };
}

const amounts = () => ({
  netMinor: described(amount('net_minor'), 'Without tax, in minor units; negative on a credit note.'),
  taxMinor: amount('tax_minor'),
});

function invoiceTables({ appendOnlyTable, to }: TableKit, referenced: Referenced) {
  const invoices = appendOnlyTable(
    'invoices',
    'Invoices and credit notes as they were issued (Directive 2006/112/EC, Art. 226). A credit note supersedes what it corrects.',
    {
      accountId: uuid('account_id').notNull(),
      subscriptionId: described(uuid('subscription_id'), 'Null for what is no subscription’s.'),
      kind: text('kind', { enum: ['invoice', 'credit_note'] })
        .notNull()
        .default('invoice'),
      number: described(text('number').notNull(), 'Sequential and unique, as printed (Art. 226(2)).'),
      issuedOn: date('issued_on').notNull(),
      dueOn: date('due_on').notNull(),
      ...period(),
      ...currency(),
      ...amounts(),
      totalMinor: described(amount('total_minor'), 'Net and tax.'),
      buyerCiphertext: described(
        pii(encrypted('buyer_ciphertext', 'tenant').notNull(), {
          category: 'identity',
          purpose: 'proving who was billed, as long as tax law asks',
          onErasure: 'shred',
        }),
        'Name, address and tax number as printed: JSON, encrypted with the key that `key_id` names.',
      ),
      keyId: described(
        uuid('key_id').notNull(),
        'Id of the tenant’s key, destroyed when the tax law’s period is over.',
      ),
      taxNote: described(text('tax_note'), 'Why no tax was charged, such as reverse charge (Art. 226(11a)).'),
      documentObjectId: described(uuid('document_object_id'), 'The document that was sent.'),
    },
    {
      subject: 'nobody',
      invalidatable: true,
      unique: [['number']],
      references: [
        to(referenced.accounts, 'accountId'),
        to(referenced.subscriptions, 'subscriptionId'),
        to(referenced.currencies, 'currencyCode'),
        to(referenced.objects, 'documentObjectId'),
      ],
      indexes: { 'a tenant’s invoices, newest first': ['issuedOn desc'] },
      checks: {
        total_is_net_and_tax: `"total_minor" = "net_minor" + "tax_minor"`,
        sign_of_kind: `case "kind" when 'invoice' then "net_minor" >= 0 and "tax_minor" >= 0 else "net_minor" <= 0 and "tax_minor" <= 0 end`,
        credit_note_names_invoice: `"kind" <> 'credit_note' or "supersedes_id" is not null`,
        due_after_issue: `"due_on" >= "issued_on"`,
        period_in_order: periodInOrder,
      },
    },
  );
  return { invoices };
}

function lineTables({ appendOnlyTable, to }: TableKit, { features }: Referenced, invoices: TableRef) {
  const invoiceLines = appendOnlyTable(
    'invoice_lines',
    'The positions of an invoice, which add up to its amounts.',
    {
      invoiceId: uuid('invoice_id').notNull(),
      position: integer('position').notNull(),
      kind: text('kind', {
        enum: ['seats', 'usage', 'service', 'discount', 'proration', 'credit'],
      }).notNull(),
      featureKey: described(text('feature_key'), 'What was used, on a line of usage.'),
      description: described(text('description').notNull(), 'As printed; names no person.'),
      quantityMilli: described(
        bigint('quantity_milli', { mode: 'number' }).notNull(),
        'In thousandths, so that half a month of a seat is 500.',
      ),
      unitMinor: described(amount('unit_minor'), 'Price of one, in minor units, without tax.'),
      ...amounts(),
      ...taxRate(),
      ...period(),
    },
    {
      unique: [['invoiceId', 'position']],
      references: [to(invoices, 'invoiceId'), to(features, 'featureKey')],
      checks: {
        position_positive: `"position" > 0`,
        quantity_not_negative: `"quantity_milli" >= 0`,
        tax_rate_range: taxRateRange,
        period_in_order: periodInOrder,
        usage_names_feature: `"kind" <> 'usage' or "feature_key" is not null`,
      },
    },
  );
  return { invoiceLines };
}

function paymentTables({ appendOnlyTable, to }: TableKit, { currencies }: Referenced, invoices: TableRef) {
  const payments = appendOnlyTable(
    'payments',
    'Money that moved for an invoice. What is still owed is its total less the sum of these.',
    {
      invoiceId: uuid('invoice_id').notNull(),
      kind: text('kind', { enum: ['payment', 'refund', 'chargeback', 'write_off'] }).notNull(),
      method: text('method', { enum: ['card', 'direct_debit', 'transfer', 'none'] }).notNull(),
      amountMinor: described(amount('amount_minor'), 'In minor units; negative where money went back.'),
      ...currency(),
      occurredAt: instant('occurred_at').notNull(),
      ...atProvider(),
    },
    {
      unique: [['providerReference']],
      references: [to(invoices, 'invoiceId'), to(currencies, 'currencyCode')],
      checks: {
        sign_of_kind: `case when "kind" in ('payment', 'write_off') then "amount_minor" > 0 else "amount_minor" < 0 end`,
      },
    },
  );
  return { payments };
}

function usageTables({ appendOnlyTable, to }: TableKit, { subscriptions, features }: Referenced) {
  const usageRecords = appendOnlyTable(
    'usage_records',
    'How much of a metered feature a tenant used. What was counted wrongly is superseded.',
    {
      subscriptionId: uuid('subscription_id').notNull(),
      featureKey: text('feature_key').notNull(),
      quantity: bigint('quantity', { mode: 'number' }).notNull(),
      ...period(),
      sourceKey: described(
        text('source_key').notNull(),
        'Names the count that it reports, so that the same one reported twice is kept once.',
      ),
    },
    {
      invalidatable: true,
      unique: [['featureKey', 'sourceKey']],
      references: [to(subscriptions, 'subscriptionId'), to(features, 'featureKey')],
      indexes: { 'usage to be billed for a period': ['subscriptionId', 'featureKey', 'periodStart'] },
      checks: { quantity_not_negative: `"quantity" >= 0`, period_in_order: periodInOrder },
    },
  );
  return { usageRecords };
}
