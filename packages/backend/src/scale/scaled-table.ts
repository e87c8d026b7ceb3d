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

export const EMAIL_PREFIX = 'scaled';

/** How many rows of one table a person can have, as a power of two: each person has that many ids. */
const ROWS_OF_PERSON = 64;

/** RFC 9562, section 5.7: time, then what tells ids apart; in the order of people, as appended keys should be. */
const TIME = demonstrationTime(0).getTime().toString(16).padStart(12, '0');
const TIME_GROUPS = `${TIME.slice(0, 8)}-${TIME.slice(8)}`;
const groupOfTable = new Map<string, string>();

function groupOf(table: string): string {
  const known = groupOfTable.get(table);
  if (known !== undefined) return known;
  const group = createHash('sha256').update(table).digest('hex').slice(0, 3);
  groupOfTable.set(table, group);
  return group;
}

export function scaledPerson(tenantId: string, slug: string, number: number): ScaledPerson {
  const digits = String(number + 1).padStart(7, '0');
  const tenant = tenantId.slice(-3);
  return {
    number,
    email: `${EMAIL_PREFIX}${digits}@${slug}.example`,
    displayName: `Scaled player ${digits}`,
    id(table, row = 0) {
      const group = groupOf(table);
      const place = (number * ROWS_OF_PERSON + row).toString(16).padStart(12, '0');
      return `${TIME_GROUPS}-7${group}-8${tenant}-${place}`;
    },
  };
}

/** How COPY reads a point in time of the demonstration's calendar. */
export const timeText = (day: number, minute = 0): string => demonstrationTime(day, minute).toISOString();
