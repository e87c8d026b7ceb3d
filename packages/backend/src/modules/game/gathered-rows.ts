/**
 * What events lead to in tables, gathered before it is written: a row that is made and then changed is written once, as
 * it is in the end, and all rows of a table go out in one statement. So what is sent grows with the rows that are
 * touched, and not with the events.
 */
import {
  insertMissingRows,
  insertRows,
  type NewRow,
  type TenantTx,
  updateRows,
  type WritableTable,
} from '../../kernel/tenancy/index.ts';

interface Gathered {
  /** By what identifies each. */
  readonly made: Map<string, object>;
  readonly changed: Map<string, { readonly where: object; readonly set: object }>;
  readonly missing: object[];
}

export class GatheredRows {
  readonly #tables: ReadonlyMap<WritableTable, Gathered>;

  /** @param tables  in the order that rows are made in, so that each comes behind those that it refers to */
  constructor(tables: readonly WritableTable[]) {
    this.#tables = new Map(
      tables.map((table) => [table, { made: new Map(), changed: new Map(), missing: [] }]),
    );
  }

  /** @param identity  what changes will find the row by, the very same values in the same order */
  make<Table extends WritableTable>(
    table: Table,
    row: NewRow<Table>,
    identity: Partial<Table['$inferInsert']>,
  ): void {
    this.#of(table).made.set(JSON.stringify(identity), row);
  }

  /** Makes a row unless a unique key has it already; nothing changes it. */
  makeMissing<Table extends WritableTable>(table: Table, row: NewRow<Table>): void {
    this.#of(table).missing.push(row);
  }

  /** Changes the row that was made here, or else the one that is stored. */
  change<Table extends WritableTable>(
    table: Table,
    where: Partial<Table['$inferInsert']>,
    set: Partial<Table['$inferInsert']>,
  ): void {
    const { made, changed } = this.#of(table);
    const key = JSON.stringify(where);
    const row = made.get(key);
    if (row) made.set(key, { ...row, ...set });
    else changed.set(key, { where, set: { ...changed.get(key)?.set, ...set } });
  }

  /** Writes everything, in the order of the tables; changes come last. */
  async write(tx: TenantTx): Promise<void> {
    const gathered = [...this.#tables];
    await Promise.all([
      ...gathered.flatMap(([table, { made, missing }]) => [
        insertRows(tx, table, [...made.values()]),
        insertMissingRows(tx, table, missing),
      ]),
      ...gathered.map(([table, { changed }]) => updateRows(tx, table, [...changed.values()])),
    ]);
  }

  #of(table: WritableTable): Gathered {
    const gathered = this.#tables.get(table);
    if (gathered) return gathered;
    throw new RangeError('Rows are gathered for the tables that were named alone.');
  }
}
