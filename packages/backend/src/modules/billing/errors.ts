/** What billing refuses: an invoice that its lines do not account for, and a plan that is not sold like that. */
import type { StateErrors } from '../../kernel/db/index.ts';
import { defineErrors } from '../../kernel/errors/index.ts';

export const billingErrors = defineErrors({
  BILLING_INVOICE_UNBALANCED: {
    message: 'The lines of the invoice do not add up to its net and its tax; nothing was issued.',
    next: 'insert an invoice with all of its lines at once; correct an issued one by a credit note',
    exitCode: 1,
  },
  BILLING_PLAN_UNKNOWN: {
    message: 'There is no such plan.',
    next: 'choose one of the plans that are named',
    exitCode: 2,
  },
  BILLING_SEATS_OUT_OF_PLAN: {
    message: 'The plan is not sold for so many people.',
    next: 'choose another plan, or another number of seats',
    exitCode: 2,
  },
});

/** The error that the triggers of invoices and their lines raise, at COMMIT. */
export const billingStates: StateErrors = { ZD040: billingErrors.BILLING_INVOICE_UNBALANCED };
