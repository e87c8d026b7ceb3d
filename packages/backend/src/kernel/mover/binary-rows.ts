/**
 * Rows in the binary formats of COPY (PostgreSQL manual, COPY, "Binary Format") and of records. Both hold values as a
 * type's send function gives them.
 */
import type { Tuple } from './tuple.ts';

/** With its header: no flags, nothing further in the header. */
export const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
export const TRAILER = Buffer.from([0xff, 0xff]);

/** A row begins with the number of its values, which is never this one. */
export const isTrailer = (row: Buffer): boolean => row.length === TRAILER.length && row.equals(TRAILER);

/** @param rows  complete ones */
export function encodeRows(rows: readonly Tuple[]): Buffer {
  let size = 0;
  for (const { copyBytes } of rows) size += copyBytes;
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const row of rows) at = row.writeCopy(bytes, at);
  return bytes;
}

/** A row as record_send gives it: the number of values, then the type, the length and the bytes of each. */
export function decodeRecord(bytes: Buffer): (Buffer | null)[] {
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
