/**
 * The tables of a tenant at the two ends of a move: what each is called there, and what it has in common. Both ends are
 * read from their catalogues; a table that differs between them stops the move before anything is copied.
 */
import type pg from 'pg';
import { placedTable } from '../db/placed-name.ts';
import type { TableMeta } from '../db/table-meta.ts';
import { moverErrors } from './errors.ts';

export interface KeyColumn {
  readonly name: string;
  /** As SQL writes it. */
  readonly type: string;
  readonly typeId: number;
}

export interface MovedTable {
  /** `game.events`, at whatever placement. */
  readonly name: string;
  /** Quoted, with its schema. */
  readonly source: string;
  readonly target: string;
  /** In the order of their names, so that both ends agree on it. */
  readonly columns: readonly string[];
  /** The primary key, in order. */
  readonly key: readonly KeyColumn[];
  /** Its rows are never changed, and leave by a door alone. */
  readonly appendOnly: boolean;
}

interface CatalogueTable {
  readonly oid: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly key: readonly KeyColumn[];
  /** Tables that its foreign keys point to. */
  readonly parents: readonly number[];
}

const READ_TABLES = `
SELECT c.oid::int8::float8 AS oid, format('%I.%I', n.nspname, c.relname) AS name,
  (SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) ORDER BY attname COLLATE "C")
   FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
  (SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod), 'typeId', atttypid::int8) ORDER BY place)
   FROM pg_constraint AS k, unnest(k.conkey) WITH ORDINALITY AS u(attnum, place) JOIN pg_attribute AS a ON a.attnum = u.attnum
   WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attrelid = c.oid) AS key,
  coalesce((SELECT json_agg(confrelid::int8) FROM pg_constraint WHERE conrelid = c.oid AND contype = 'f'), '[]') AS parents
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE (n.nspname, c.relname) IN (SELECT * FROM unnest($1::name[], $2::name[]))`;

/** Where a placement keeps its tables: the module schemas, or one schema for all. */
interface Side {
  readonly client: pg.Client;
  readonly schema: string | null;
}

/**
 * @param tables  every table that belongs to tenants
 * @returns parents before the tables that refer to them
 * @throws TENANCY_MOVE_TABLES_DIFFER
 */
export async function readMovedTables(
  tables: readonly TableMeta[],
  source: Side,
  target: Side,
): Promise<MovedTable[]> {
  const atSource = await readSide(tables, source);
  const atTarget = await readSide(tables, target);
  const inOrder = parentsFirst(atSource);
  const appendOnly = new Set(tables.filter(({ kind }) => kind !== 'tenant').map(nameOf));
  return inOrder.map((name) => {
    const [one, other] = [atSource.get(name), atTarget.get(name)];
    if (!one || !other) throw new Error(`${name} was just read.`);
    const [found, expected] = [describe(other), describe(one)];
    if (found !== expected)
      throw moverErrors.TENANCY_MOVE_TABLES_DIFFER({
        found: `${name} at the target: ${found}`,
        expected: `as at the source: ${expected}`,
      });
    const { columns, key } = one;
    return {
      ...{ name, key, columns: columns.map((column) => column.name) },
      source: one.quoted,
      target: other.quoted,
      appendOnly: appendOnly.has(name),
    };
  });
}

const nameOf = ({ namespace, name }: TableMeta) => `${namespace}.${name}`;

type Found = CatalogueTable & { readonly quoted: string };

async function readSide(tables: readonly TableMeta[], { client, schema }: Side): Promise<Map<string, Found>> {
  const places = tables.map(({ namespace, name }) =>
    schema === null ? { schema: namespace, table: name } : { schema, table: placedTable(namespace, name) },
  );
  const { rows } = await client.query<CatalogueTable & { name: string }>(READ_TABLES, [
    places.map((place) => place.schema),
    places.map((place) => place.table),
  ]);
  const byName = new Map(rows.map((row) => [row.name, row]));
  return new Map(
    tables.map((meta, at) => {
      const name = nameOf(meta);
      const place = places[at];
      const plain = `${place?.schema}.${place?.table}`;
      const row = byName.get(plain);
      if (!row?.key)
        throw moverErrors.TENANCY_MOVE_TABLES_DIFFER({ found: `no table ${plain}`, expected: name });
      return [name, { ...row, quoted: `"${place?.schema}"."${place?.table}"` }];
    }),
  );
}

const describe = ({ columns, key }: CatalogueTable): string =>
  `${columns.map(({ name, type }) => `${name} ${type}`).join(', ')}; key ${key.map(({ name }) => name).join(', ')}`;

/** Names of tables, each behind those that it refers to, as far as they do not refer to one another in a circle. */
function parentsFirst(tables: ReadonlyMap<string, Found>): string[] {
  const nameOfId = new Map([...tables].map(([name, { oid }]) => [oid, name]));
  const ordered = new Set<string>();
  const visit = (name: string, above: ReadonlySet<string>) => {
    if (ordered.has(name) || above.has(name)) return;
    for (const parent of tables.get(name)?.parents ?? []) {
      const parentName = nameOfId.get(parent);
      if (parentName) visit(parentName, new Set([...above, name]));
    }
    ordered.add(name);
  };
  for (const name of tables.keys()) visit(name, new Set());
  return [...ordered];
}

export const namesOf = (columns: readonly string[], alias?: string): string =>
  columns.map((name) => (alias ? `${alias}."${name}"` : `"${name}"`)).join(', ');

/**
 * Keys as a table `k` to join with, and the condition of the join: one array a column of the key, as parameters. `k.at` is
 * a key's place among them, from 1.
 *
 * @param first  number of the first parameter
 */
export function keyJoin({ key }: MovedTable, alias: string, first = 1): { from: string; on: string } {
  const arrays = key.map(({ type }, at) => `$${first + at}::${type}[]`);
  const names = key.map(({ name }) => name);
  return {
    from: `unnest(${arrays.join(', ')}) WITH ORDINALITY AS k(${namesOf(names)}, at)`,
    on: names.map((name) => `${alias}."${name}" = k."${name}"`).join(' AND '),
  };
}
