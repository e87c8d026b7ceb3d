/** What the database refuses a transaction because it is not its tenant's; a right that lacks, or a key that is taken, is none. */
import { databaseErrorOf } from '../db/database-errors.ts';
import { isDmzError } from '../errors/index.ts';

/** A row of another tenant was to be written; no tenant was entered; another one had been; a token did not do for it. */
export type Refusal = 'other_tenant' | 'no_context' | 'other_context' | 'bad_token';

/** Where PostgreSQL holds new rows against policies. Of a right that lacks it says the same SQLSTATE, from elsewhere. */
const AGAINST_POLICY = 'ExecWithCheckOptions';

/** @returns undefined for a place that the tenant has left, which is no fault of the caller's */
export function refusalOf(error: unknown): Refusal | undefined {
  if (isDmzError(error, 'TENANCY_MOVED')) return undefined;
  const refused = databaseErrorOf(error);
  if (refused?.code === 'ZD001') return 'no_context';
  if (refused?.code === 'ZD004') return 'other_context';
  if (refused?.code?.startsWith('ZD08')) return 'bad_token';
  return refused?.code === '42501' && refused.routine === AGAINST_POLICY ? 'other_tenant' : undefined;
}
