/**
 * Arrays in PostgreSQL's binary format, as parameters. The server takes the values as they are: nothing is quoted here and
 * parsed there, and a column of any length is one buffer.
 */

import { refuseValue, requireText } from '../values/index.ts';

interface BinaryType<Value> {
  /** The type's OID, which is the same in every PostgreSQL (pg_type.dat). */
  readonly id: number;
  /** Of a value, in bytes. */
  readonly sizeOf: (value: Value) => number;
  /** Writes what the type's receive function takes. */
  readonly write: (bytes: Buffer, value: Value, at: number) => void;
}

/** 2000-01-01, from which PostgreSQL counts time, in Unix ms. */
const EPOCH_MS = 946_684_800_000;
const JSONB_VERSION = 1;

function writeInt64(bytes: Buffer, value: number, at: number): void {
  if (!Number.isSafeInteger(value)) throw refuseValue('a bigint', String(value), 'a safe integer');
  bytes.writeInt32BE(Math.floor(value / 2 ** 32), at);
  bytes.writeUInt32BE(value >>> 0, at + 4);
}

const bigint: BinaryType<number> = { id: 20, sizeOf: () => 8, write: writeInt64 };

const integer: BinaryType<number> = {
  id: 23,
  sizeOf: () => 4,
  write(bytes, value, at) {
    if (typeof value !== 'number' || (value | 0) !== value)
      throw refuseValue('an integer', String(value), 'a whole number of 32 bits');
    bytes.writeInt32BE(value, at);
  },
};

const text: BinaryType<string> = {
  id: 25,
  sizeOf(value) {
    requireText('a text', value);
    return Buffer.byteLength(value);
  },
  write: (bytes, value, at) => bytes.write(value, at),
};

const timestamptz: BinaryType<Date> = {
  id: 1184,
  sizeOf: () => 8,
  write(bytes, value, at) {
    const time = value instanceof Date ? value.getTime() : Number.NaN;
    if (Number.isNaN(time)) throw refuseValue('a time', 'no time', 'a time');
    bytes.writeBigInt64BE(BigInt(time - EPOCH_MS) * 1_000n, at);
  },
};

const uuid: BinaryType<string> = {
  id: 2950,
  sizeOf: () => 16,
  write(bytes, value, at) {
    const digits = typeof value === 'string' ? value.replaceAll('-', '') : '';
    if (digits.length !== 32 || bytes.write(digits, at, 'hex') !== 16)
      throw refuseValue('an id', 'a text that is none', 'a UUID');
  },
};

/** Given as its JSON text. */
const jsonb: BinaryType<string> = {
  id: 3802,
  sizeOf: (json) => 1 + Buffer.byteLength(json),
  write(bytes, json, at) {
    bytes.writeUInt8(JSONB_VERSION, at);
    bytes.write(json, at + 1);
  },
};

const types = { bigint, integer, text, timestamptz, uuid, jsonb };

type BinaryTypeName = keyof typeof types;
type ValueOf<Name extends BinaryTypeName> =
  (typeof types)[Name] extends BinaryType<infer Value> ? Value | null : never;
/** A value for each of the types. */
export type BinaryRow<Names extends readonly BinaryTypeName[]> = {
  readonly [At in keyof Names]: ValueOf<Names[At]>;
};

/**
 * An array for each column of the rows.
 *
 * @throws VALUE_REFUSED  when a value is none of its type
 */
export const encodeColumns = <const Names extends readonly BinaryTypeName[]>(
  names: Names,
  rows: readonly BinaryRow<Names>[],
): Buffer[] =>
  names.map((name, at) =>
    encodeArray(
      types[name] as BinaryType<unknown>,
      rows.map((row) => row[at]),
    ),
  );

/** An array of values that are in the binary format already. */
export const encodeEncoded = (typeId: number, values: readonly Buffer[]): Buffer =>
  encodeArray<Buffer>({ id: typeId, sizeOf: ({ length }) => length, write: copyTo }, values);

function copyTo(bytes: Buffer, value: Buffer, at: number): void {
  value.copy(bytes, at);
}

const HEADER = 12;
const DIMENSION = 8;

/**
 * An array of one dimension (array_recv): number of dimensions, whether there are nulls, the elements' type; length and
 * lower bound of the dimension; then each element behind its length.
 */
function encodeArray<Value>(
  { id, sizeOf, write }: BinaryType<Value>,
  values: readonly (Value | null)[],
): Buffer {
  // The same value again and again, such as the session of many events, is written once and copied.
  const sizes: number[] = [];
  let size = HEADER + DIMENSION;
  values.forEach((value, which) => {
    const again = which > 0 && value === values[which - 1];
    const length = again ? (sizes[which - 1] ?? 0) : value === null ? 0 : sizeOf(value);
    sizes.push(length);
    size += 4 + length;
  });
  const bytes = Buffer.allocUnsafe(values.length === 0 ? HEADER : size);
  bytes.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  bytes.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  bytes.writeUInt32BE(id, 8);
  if (values.length === 0) return bytes;
  bytes.writeInt32BE(values.length, HEADER);
  bytes.writeInt32BE(1, HEADER + 4);
  let at = HEADER + DIMENSION;
  values.forEach((value, which) => {
    const length = sizes[which] ?? 0;
    const start = bytes.writeInt32BE(value === null ? -1 : length, at);
    if (which > 0 && value === values[which - 1]) bytes.copyWithin(start, at - length, at);
    else if (value !== null) write(bytes, value, start);
    at = start + length;
  });
  return bytes;
}
