/** Columns that several tables of billing have: amounts, spans of time and references at the payment provider. */
import { bigint, integer, text } from 'drizzle-orm/pg-core';
import { described, instant } from '../../../kernel/db/index.ts';

/** Whole minor units of the currency that the row, or the invoice it is of, states (ISO 4217). */
export const amount = (name: string) => bigint(name, { mode: 'number' }).notNull();

export const currency = () => ({ currencyCode: text('currency_code').notNull() });

export const billingInterval = () => ({
  billingInterval: text('billing_interval', { enum: ['month', 'year'] }).notNull(),
});

export const period = () => ({
  periodStart: instant('period_start').notNull(),
  periodEnd: described(instant('period_end').notNull(), 'The first instant that is no longer of it.'),
});

export const taxRate = () => ({
  taxBasisPoints: described(
    integer('tax_basis_points').notNull().default(0),
    'Tax rate in hundredths of a per cent: 1900 is 19 %.',
  ),
});

export const atProvider = () => ({
  providerReference: described(
    text('provider_reference'),
    'Its id at the payment provider; null where none is involved.',
  ),
});

export const periodInOrder = `"period_end" > "period_start"`;
export const taxRateRange = `"tax_basis_points" between 0 and 10000`;
