/**
 * What a number of committed transactions did to each row, as the one row that they left or as none: the net effect is
 * the same as theirs in commit order, and needs one statement a table. A value that a change left where it was (TOAST)
 * is taken from an earlier change of the batch; failing that, it is still to be taken from the target's row.
 */
import type { MovedTable } from './moved-tables.ts';
import type { Message } from './pgoutput.ts';
import { Tuple } from './tuple.ts';

export interface PendingRow {
  /** What the row is after the batch, with values missing where only the target knows them; null when it is gone. */
  readonly row: Tuple | null;
  /** Name of the key under which the target has the row before the batch, where values are to be taken from there. */
  readonly knownAs: string;
}

/** A relation of the stream, and the table that it is. */
export interface FollowedTable {
  readonly table: MovedTable;
  /** In the order of the stream's rows. */
  readonly columns: readonly string[];
  /** Where the columns of the key stand among them. */
  readonly keyAt: readonly number[];
}

/** By the names of their keys. */
export type PendingRows = ReadonlyMap<string, PendingRow>;

export class Batch {
  readonly #tables = new Map<FollowedTable, Map<string, PendingRow>>();
  /** Changes that were added, also those that a later one took back. */
  changes = 0;

  get tables(): ReadonlyMap<FollowedTable, PendingRows> {
    return this.#tables;
  }

  add(followed: FollowedTable, change: Extract<Message, { kind: 'insert' | 'update' | 'delete' }>): void {
    this.changes += 1;
    const rows = this.#rowsOf(followed);
    if (change.kind === 'update') update(rows, followed, change);
    else if (change.kind === 'insert') put(rows, change.row.nameOf(followed.keyAt), change.row);
    else put(rows, change.oldKey.nameOf(followed.keyAt), null);
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
  { keyAt }: FollowedTable,
  { oldKey, row }: Extract<Message, { kind: 'update' }>,
): void {
  const before = (oldKey ?? row).nameOf(keyAt);
  const earlier = rows.get(before);
  if (oldKey) put(rows, before, null);
  const filled = earlier?.row ? fill(row, earlier.row) : row;
  put(rows, oldKey ? row.nameOf(keyAt) : before, filled, earlier?.knownAs ?? before);
}

function put(rows: Map<string, PendingRow>, name: string, row: Tuple | null, knownAs = name): void {
  rows.set(name, { row, knownAs });
}

/** The row with what is missing in it taken from another one, as far as that one has it. */
export function fill(row: Tuple, from: Tuple): Tuple {
  if (row.isComplete) return row;
  const values = from.values;
  return Tuple.of(row.values.map((value, at) => (value === undefined ? values[at] : value)));
}
