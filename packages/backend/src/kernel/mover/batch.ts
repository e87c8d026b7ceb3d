/**
 * What a number of committed transactions did to each row, as the one row that they left or as none: the net effect is
 * the same as theirs in commit order, and needs one statement a table. A value that a change left where it was (TOAST)
 * is taken from an earlier change of the batch; failing that, it is still to be taken from the target's row.
 */
import type { MovedTable } from './moved-tables.ts';
import type { Message, Tuple, Value } from './pgoutput.ts';

export type RowKey = readonly Buffer[];

export interface PendingRow {
  readonly key: RowKey;
  /** What the row is after the batch, with undefined values where only the target knows them; null when it is gone. */
  readonly row: Tuple | null;
  /** The key under which the target has the row before the batch, where values are to be taken from there. */
  readonly knownAs: RowKey;
}

/** A relation of the stream, and the table that it is. */
export interface FollowedTable {
  readonly table: MovedTable;
  /** In the order of the stream's rows. */
  readonly columns: readonly string[];
  /** Where the columns of the key stand among them. */
  readonly keyAt: readonly number[];
}

export type PendingTables = ReadonlyMap<FollowedTable, ReadonlyMap<string, PendingRow>>;

export class Batch {
  readonly #tables = new Map<FollowedTable, Map<string, PendingRow>>();
  /** Changes that were added, also those that a later one took back. */
  changes = 0;

  get tables(): PendingTables {
    return this.#tables;
  }

  add(followed: FollowedTable, change: Extract<Message, { kind: 'insert' | 'update' | 'delete' }>): void {
    this.changes += 1;
    const rows = this.#rowsOf(followed);
    if (change.kind === 'delete') remove(rows, keyOf(followed, change.oldKey));
    else if (change.kind === 'insert') put(rows, keyOf(followed, change.row), change.row);
    else update(rows, followed, change);
  }

  #rowsOf(followed: FollowedTable): Map<string, PendingRow> {
    let rows = this.#tables.get(followed);
    if (!rows) {
      rows = new Map();
      this.#tables.set(followed, rows);
    }
    return rows;
  }
}

function update(
  rows: Map<string, PendingRow>,
  followed: FollowedTable,
  { oldKey, row }: Extract<Message, { kind: 'update' }>,
): void {
  const before = keyOf(followed, oldKey ?? row);
  const earlier = rows.get(nameOf(before));
  if (oldKey) remove(rows, before);
  const filled = earlier?.row ? fill(row, earlier.row) : row;
  put(rows, keyOf(followed, row), filled, earlier?.knownAs ?? before);
}

const remove = (rows: Map<string, PendingRow>, key: RowKey) =>
  rows.set(nameOf(key), { key, row: null, knownAs: key });

function put(rows: Map<string, PendingRow>, key: RowKey, row: Tuple, knownAs: RowKey = key): void {
  rows.set(nameOf(key), { key, row, knownAs });
}

/** The row with its undefined values taken from another one, as far as that one has them. */
export const fill = (row: Tuple, from: Tuple): Tuple =>
  row.includes(undefined) ? row.map((value, at) => (value === undefined ? from[at] : value)) : row;

export function keyOf({ keyAt, table }: FollowedTable, row: Tuple): RowKey {
  return keyAt.map((at) => {
    const value: Value = row[at];
    if (!value) throw new Error(`A row of ${table.name} came without its key.`);
    return value;
  });
}

/** Bytes as text, for maps; two keys never share one, since the types of a key's columns have a fixed length or end it. */
export function nameOf(key: RowKey): string {
  let name = '';
  for (const value of key) name += `${value.length}:${value.toString('latin1')}`;
  return name;
}

/** The key that has this name. */
export function keyNamed(name: string): RowKey {
  const key: Buffer[] = [];
  for (let at = 0; at < name.length; ) {
    const from = name.indexOf(':', at) + 1;
    at = from + Number(name.slice(at, from - 1));
    key.push(Buffer.from(name.slice(from, at), 'latin1'));
  }
  return key;
}
