/** Reads rows that may be more than fit into memory: a cursor of the transaction, fetched from in batches. */
import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { sendIn } from './connection.ts';
import type { TenantTx } from './tenant-tx.ts';

/** Types that JavaScript has no value for, one that means something else, or one without microseconds, stay as PostgreSQL writes them. */
const AS_TEXT = new Set<number>([
  pg.types.builtins.DATE,
  pg.types.builtins.TIME,
  pg.types.builtins.TIMETZ,
  pg.types.builtins.TIMESTAMP,
  pg.types.builtins.TIMESTAMPTZ,
  pg.types.builtins.INTERVAL,
]);
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    AS_TEXT.has(oid) ? String : pg.types.getTypeParser(oid, format as 'text'),
};

export type StreamedRow = Readonly<Record<string, unknown>>;

let cursors = 0;

/**
 * @param table  that the query selects from; rows come by the keys that code knows its columns by
 * @param query  a select of Drizzle's over columns of the table
 * @param size   rows a batch, never none
 */
export async function* streamRows(
  tx: TenantTx,
  table: PgTable,
  query: { toSQL(): { readonly sql: string; readonly params: unknown[] } },
  size: number,
): AsyncGenerator<StreamedRow[]> {
  const { sql, params } = query.toSQL();
  const keys = new Map(Object.entries(getTableColumns(table)).map(([key, { name }]) => [name, key]));
  cursors += 1;
  const cursor = `rows_${cursors}`;
  await sendIn(tx, { text: `DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, values: params });
  for (;;) {
    const { rows } = await sendIn(tx, { text: `FETCH ${size} FROM ${cursor}`, types });
    if (rows.length === 0) break;
    yield rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [keys.get(name) ?? name, value])),
    );
  }
  await sendIn(tx, { text: `CLOSE ${cursor}` });
}
