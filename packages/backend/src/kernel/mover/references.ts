/**
 * Foreign keys were not checked while rows were copied and applied, so they are afterwards: every row that refers to
 * another one must find it at the target, among the tenant's own or in the reference data.
 */
import type pg from 'pg';
import { moverErrors } from './errors.ts';
import type { MovedTable } from './moved-tables.ts';
import { describeKey } from './verify.ts';

interface ForeignKey {
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

interface Orphans {
  readonly table: string;
  readonly foreignKey: string;
  readonly rows: number;
  /** Primary key of the first one, as JSON. */
  readonly first: string;
}

/**
 * @returns how many foreign keys were looked at
 * @throws TENANCY_MOVE_VERIFICATION_FAILED
 */
export async function verifyReferences(
  lookers: readonly pg.Client[],
  tables: readonly MovedTable[],
  tenantId: string,
): Promise<number> {
  const queue =
    (await lookers[0]?.query<ForeignKey>(FOREIGN_KEYS, [tables.map(({ target }) => target)]))?.rows ?? [];
  const checked = queue.length;
  const found: Orphans[] = [];
  const work = async (looker: pg.Client) => {
    for (let key = queue.shift(); key; key = queue.shift()) {
      const table = tables[key.at];
      if (table) found.push(...(await findOrphans(looker, table, key, tenantId)));
    }
  };
  await Promise.all(lookers.map(work));
  if (found.length === 0) return checked;
  throw moverErrors.TENANCY_MOVE_VERIFICATION_FAILED({
    found: found
      .map(
        ({ table, foreignKey, rows, first }) =>
          `${table}: ${rows} rows break ${foreignKey}, such as ${describeKey(first)}`,
      )
      .join('\n'),
    expected: 'every reference to find its row before the tenant is switched',
    data: { orphans: found },
  });
}

async function findOrphans(
  target: pg.Client,
  table: MovedTable,
  { name, parent, columns, parentColumns }: ForeignKey,
  tenantId: string,
): Promise<Orphans[]> {
  const given = columns.map((column) => `t.${column} IS NOT NULL`).join(' AND ');
  const same = columns.map((column, at) => `p.${parentColumns[at]} = t.${column}`).join(' AND ');
  const key = table.key.map((column) => `'${column.name}', t."${column.name}"`).join(', ');
  const { rows } = await target.query<{ rows: number; first: string | null }>(
    `SELECT count(*)::float8 AS rows, min(json_build_object(${key})::text) AS first FROM ${table.target} AS t
     WHERE t.tenant_id = $1 AND ${given} AND NOT EXISTS (SELECT FROM ${parent} AS p WHERE ${same})`,
    [tenantId],
  );
  return rows.flatMap(({ rows: orphans, first }) =>
    first === null ? [] : [{ table: table.name, foreignKey: name, rows: orphans, first }],
  );
}
