/** What is in the default partition of a log, which should be empty, and what moved rows leave behind there. */
import { type Month, parseMonth } from './month.ts';
import type { Caretaker } from './place.ts';

/** Rows in a default partition, which wait for the partition of their month. */
export interface Strays {
  /** `infinity` and `-infinity` are times too, and no month holds them. */
  readonly month: Month | null;
  readonly rows: number;
}

export async function readStrays(caretaker: Caretaker, log: string): Promise<Strays[]> {
  const rows = await caretaker.ask<{ month: string; rows: number; finite: boolean }>(
    `SELECT to_char(month, 'YYYY-MM') AS month, isfinite(month) AS finite, sum(found)::float8 AS rows
     FROM dmz.count_strays($1) GROUP BY month ORDER BY month`,
    [log],
  );
  return rows.map(({ month, rows: found, finite }) => ({
    month: finite && /^\d{4}-\d\d$/.test(month) ? parseMonth(month) : null,
    rows: found,
  }));
}

/** Of rows that were moved away: the default partition is empty when its file is. VACUUM holds nobody up. */
export async function giveBackRoom(caretaker: Caretaker, log: string): Promise<void> {
  const [row] = await caretaker.ask<{ rest: string; bytes: number }>(
    'SELECT rest::text, pg_relation_size(rest)::float8 AS bytes FROM dmz.find_month($1, now()::date)',
    [log],
  );
  if (row && row.bytes > 0) await caretaker.ask(`VACUUM ${row.rest}`);
}
