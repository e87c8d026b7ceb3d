/**
 * Holds every value on its way into a column, or into a comparison with one, to what the column can keep. Drizzle hands
 * each of them to the column's encoder, so it is here that a value is met whichever statement it is in, and that its place
 * has a name. What the database would refuse is refused with that name; what the driver would change is not sent.
 */
import { getTableColumns } from 'drizzle-orm';
import { PgArray, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
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

function requirementOf(column: PgColumn, place: string): ((value: unknown) => void) | undefined {
  if (column instanceof PgArray) {
    const ofItem = requirementOf(column.baseColumn as PgColumn, place);
    return ofItem && ((items) => void (items as readonly unknown[]).forEach(ofItem));
  }
  const requirement = REQUIREMENTS[column.columnType];
  return requirement && ((value) => requirement(place, value));
}
