/** Times to the microsecond, which PostgreSQL has and a Date has not: for what must be in the very same order in both. */
import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** @returns the column's value in microseconds since 1970 */
export const exactTime = (column: PgColumn) =>
  sql<bigint>`(extract(epoch from ${column}) * 1000000)::bigint`.mapWith(BigInt);
