/**
 * A tenant's rows of a table, divided by their primary keys into ranges that follow one another without a gap, from before
 * the first row to behind the last: whatever is at an end is in one of them. Keys hold no text, so both ends order alike.
 */
import type pg from 'pg';
import type { KeyColumn, MovedTable } from './moved-tables.ts';
import type { Side } from './ports.ts';
import { prepared } from './prepared.ts';

/** Values of the primary key behind the tenant's, as text. */
type Key = readonly string[];

export interface KeyRange {
  readonly tenantId: string;
  /** Rows behind this key; from the first one, unless given. */
  readonly after?: Key | undefined;
  /** Up to this key, which is one of them; to the last row, unless given. */
  readonly upTo?: Key | undefined;
}

/**
 * The condition under which a row `t` is in the range. The planner judges a comparison of rows by their first column, so
 * that must not be the tenant, which all of them share.
 */
export function inRange(
  table: MovedTable,
  { tenantId, after, upTo }: KeyRange,
): { readonly where: string; readonly values: string[] } {
  const key = withinTenant(table);
  const conditions = ['t.tenant_id = $1'];
  const values = [tenantId];
  const limit = (operator: string, to: Key | undefined) => {
    if (!to) return;
    const parameters = key.map(({ type }, at) => `$${values.length + at + 1}::${type}`);
    conditions.push(`(${columnsOf(key)}) ${operator} (${parameters.join(', ')})`);
    values.push(...to);
  };
  limit('>', after);
  limit('<=', upTo);
  return { where: conditions.join(' AND '), values };
}

/** @returns the key of the row that is so many rows behind; undefined where there are fewer */
export async function keyBehind(
  client: pg.Client,
  table: MovedTable,
  side: Side,
  { tenantId, after }: KeyRange,
  rows: number,
): Promise<Key | undefined> {
  const { where, values } = inRange(table, { tenantId, after });
  const key = withinTenant(table);
  const columns = key.map(({ name }) => `t."${name}"::text`).join(', ');
  const text = `SELECT ARRAY[${columns}] AS key FROM ${table[side]} AS t WHERE ${where}
    ORDER BY ${columnsOf(key)} OFFSET $${values.length + 1} LIMIT 1`;
  const { rows: found } = await client.query<{ key: string[] }>(prepared(text, [...values, rows - 1]));
  return found[0]?.key;
}

/** Every key begins with the tenant (DESIGN, section 4). */
const withinTenant = ({ key }: MovedTable): readonly KeyColumn[] => key.slice(1);

const columnsOf = (key: readonly KeyColumn[]): string => key.map(({ name }) => `t."${name}"`).join(', ');
