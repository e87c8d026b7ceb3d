/**
 * Values and arrays in PostgreSQL's binary format, as parameters. The server takes them as they are: nothing is quoted here
 * and parsed there.
 */

/** Types by their OIDs, which are the same in every PostgreSQL (pg_type.dat). */
const typeIds = {
  bigint: 20,
  integer: 23,
  text: 25,
  timestamptz: 1184,
  uuid: 2950,
  jsonb: 3802,
} as const;

/** 2000-01-01, from which PostgreSQL counts time, in Unix ms. */
const EPOCH_MS = 946_684_800_000;
const JSONB_VERSION = '\x01';

/** Each gives what the receive function of the type of the same name takes. */
export const binary = {
  bigint(value: number): Buffer {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeInt32BE(Math.floor(value / 2 ** 32), 0);
    bytes.writeUInt32BE(value >>> 0, 4);
    return bytes;
  },
  integer(value: number): Buffer {
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeInt32BE(value);
    return bytes;
  },
  text: (value: string): Buffer => Buffer.from(value),
  timestamptz(value: Date): Buffer {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeBigInt64BE(BigInt(value.getTime() - EPOCH_MS) * 1_000n);
    return bytes;
  },
  /** @throws TypeError when the text is no UUID of hexadecimal digits and dashes */
  uuid(value: string): Buffer {
    const digits = value.replaceAll('-', '');
    const bytes = Buffer.from(digits, 'hex');
    if (digits.length !== 32 || bytes.length !== 16) throw new TypeError(`not a UUID: ${value.slice(0, 80)}`);
    return bytes;
  },
  /** @param json  the text of the value */
  jsonb: (json: string): Buffer => Buffer.from(JSONB_VERSION + json),
} as const satisfies Record<keyof typeof typeIds, (value: never) => Buffer>;

const HEADER = 12;
const DIMENSION = 8;

/**
 * An array of one dimension (array_recv): number of dimensions, whether there are nulls, the elements' type; length and
 * lower bound of the dimension; then each element behind its length.
 */
export function encodeArray(elementType: number, elements: readonly (Buffer | null)[]): Buffer {
  let size = HEADER + DIMENSION;
  for (const element of elements) size += 4 + (element?.length ?? 0);
  const bytes = Buffer.allocUnsafe(elements.length === 0 ? HEADER : size);
  bytes.writeInt32BE(elements.length === 0 ? 0 : 1, 0);
  bytes.writeInt32BE(elements.includes(null) ? 1 : 0, 4);
  bytes.writeUInt32BE(elementType, 8);
  if (elements.length === 0) return bytes;
  bytes.writeInt32BE(elements.length, HEADER);
  bytes.writeInt32BE(1, HEADER + 4);
  let at = HEADER + DIMENSION;
  for (const element of elements) {
    at = bytes.writeInt32BE(element ? element.length : -1, at);
    if (element) at += element.copy(bytes, at);
  }
  return bytes;
}

/** A value for each column; null where there is none. */
export type BinaryRow = readonly (Buffer | null)[];

/** An array for each column of the rows. */
export const encodeColumns = (
  types: readonly (keyof typeof typeIds)[],
  rows: readonly BinaryRow[],
): Buffer[] =>
  types.map((type, at) =>
    encodeArray(
      typeIds[type],
      rows.map((row) => row[at] ?? null),
    ),
  );
