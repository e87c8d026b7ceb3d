/** A month of the calendar, in UTC, as `2026-01`: what a log is divided by. */
import { quoted } from '../errors/index.ts';
import { partitionErrors } from './errors.ts';

declare const brand: unique symbol;
/** Sorts as text in the order of time, up to the year 9999. */
export type Month = string & { readonly [brand]: 'Month' };

/** @throws PARTITION_MONTH_INVALID */
export function parseMonth(text: string): Month {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text as Month;
  throw partitionErrors.PARTITION_MONTH_INVALID({
    found: quoted(text),
    expected: 'YYYY-MM',
  });
}

export const monthOf = (time: Date): Month => time.toISOString().slice(0, 7) as Month;

export function addMonths(month: Month, count: number): Month {
  const first = firstDayOf(month);
  first.setUTCMonth(first.getUTCMonth() + count);
  return monthOf(first);
}

export const firstDayOf = (month: Month): Date => new Date(`${month}-01T00:00:00Z`);

/** As PostgreSQL reads a date. */
export const dateOf = (month: Month): string => `${month}-01`;
