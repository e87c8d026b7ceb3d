/**
 * Finds everything that there is about a person, along the ways that tables declare: a column leads to the person, or to
 * rows of another table that lead there. Each query reads one table by an index, so that it takes as long as the person has
 * rows, however many others there are; and rows come in batches, so that memory does not grow with them.
 */
import { and, getTableColumns, inArray, isNull, not, or, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { metaOf, type SubjectPath, type TableMeta, type TablePlacement } from '../kernel/db/index.ts';
import { type StreamedRow, streamRows, type TenantTx } from '../kernel/tenancy/index.ts';
import { tenantTablesAt } from '../modules/registry.ts';

export interface SubjectTable {
  /** As schema.table, wherever it stands. */
  readonly name: string;
  readonly table: PgTable;
  readonly canonical: PgTable;
  readonly meta: TableMeta;
}
export type SubjectTables = ReadonlyMap<string, SubjectTable>;

/** Rows a batch: enough to make round trips rare, few enough to be held whatever their size. */
export const BATCH = 200;

/** Every table of the tenant, at a placement, such as the transaction's. */
export function subjectTablesAt(at: { readonly placement: TablePlacement }): SubjectTables {
  return new Map(
    tenantTablesAt(at).map(({ name, table, canonical }) => [
      name,
      { name, table, canonical, meta: metaOf(canonical) },
    ]),
  );
}

/** @returns the ways from a table's rows to people; null for the table of people itself */
export const pathsOf = ({ meta }: SubjectTable): readonly SubjectPath[] | null => {
  if (meta.subject === 'itself') return null;
  return meta.subject === 'nobody' ? [] : meta.subject;
};

export function columnOf(table: PgTable, key: string): PgColumn {
  const column = getTableColumns(table)[key];
  if (column) return column as PgColumn;
  throw new RangeError(`A table has no column ${key}.`);
}

interface Selection {
  /** Keys of the columns that are read; all unless given. */
  readonly columns?: readonly string[];
  /** Other ways to the person than the table's own. */
  readonly paths?: readonly SubjectPath[];
  readonly where?: SQL | undefined;
}

export class PersonRows {
  readonly #tables: SubjectTables;
  readonly userId: string;

  constructor(tables: SubjectTables, userId: string) {
    this.#tables = tables;
    this.userId = userId;
  }

  /**
   * Conditions that together hold for every row of a table that is about the person, each for a bounded number of rows of
   * other tables, and no row meeting two of them.
   *
   * @param paths  the table's own ways, unless given
   */
  async *conditions(tx: TenantTx, source: SubjectTable, paths = pathsOf(source)): AsyncGenerator<SQL> {
    const { table } = source;
    if (paths === null) {
      yield inArray(columnOf(table, 'id'), [this.userId]);
      return;
    }
    const before: SQL[] = [];
    for (const [at, path] of paths.entries()) {
      const column = columnOf(table, path.from);
      const met: unknown[] = [];
      for await (const values of this.#values(tx, path)) {
        const condition = and(inArray(column, values), ...before);
        if (condition) yield condition;
        if (at + 1 < paths.length) met.push(...values);
      }
      // Ways after this one pass by the rows that it has found.
      const others = met.length > 0 ? or(isNull(column), not(inArray(column, met))) : undefined;
      if (others) before.push(others);
    }
  }

  /** Rows of a table that are about the person. */
  async *batches(
    tx: TenantTx,
    source: SubjectTable,
    { columns, paths, where }: Selection = {},
  ): AsyncGenerator<StreamedRow[]> {
    const { table } = source;
    const read = Object.fromEntries(
      (columns ?? Object.keys(getTableColumns(table))).map((key) => [key, columnOf(table, key)]),
    );
    for await (const condition of this.conditions(tx, source, paths))
      yield* streamRows(tx, table, tx.select(read).from(table).where(and(condition, where)), BATCH);
  }

  async *#values(tx: TenantTx, { target, key }: SubjectPath): AsyncGenerator<unknown[]> {
    const source = this.#tables.get(target);
    if (!source) throw new Error(`No table of tenants is called ${target}.`);
    if (pathsOf(source) === null && key === 'id') {
      yield [this.userId];
      return;
    }
    for await (const rows of this.batches(tx, source, { columns: [key] }))
      yield rows.map((row) => row[key]).filter((value) => value !== null);
  }
}
