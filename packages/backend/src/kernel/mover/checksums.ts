/**
 * What a table holds of a tenant, as a number of rows and a sum over all of them: PostgreSQL hashes each whole row, in the
 * binary form of its values and in the order of its columns' names, so two sums are equal when the rows are, in whatever
 * order they lie. Two sums of 64 bits each are kept: the row's bytes cost more than hashing them twice.
 */
import type pg from 'pg';
import { keyArrays } from './apply.ts';
import { inRange, type KeyRange } from './key-ranges.ts';
import { keyJoin, type MovedTable, namesOf } from './moved-tables.ts';
import type { Side } from './ports.ts';
import { prepared } from './prepared.ts';

export interface Checksum {
  readonly rows: number;
  readonly sum: string;
}

/** Which rows of a table are looked at: a range of the tenant's, or those whose keys have certain names. */
export type Rows = KeyRange | { readonly keys: readonly string[] };

const SUM = `count(*)::float8 AS rows,
  concat_ws('/', sum(hashbyteaextended(row, 0)), sum(hashbyteaextended(row, 1))) AS sum`;

export async function checksumOf(
  client: pg.Client,
  table: MovedTable,
  side: Side,
  rows: Rows,
): Promise<Checksum> {
  const { text, values } = selectRows(table, side, rows);
  const { rows: found } = await client.query<Checksum>(
    prepared(`SELECT ${SUM} FROM (${text} OFFSET 0) AS t`, values),
  );
  return found[0] ?? { rows: 0, sum: '' };
}

/** The sums of a table's rows divided by a hash of their keys. */
export async function checksumsByBucket(
  client: pg.Client,
  table: MovedTable,
  side: Side,
  rows: Rows,
  buckets: number,
): Promise<Map<number, Checksum>> {
  const { text, values } = selectRows(table, side, rows);
  const { rows: found } = await client.query<Checksum & { bucket: number }>(
    `SELECT ${bucketOf(buckets)} AS bucket, ${SUM} FROM (${text} OFFSET 0) AS t GROUP BY 1`,
    values,
  );
  return new Map(found.map(({ bucket, ...checksum }) => [bucket, checksum]));
}

/** Each row of some buckets: its key as JSON, and a checksum of its own. */
export async function rowsOfBuckets(
  client: pg.Client,
  table: MovedTable,
  side: Side,
  rows: Rows,
  { buckets, among }: { readonly buckets: number; readonly among: readonly number[] },
): Promise<Map<string, string>> {
  const { text, values } = selectRows(table, side, rows);
  const { rows: found } = await client.query<{ key: string; sum: string }>(
    `SELECT key::text, encode(sha256(row), 'hex') AS sum FROM (${text} OFFSET 0) AS t
     WHERE ${bucketOf(buckets)} = ANY ($${values.length + 1}::int[])`,
    [...values, among],
  );
  return new Map(found.map(({ key, sum }) => [key, sum]));
}

/** A checksum of each row with one of the keys, by the key's place among them; rows that are not there have none. */
export async function rowSums(
  client: pg.Client,
  table: MovedTable,
  side: Side,
  keys: readonly string[],
): Promise<Map<number, string>> {
  const { from, on } = keyJoin(table, 't');
  const text = `SELECT k.at, encode(sha256(record_send(ROW(${namesOf(table.columns, 't')}))), 'hex') AS sum
    FROM ${from} JOIN ${table[side]} AS t ON ${on}`;
  const { rows } = await client.query<{ at: number; sum: string }>(prepared(text, keyArrays(table, keys)));
  return new Map(rows.map(({ at, sum }) => [at - 1, sum]));
}

const bucketOf = (buckets: number) => `(hashtextextended(key::text, 0) & ${buckets - 1})::int`;

function selectRows(table: MovedTable, side: Side, rows: Rows): { text: string; values: unknown[] } {
  const names = table.key.map(({ name }) => name);
  const key = `json_build_object(${names.map((name) => `'${name}', t."${name}"`).join(', ')})`;
  const columns = `record_send(ROW(${namesOf(table.columns, 't')})) AS row, ${key} AS key`;
  if ('tenantId' in rows) {
    const { where, values } = inRange(table, rows);
    return { text: `SELECT ${columns} FROM ${table[side]} AS t WHERE ${where}`, values };
  }
  const { from, on } = keyJoin(table, 't');
  return {
    text: `SELECT ${columns} FROM ${from} JOIN ${table[side]} AS t ON ${on}`,
    values: keyArrays(table, rows.keys),
  };
}
