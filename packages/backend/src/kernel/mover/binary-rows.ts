/**
 * Rows in the binary formats of COPY (PostgreSQL manual, COPY, "Binary Format") and of records, and arrays in that of
 * parameters. All of them hold values as a type's send function gives them.
 */
import type { Tuple } from './pgoutput.ts';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);

/** @param rows  each with every value; none is left undefined */
export function encodeRows(rows: readonly Tuple[]): Buffer {
  let size = SIGNATURE.length + TRAILER.length;
  for (const row of rows) {
    size += 2;
    for (const value of row) size += 4 + (value?.length ?? 0);
  }
  const bytes = Buffer.allocUnsafe(size);
  let at = SIGNATURE.copy(bytes);
  for (const row of rows) {
    at = bytes.writeInt16BE(row.length, at);
    for (const value of row) {
      at = bytes.writeInt32BE(value ? value.length : -1, at);
      if (value) at += value.copy(bytes, at);
    }
  }
  TRAILER.copy(bytes, at);
  return bytes;
}

/** A row as record_send gives it: the number of values, then the type, the length and the bytes of each. */
export function decodeRecord(bytes: Buffer): Tuple {
  const row: (Buffer | null)[] = [];
  let at = 4;
  for (let column = bytes.readInt32BE(0); column > 0; column -= 1) {
    const length = bytes.readInt32BE(at + 4);
    at += 8;
    row.push(length < 0 ? null : bytes.subarray(at, at + length));
    at += Math.max(0, length);
  }
  return row;
}

/**
 * An array as a binary parameter (array_recv): dimensions, whether there are nulls, the elements' type; then length and
 * lower bound of the one dimension, and the elements.
 */
export function encodeArray(elementType: number, elements: readonly Buffer[]): Buffer {
  const header = Buffer.allocUnsafe(20);
  header.writeInt32BE(elements.length === 0 ? 0 : 1, 0);
  header.writeInt32BE(0, 4);
  header.writeUInt32BE(elementType, 8);
  if (elements.length === 0) return header.subarray(0, 12);
  header.writeInt32BE(elements.length, 12);
  header.writeInt32BE(1, 16);
  const parts: Buffer[] = [header];
  for (const element of elements) {
    const length = Buffer.allocUnsafe(4);
    length.writeInt32BE(element.length);
    parts.push(length, element);
  }
  return Buffer.concat(parts);
}
