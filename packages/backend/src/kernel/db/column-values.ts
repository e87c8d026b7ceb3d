/**
 * Holds every value on its way into a column, or into a comparison with one, to what the column can keep. Drizzle hands
 * each of them to the column's encoder, so it is here that a value is met whichever statement it is in, and that its place
 * has a name. What the database would refuse is refused with that name; what the driver would change is not sent.
 */
import { getTableColumns } from 'drizzle-orm';
import { PgArray, type PgColumn, PgNumeric, type PgTable } from 'drizzle-orm/pg-core';
import { refuseValue, requireJson, requireText } from '../values/index.ts';

type Requirement = (place: string, value: unknown) => void;

/** PostgreSQL keeps any 128 bits, whatever version they say they are of. */
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** RFC 3339 has four digits for a year, and PostgreSQL reads no more of a time that is written with them. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

const wholeNumber =
  (most: number): Requirement =>
  (place, value) => {
    if (Number.isSafeInteger(value) && Math.abs(value as number) <= most) return;
    throw refuseValue(place, describe(value), `a whole number from -${most} to ${most}`);
  };

const REQUIREMENTS: Readonly<Record<string, Requirement>> = {
  PgText: requireText,
  PgJsonb: requireJson,
  PgInteger: wholeNumber(2 ** 31 - 1),
  PgBigInt53: wholeNumber(Number.MAX_SAFE_INTEGER),
  PgBoolean: (place, value) => {
    if (typeof value !== 'boolean') throw refuseValue(place, describe(value), 'true or false');
  },
  PgUUID: (place, value) => {
    if (typeof value !== 'string' || !UUID.test(value)) throw refuseValue(place, describe(value), 'a UUID');
  },
  PgTimestamp: (place, value) => {
    const time = value instanceof Date ? value.getTime() : Number.NaN;
    if (!(time >= FIRST_MS && time <= LAST_MS))
      throw refuseValue(place, describe(value), 'a time of the years 1 to 9999');
  },
  PgDateString: (place, value) => {
    if (typeof value !== 'string' || !isDay(value))
      throw refuseValue(place, describe(value), 'a day, such as 2026-11-03');
  },
};

/** PostgreSQL would round to the column's scale, and reads NaN, infinity, exponents and other bases too. */
const decimal =
  (scale = MAX_DIGITS): Requirement =>
  (place, value) => {
    const text = typeof value === 'number' ? String(value) : value;
    const [, whole = '', fraction = ''] = (typeof text === 'string' && DECIMAL.exec(text)) || [];
    if (whole === '' || whole.length > MAX_DIGITS || fraction.length > scale)
      throw refuseValue(
        place,
        describe(value),
        `a decimal number with ${scale} digits behind its point at most`,
      );
  };
const DECIMAL = /^-?(\d+)(?:\.(\d+))?$/;
/** More than any score has. */
const MAX_DIGITS = 100;

function isDay(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  return day.getTime() >= FIRST_MS && day.toISOString().startsWith(text);
}

/** What it is, not what it says. */
function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no time' : value.toISOString();
  return typeof value === 'string' ? 'a text that is none' : `a ${typeof value}`;
}

type Encoder = (value: unknown) => unknown;

const held = new WeakMap<object, (value: unknown) => void>();

/** For rows that travel as one JSON text, past the encoders. @throws VALUE_REFUSED */
export function requireFit(column: object, value: unknown): void {
  if (value !== null && value !== undefined) held.get(column)?.(value);
}

/** @param name  of the table, as module.table, the same at every placement */
export function holdToColumns(name: string, table: PgTable): void {
  for (const column of Object.values(getTableColumns(table))) {
    const requirement = requirementOf(column as PgColumn, `${name}.${column.name}`);
    if (!requirement) continue;
    held.set(column, requirement);
    const encode = column.mapToDriverValue.bind(column) as Encoder;
    Object.assign(column, {
      mapToDriverValue(value: unknown) {
        if (value === null || value === undefined) return value;
        requirement(value);
        return encode(value);
      },
    });
  }
}

/** Of all its texts together: the longest lists of ours have some hundred words. */
const MAX_LIST_LENGTH = 4_000_000;

function requireItems(place: string, items: unknown, requireItem: (item: unknown) => void): void {
  if (!Array.isArray(items)) throw refuseValue(place, describe(items), 'a list');
  let length = items.length;
  // A hole is met as undefined here, which no item may be; forEach would leave it out.
  for (const item of items) {
    requireItem(item);
    length += typeof item === 'string' ? item.length : 0;
    if (length > MAX_LIST_LENGTH)
      throw refuseValue(
        place,
        'too long a list',
        `${MAX_LIST_LENGTH.toLocaleString('en')} characters at most`,
      );
  }
}

function requirementOf(column: PgColumn, place: string): ((value: unknown) => void) | undefined {
  if (column instanceof PgArray) {
    const ofItem = requirementOf(column.baseColumn as PgColumn, place);
    return ofItem && ((items) => requireItems(place, items, ofItem));
  }
  const requirement = column instanceof PgNumeric ? decimal(column.scale) : REQUIREMENTS[column.columnType];
  return requirement && ((value) => requirement(place, value));
}
