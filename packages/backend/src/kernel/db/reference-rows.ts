/**
 * Keeps the rows of a reference table as the program has them: adds what is missing, changes what differs, and leaves
 * everything else untouched, so that a second run writes nothing. Rows that the program no longer has stay, since
 * others may refer to them.
 */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import type { OwnerTx } from './owner.ts';

/** A statement takes at most 65,535 parameters (PostgreSQL’s protocol counts them in 16 bits). */
const MAX_PARAMETERS = 60_000;

/**
 * @param tx    the owner’s transaction: nobody else may write reference data
 * @param rows  every column that is not given gets its default
 * @returns how many rows were added or changed
 */
export async function keepReferenceRows<Table extends PgTable>(
  tx: OwnerTx,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): Promise<number> {
  const columns = getTableColumns(table) as Record<string, PgColumn>;
  const key = primaryKeyOf(table, Object.values(columns));
  const kept = Object.entries(columns).filter(
    ([name, column]) => !key.includes(column) && name !== 'createdAt' && name !== 'updatedAt',
  );
  const differing = await withoutUnchanged(tx, table, rows, columns, key);
  const size = Math.floor(MAX_PARAMETERS / Object.keys(columns).length);
  let written = 0;
  for (let from = 0; from < differing.length; from += size) {
    const insert = tx.insert(table as PgTable).values(differing.slice(from, from + size));
    const { rowCount } = await (kept.length === 0
      ? insert.onConflictDoNothing()
      : insert.onConflictDoUpdate({
          target: key,
          set: Object.fromEntries(kept.map(([name, column]) => [name, proposed(column)])),
          setWhere: differs(kept.map(([, column]) => column)),
        }));
    written += rowCount ?? 0;
  }
  return written;
}

/**
 * Leaves out the rows that are there already, since sending thousands only to change none takes seconds. Where it is
 * in doubt, as about the order of keys in JSON, a row stays: the statement itself decides.
 */
async function withoutUnchanged<Row extends Record<string, unknown>>(
  tx: OwnerTx,
  table: PgTable,
  rows: readonly Row[],
  columns: Record<string, PgColumn>,
  key: readonly PgColumn[],
): Promise<Row[]> {
  const given = Object.entries(columns).filter(([name]) => name !== 'createdAt' && name !== 'updatedAt');
  const textOf = (row: Record<string, unknown>, of: typeof given) =>
    JSON.stringify(
      of.map(([name, { default: usual }]) => (row[name] === undefined ? usual : row[name]) ?? null),
    );
  const keyed = given.filter(([, column]) => key.includes(column));
  const known = new Map<string, string>();
  for (const row of await tx.select().from(table)) known.set(textOf(row, keyed), textOf(row, given));
  return rows.filter((row) => known.get(textOf(row, keyed)) !== textOf(row, given));
}

function primaryKeyOf(table: PgTable, columns: readonly PgColumn[]): PgColumn[] {
  const [composite] = getTableConfig(table).primaryKeys;
  return composite?.columns ?? columns.filter(({ primary }) => primary);
}

const proposed = (column: PgColumn): SQL => sql`excluded.${sql.identifier(column.name)}`;

function differs(columns: readonly PgColumn[]): SQL {
  const there = sql.join([...columns], sql`, `);
  const here = sql.join(columns.map(proposed), sql`, `);
  return sql`row(${there}) is distinct from row(${here})`;
}
