/** What was billed, and the usage that it was billed for. */
import { recordsOf } from '../../kernel/records/index.ts';
import { billingTables } from './schema.ts';

/** An invoice is corrected by a credit note with lines of its own (Directive 2006/112/EC, Art. 219). */
export const invoices = recordsOf((at) => billingTables(at).invoices, {
  only: {
    way: 'supersede',
    instead: 'supersede it by a credit note, whose lines follow in the same transaction',
  },
});
export const usageRecords = recordsOf((at) => billingTables(at).usageRecords);
