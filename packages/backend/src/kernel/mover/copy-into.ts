/** COPY FROM STDIN of rows that are in the binary format already. */
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { SIGNATURE, TRAILER } from './binary-rows.ts';
import { type MovedTable, namesOf } from './moved-tables.ts';

/**
 * @param columns  in the order of the rows' values
 * @param rows     one behind the other, without the format's signature and trailer
 * @returns how many rows there were
 */
export async function copyInto(
  client: pg.Client,
  { target }: MovedTable,
  columns: readonly string[],
  rows: Buffer,
): Promise<number> {
  const stream = client.query(copyFrom(`COPY ${target} (${namesOf(columns)}) FROM STDIN (FORMAT binary)`));
  stream.write(SIGNATURE);
  stream.write(rows);
  stream.end(TRAILER);
  await finished(stream);
  return stream.rowCount;
}
