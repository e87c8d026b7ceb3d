/** What billing refuses: an invoice that its lines do not account for. */
import type { StateErrors } from '../../kernel/db/index.ts';
import { defineErrors } from '../../kernel/errors/index.ts';

export const billingErrors = defineErrors({
  BILLING_INVOICE_UNBALANCED: {
    message: 'The lines of the invoice do not add up to its net and its tax; nothing was issued.',
    next: 'insert an invoice with all of its lines at once; correct an issued one by a credit note',
    exitCode: 1,
  },
});

/** The error that the triggers of invoices and their lines raise, at COMMIT. */
export const billingStates: StateErrors = { ZD040: billingErrors.BILLING_INVOICE_UNBALANCED };
