/**
 * A row as pgoutput sends it (PostgreSQL manual, 54.9, TupleData): the number of its values, and for each a byte that says
 * what it is, its length and its bytes. It stays in the message that it came in: all that is asked of nearly every row is
 * its key, and to be written as COPY takes it, which is the same without those bytes. Made into a buffer for each value,
 * rows took the program longer to read than the target to write.
 */

/** A value as the type's send function gave it; null for NULL, undefined for one that the change left where it was (TOAST). */
export type Value = Buffer | null | undefined;

const NULL = 0x6e; // n
const UNCHANGED = 0x75; // u
const BINARY = 0x62; // b

/** Of a key's values, each behind its length. */
const scratch = Buffer.allocUnsafe(1_024);
/** Values below this are copied by a loop: calling into the runtime takes as long as some fifty bytes do. */
const SHORT_BYTES = 48;

export class Tuple {
  readonly #bytes: Buffer;
  readonly #at: number;
  /** Behind its last byte. */
  readonly end: number;
  /** Whether all values are in it, none left where it was. */
  readonly isComplete: boolean;
  /** As COPY takes it. */
  readonly copyBytes: number;

  /** @param at  where it begins in the message */
  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
    const columns = shortAt(bytes, at);
    let end = at + 2;
    let nulls = 0;
    let unchanged = 0;
    for (let column = 0; column < columns; column += 1) {
      const kind = bytes[end];
      end += 1;
      if (kind === NULL) nulls += 1;
      else if (kind === UNCHANGED) unchanged += 1;
      else end += 4 + intAt(bytes, end);
    }
    this.end = end;
    this.isComplete = unchanged === 0;
    this.copyBytes = end - at - columns + 4 * nulls;
  }

  static of(values: readonly Value[]): Tuple {
    const parts = values.map((value) => {
      if (!value) return Buffer.from([value === null ? NULL : UNCHANGED]);
      const head = Buffer.alloc(5, BINARY);
      head.writeInt32BE(value.length, 1);
      return Buffer.concat([head, value]);
    });
    const count = Buffer.alloc(2);
    count.writeInt16BE(values.length);
    return new Tuple(Buffer.concat([count, ...parts]), 0);
  }

  get values(): Value[] {
    const bytes = this.#bytes;
    let at = this.#at + 2;
    return Array.from({ length: shortAt(bytes, this.#at) }, () => {
      const kind = bytes[at];
      at += 1;
      if (kind === NULL) return null;
      if (kind === UNCHANGED) return undefined;
      const length = intAt(bytes, at);
      at += 4 + length;
      return bytes.subarray(at - length, at);
    });
  }

  /**
   * Some of its values as text, for maps: each behind its length, so that two keys never share a name.
   *
   * @param columns  where they stand
   */
  nameOf(columns: readonly number[]): string {
    let size = 0;
    for (const column of columns) {
      const at = this.#valueAt(column);
      const length = 4 + intAt(this.#bytes, at);
      copyShort(this.#bytes, at, scratch, size, length);
      size += length;
    }
    return scratch.toString('latin1', 0, size);
  }

  /** Writes it as COPY takes it. @returns where the next one goes */
  writeCopy(target: Buffer, at: number): number {
    const bytes = this.#bytes;
    const columns = shortAt(bytes, this.#at);
    let to = target.writeInt16BE(columns, at);
    let from = this.#at + 2;
    for (let column = 0; column < columns; column += 1) {
      const kind = bytes[from];
      from += 1;
      if (kind === NULL) {
        to = target.writeInt32BE(-1, to);
        continue;
      }
      const length = 4 + intAt(bytes, from);
      if (length > SHORT_BYTES) bytes.copy(target, to, from, from + length);
      else copyShort(bytes, from, target, to, length);
      from += length;
      to += length;
    }
    return to;
  }

  /** Where the length of a value stands. */
  #valueAt(column: number): number {
    const bytes = this.#bytes;
    let at = this.#at + 2;
    for (let before = 0; before < column; before += 1) {
      const kind = bytes[at];
      at += kind === NULL || kind === UNCHANGED ? 1 : 5 + intAt(bytes, at + 1);
    }
    if (bytes[at] === NULL || bytes[at] === UNCHANGED) throw new Error('A row came without its key.');
    return at + 1;
  }
}

/** The values of a key that has this name. */
export function keyNamed(name: string): Buffer[] {
  const bytes = Buffer.from(name, 'latin1');
  const key: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = intAt(bytes, at);
    at += 4 + length;
    key.push(bytes.subarray(at - length, at));
  }
  return key;
}

function copyShort(from: Buffer, at: number, to: Buffer, start: number, length: number): void {
  for (let byte = 0; byte < length; byte += 1) to[start + byte] = from[at + byte] ?? 0;
}

const shortAt = (bytes: Buffer, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

const intAt = (bytes: Buffer, at: number): number =>
  ((bytes[at] ?? 0) << 24) |
  ((bytes[at + 1] ?? 0) << 16) |
  ((bytes[at + 2] ?? 0) << 8) |
  (bytes[at + 3] ?? 0);
