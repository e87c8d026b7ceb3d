/**
 * Foreign keys were not checked while rows were copied and applied, so they are afterwards: every row that refers to
 * another one must find it at the target, among the tenant's own or in the reference data. Each row is looked up by its
 * key, since hashing a whole parent for every range of children would cost more.
 */
import type pg from 'pg';
import { moverErrors } from './errors.ts';
import { inRange, type KeyRange } from './key-ranges.ts';
import type { MovedTable } from './moved-tables.ts';
import { prepared } from './prepared.ts';
import { describeKey } from './verify.ts';

export interface ForeignKey {
  /** Which of the tables has it. */
  readonly at: number;
  readonly name: string;
  readonly parent: string;
  readonly columns: readonly string[];
  readonly parentColumns: readonly string[];
}

const FOREIGN_KEYS = `
SELECT at::int - 1 AS at, c.conname AS name, c.confrelid::regclass::text AS parent,
  (SELECT array_agg(quote_ident(attname) ORDER BY place) FROM unnest(c.conkey) WITH ORDINALITY AS u(attnum, place)
   JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = u.attnum) AS columns,
  (SELECT array_agg(quote_ident(attname) ORDER BY place) FROM unnest(c.confkey) WITH ORDINALITY AS u(attnum, place)
   JOIN pg_attribute AS a ON a.attrelid = c.confrelid AND a.attnum = u.attnum) AS "parentColumns"
FROM unnest($1::text[]) WITH ORDINALITY AS t(name, at) JOIN pg_constraint AS c ON c.conrelid = t.name::regclass AND c.contype = 'f'`;

export interface Orphans {
  readonly table: string;
  readonly foreignKey: string;
  readonly rows: number;
  /** Primary key of the first one, as JSON. */
  readonly first: string;
}

/** @returns those of each table, as the target has them */
export async function readForeignKeys(
  target: pg.Client,
  tables: readonly MovedTable[],
): Promise<Map<MovedTable, ForeignKey[]>> {
  const { rows } = await target.query<ForeignKey>(FOREIGN_KEYS, [tables.map((table) => table.target)]);
  return new Map(tables.map((table, at) => [table, rows.filter((key) => key.at === at)]));
}

/** Rows of a range that refer to one that is not there. */
export async function findOrphans(
  target: pg.Client,
  table: MovedTable,
  { name, parent, columns, parentColumns }: ForeignKey,
  range: KeyRange,
): Promise<Orphans[]> {
  const given = columns.map((column) => `t.${column} IS NOT NULL`).join(' AND ');
  const same = columns.map((column, at) => `p.${parentColumns[at]} = t.${column}`).join(' AND ');
  const key = table.key.map((column) => `'${column.name}', t."${column.name}"`).join(', ');
  const { where, values } = inRange(table, range);
  const text = `SELECT count(*)::float8 AS rows, min(json_build_object(${key})::text) AS first FROM ${table.target} AS t
    WHERE ${where} AND ${given} AND NOT EXISTS (SELECT FROM ${parent} AS p WHERE ${same})`;
  const { rows } = await target.query<{ rows: number; first: string | null }>(prepared(text, values));
  return rows.flatMap(({ rows: orphans, first }) =>
    first === null ? [] : [{ table: table.name, foreignKey: name, rows: orphans, first }],
  );
}

/** @throws TENANCY_MOVE_VERIFICATION_FAILED */
export function requireNoOrphans(found: readonly Orphans[]): void {
  if (found.length === 0) return;
  const byKey = new Map<string, Orphans>();
  for (const each of found) {
    const earlier = byKey.get(`${each.table} ${each.foreignKey}`) ?? { ...each, rows: 0 };
    byKey.set(`${each.table} ${each.foreignKey}`, { ...earlier, rows: earlier.rows + each.rows });
  }
  const orphans = [...byKey.values()];
  throw moverErrors.TENANCY_MOVE_VERIFICATION_FAILED({
    found: orphans
      .map(
        ({ table, foreignKey, rows, first }) =>
          `${table}: ${rows} rows break ${foreignKey}, such as ${describeKey(first)}`,
      )
      .join('\n'),
    expected: 'every reference to find its row before the tenant is switched',
    data: { orphans },
  });
}
