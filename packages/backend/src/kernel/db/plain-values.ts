/**
 * Drizzle asks every value of a row for its constructor, to tell SQL from values; an object without a prototype, as a parser
 * of queries or a reviver of JSON makes them, has none to ask. It is plain data all the same, and so it is handed on as that.
 */
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { requireList } from '../values/index.ts';

type Row = Readonly<Record<string, unknown>>;

/** The database itself, whose inserts and updates take such objects as values of columns. */
export function takingPlainValues(database: NodePgDatabase): NodePgDatabase {
  const insert = database.insert.bind(database);
  const update = database.update.bind(database);
  return Object.assign(database, {
    insert(table: Parameters<typeof insert>[0]) {
      const builder = insert(table);
      const values = builder.values.bind(builder) as (rows: unknown) => unknown;
      return Object.assign(builder, { values: (rows: unknown) => values(plainRows(rows)) });
    },
    update(table: Parameters<typeof update>[0]) {
      const builder = update(table);
      const set = builder.set.bind(builder) as (row: unknown) => unknown;
      return Object.assign(builder, { set: (row: unknown) => set(plainRow(row as Row)) });
    },
  });
}

/** PostgreSQL takes as many parameters; a statement of more rows would end the program's memory before that. */
const MOST_ROWS = 65_535;

function plainRows(rows: unknown): unknown {
  if (!Array.isArray(rows)) return plainRow(rows as Row);
  requireList('rows of one statement', rows, { least: 1, most: MOST_ROWS });
  return rows.map((row: Row) => plainRow(row));
}

/** The row itself, in nearly every case. */
function plainRow(row: Row): Row {
  const bare = Object.entries(row).filter(([, value]) => isBare(value));
  if (bare.length === 0) return row;
  return { ...row, ...Object.fromEntries(bare.map(([key, value]) => [key, { ...(value as object) }])) };
}

const isBare = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
