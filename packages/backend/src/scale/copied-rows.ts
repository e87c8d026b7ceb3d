/**
 * Rows of the database as a stencil: what they say stays, and whatever must be another in each copy is a gap: the ids
 * of the rows, wherever they are referred to, and what the caller names besides. So a copy agrees with itself as its
 * original does, whatever columns the tables have.
 */
import { copyText } from '../kernel/db/index.ts';
import type { Administrator } from './known-rows.ts';

/** What rows are copied, in the order of their references. */
export interface CopiedTable {
  /** `schema.table`. */
  readonly name: string;
  /** Which rows; `$1` is the tenant's id, further numbers are the caller's. */
  readonly where: string;
  /** Columns that no two copies may agree in, beside ids. */
  readonly distinct?: readonly string[];
}

/** A value that is another in each copy: an id, a time in milliseconds, or the text that makes names distinct. */
export type Gap =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'suffix' };

/** The rows of one table: `texts[0]`, a gap, `texts[1]` and so on, which together are lines of COPY. */
export interface Block {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly texts: readonly string[];
  readonly gaps: readonly number[];
}

export interface Stencil {
  readonly gaps: readonly Gap[];
  readonly blocks: readonly Block[];
  /** The rows as they were read, by table, as text. */
  readonly originals: ReadonlyMap<string, readonly Readonly<Record<string, string | null>>[]>;
}

interface Column {
  readonly name: string;
  readonly type: string;
}

/** `created_at` and `updated_at` are left to the database, which says when the copy was made. */
const COLUMNS = `
  SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
  WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    AND attname NOT IN ('created_at', 'updated_at') ORDER BY attnum`;

const TIMESTAMP = 'timestamp with time zone';

export interface Copying {
  readonly tables: readonly CopiedTable[];
  /** Ids of rows that are not copied, but are others in each copy all the same. */
  readonly alsoIds?: readonly string[];
  /** Whether points in time are gaps. */
  readonly times: boolean;
}

/** @param parameters  of the conditions; the first is the tenant's id */
export async function readStencil(
  admin: Administrator,
  parameters: readonly string[],
  { tables, alsoIds = [], times }: Copying,
): Promise<Stencil> {
  const read = [];
  for (const table of tables) {
    const { rows: columns } = await admin.query<Column>(COLUMNS, [table.name]);
    const selected = columns.map(({ name, type }) =>
      type === TIMESTAMP
        ? `(extract(epoch FROM "${name}") * 1000)::bigint::text AS "${name}"`
        : `"${name}"::text AS "${name}"`,
    );
    const { rows } = await admin.query<Record<string, string | null>>(
      `SELECT ${selected.join(', ')} FROM ${table.name} WHERE tenant_id = $1 AND ${table.where} ORDER BY ${table.name}.id`,
      [...parameters],
    );
    read.push({ table, columns, rows });
  }
  const ids = new Set([...alsoIds, ...read.flatMap(({ rows }) => rows.flatMap(({ id }) => id ?? []))]);
  const gaps = new Gaps();
  const blocks = read
    .filter(({ rows }) => rows.length > 0)
    .map(({ table, columns, rows }) => blockOf(table, columns, rows, { ids, times, gaps }));
  return { gaps: gaps.all, blocks, originals: new Map(read.map(({ table, rows }) => [table.name, rows])) };
}

class Gaps {
  readonly all: Gap[] = [];
  readonly #known = new Map<string, number>();

  placeOf(gap: Gap): number {
    const key = JSON.stringify(gap);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.all.length);
    return this.all.push(gap) - 1;
  }
}

interface Rules {
  readonly ids: ReadonlySet<string>;
  readonly times: boolean;
  readonly gaps: Gaps;
}

function blockOf(
  { name, distinct = [] }: CopiedTable,
  columns: readonly Column[],
  rows: readonly Readonly<Record<string, string | null>>[],
  { ids, times, gaps }: Rules,
): Block {
  const texts = [''];
  const places: number[] = [];
  const write = (text: string) => {
    texts[texts.length - 1] += text;
  };
  const leave = (gap: Gap) => {
    places.push(gaps.placeOf(gap));
    texts.push('');
  };
  for (const row of rows) {
    columns.forEach((column, at) => {
      if (at > 0) write('\t');
      const value = row[column.name] ?? null;
      if (value === null) write(copyText(null));
      else if (column.type === 'uuid' && ids.has(value)) leave({ kind: 'id', id: value });
      else if (column.type === TIMESTAMP && times) leave({ kind: 'time', ms: Number(value) });
      else write(copyText(column.type === TIMESTAMP ? new Date(Number(value)).toISOString() : value));
      if (distinct.includes(column.name) && value !== null) leave({ kind: 'suffix' });
    });
    write('\n');
  }
  return {
    table: name,
    columns: columns.map((column) => column.name),
    rows: rows.length,
    texts,
    gaps: places,
  };
}

/** @param values  of the stencil's gaps, in their order */
export function fillBlock({ texts, gaps }: Block, values: readonly string[]): string {
  let filled = texts[0] ?? '';
  for (let at = 0; at < gaps.length; at++) filled += (values[gaps[at] ?? 0] ?? '') + (texts[at + 1] ?? '');
  return filled;
}
