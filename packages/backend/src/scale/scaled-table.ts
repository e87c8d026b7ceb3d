/**
 * The people that multiply a demonstration tenant, and how a table gets its rows from them. Everything about a person
 * follows from their number, so a history can be continued wherever it was left.
 */
import { createHash } from 'node:crypto';
import type { CopiedValue } from '../kernel/db/index.ts';
import { demonstrationTime } from '../kernel/demonstration.ts';
import type { KnownRows } from './known-rows.ts';

export interface ScaledPerson {
  /** From 0, within the tenant. */
  readonly number: number;
  /** After every `player…` in the order of addresses, so that the first people of a tenant stay the first. */
  readonly email: string;
  readonly displayName: string;
  /** Id of one of the person's rows: of which table, and which of the person's rows in it. */
  id(table: string, row?: number): string;
}

/** What a table gets of each person. */
export interface ScaledTable {
  /** `schema.table`. */
  readonly name: string;
  /** SQL names, without `tenant_id`, which every row begins with. */
  readonly columns: readonly string[];
  readonly rowsOf: (person: ScaledPerson, known: KnownRows) => readonly (readonly CopiedValue[])[];
}

/**
 * Where the rows of a table go.
 *
 * @param columns  SQL names, in the order of each row's values
 * @param lines    in the text format of COPY
 * @param rows     how many rows there were; asked when all lines are written
 */
export type TableWriter = (
  table: string,
  columns: readonly string[],
  lines: Iterable<string>,
  rows: () => number,
) => Promise<void>;

export const EMAIL_PREFIX = 'scaled';

/** How many rows of one table a person can have, as a power of two: each person has that many ids. */
const ROWS_OF_PERSON = 64;

/** RFC 9562, section 5.7: time, then what tells ids apart; in the order of people, as appended keys should be. */
const TIME = demonstrationTime(0).getTime().toString(16).padStart(12, '0');
const TIME_GROUPS = `${TIME.slice(0, 8)}-${TIME.slice(8)}`;
const groups = new Map<string, string>();

/** A condition in SQL: rows that were not made by multiplying. No other id was made in that millisecond. */
export const IS_SEEDED = `id NOT BETWEEN '${TIME_GROUPS}-0000-0000-000000000000' AND '${TIME_GROUPS}-ffff-ffff-ffffffffffff'`;

const MOST_ROWS = 2 ** 48;

/**
 * The id of a row that multiplies something.
 *
 * @param what   the table, or another word for what is numbered
 * @param place  from 0, within the tenant
 */
export function idOf(what: string, tenantId: string, place: number): string {
  if (place >= MOST_ROWS) throw new RangeError(`No id is left for ${what} ${place}.`);
  return `${TIME_GROUPS}-7${groupOf(what)}-8${tenantId.slice(-3)}-${place.toString(16).padStart(12, '0')}`;
}

function groupOf(what: string): string {
  const known = groups.get(what);
  if (known !== undefined) return known;
  const group = createHash('sha256').update(what).digest('hex').slice(0, 3);
  groups.set(what, group);
  return group;
}

export function scaledPerson(tenantId: string, slug: string, number: number): ScaledPerson {
  const digits = String(number + 1).padStart(7, '0');
  return {
    number,
    email: `${EMAIL_PREFIX}${digits}@${slug}.example`,
    displayName: `Scaled player ${digits}`,
    id: (table, row = 0) => idOf(table, tenantId, number * ROWS_OF_PERSON + row),
  };
}

const timeTexts = new Map<number, string>();
/** A year of minutes: more are not in the calendar, and a map of them is small beside the rows. */
const MOST_TIMES = 600_000;

/** How COPY reads a point in time of the demonstration's calendar. */
export function timeText(day: number, minute = 0): string {
  const key = day * 1_440 + minute;
  const known = timeTexts.get(key);
  if (known !== undefined) return known;
  const text = demonstrationTime(day, minute).toISOString();
  if (timeTexts.size < MOST_TIMES) timeTexts.set(key, text);
  return text;
}
