/**
 * The tables that belong to tenants, as the live catalogue knows them: a new table is attacked without being named in
 * any test. `public` is left out, since what it holds belongs to no tenant.
 */
import type pg from 'pg';

/** Of `schema.table`, the table. */
export const nameAlone = (name: string): string => name.slice(name.indexOf('.') + 1);

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  readonly computed: boolean;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
  /** Whether the target is a tenant's table too. */
  readonly ofTenant: boolean;
}

export interface UniqueKey {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface Check {
  readonly name: string;
  readonly columns: readonly string[];
  readonly definition: string;
}

export interface TenantTable {
  /** Qualified, and quoted where it must be. */
  readonly name: string;
  /** What its comment says after `@kind`. */
  readonly kind: string | null;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly checks: readonly Check[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly partitions: readonly string[];
  /** Names of its constraints and unique indexes, and of the keys that refer to it. */
  readonly constraints: readonly string[];
  /** Those that two rows can differ by: their names and columns. */
  readonly uniqueKeys: readonly UniqueKey[];
  /** What PostgreSQL believes that it holds; 0 where nobody has counted. */
  readonly estimatedRows: number;
  /** What the application may do with it there, at least in some columns. */
  readonly granted: readonly string[];
  /** The first column that the application may update; `tenant_id` where it may update none. */
  readonly updatable: string;
}

/** Where tenants' tables are, and what the application works as there. */
export interface Place {
  /** Null for the module schemas. */
  readonly schema: string | null;
  readonly role: string;
}

export const MODULE_SCHEMAS: Place = { schema: null, role: 'dmz_app' };

/** In an order in which rows can be made: referenced tables first. */
export async function readTenantTables(
  admin: pg.Client,
  { schema, role }: Place = MODULE_SCHEMAS,
): Promise<TenantTable[]> {
  const { rows } = await admin.query<TenantTable>(TENANT_TABLES, [schema, role]);
  return sortByReference(rows);
}

export async function tenantIdOf(admin: pg.Client, slug: string): Promise<string> {
  const { rows } = await admin.query('SELECT id FROM public.tenants WHERE slug = $1', [slug]);
  return rows[0].id;
}

/** A reference of a table to itself, or around a circle, does not hold a table back. */
function sortByReference(tables: readonly TenantTable[]): TenantTable[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const sorted: TenantTable[] = [];
  while (left.size > 0) {
    const waits = ({ name, foreignKeys }: TenantTable) =>
      foreignKeys.some(({ target }) => target !== name && left.has(target));
    const ready = [...left.values()].filter((table) => !waits(table));
    for (const table of ready.length > 0 ? ready : [...left.values()].slice(0, 1)) {
      sorted.push(table);
      left.delete(table.name);
    }
  }
  return sorted;
}

const names = (keys: string, relation: string) =>
  `(SELECT coalesce(json_agg(attname ORDER BY place), '[]') FROM unnest(${keys}) WITH ORDINALITY AS k(number, place)
    JOIN pg_attribute ON attrelid = ${relation} AND attnum = k.number)`;

const BELONGS_TO_TENANT = (relation: string) =>
  `EXISTS (SELECT FROM pg_attribute JOIN pg_class AS owning ON owning.oid = attrelid
    WHERE attrelid = ${relation} AND attname = 'tenant_id' AND NOT attisdropped
      AND relnamespace NOT IN ('public'::regnamespace, 'pg_catalog'::regnamespace, 'information_schema'::regnamespace))`;

const TENANT_TABLES = `
SELECT t.oid::regclass::text AS name,
  substring(obj_description(t.oid, 'pg_class') FROM '@kind (\\S+)') AS kind,
  (SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod),
      'nullable', NOT attnotnull, 'hasDefault', atthasdef AND attgenerated = '',
      'computed', attgenerated <> '' OR attidentity <> '') ORDER BY attnum)
    FROM pg_attribute WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped) AS columns,
  coalesce((SELECT ${names('conkey', 't.oid')} FROM pg_constraint WHERE conrelid = t.oid AND contype = 'p'), '[]') AS "primaryKey",
  (SELECT coalesce(json_agg(json_build_object('name', conname, 'columns', ${names('conkey', 't.oid')},
      'definition', pg_get_constraintdef(c.oid))), '[]')
    FROM pg_constraint AS c WHERE conrelid = t.oid AND contype = 'c') AS checks,
  (SELECT coalesce(json_agg(json_build_object('name', conname, 'columns', ${names('conkey', 't.oid')},
      'target', confrelid::regclass::text, 'targetColumns', ${names('confkey', 'confrelid')},
      'ofTenant', ${BELONGS_TO_TENANT('confrelid')}) ORDER BY conname), '[]')
    FROM pg_constraint WHERE conrelid = t.oid AND contype = 'f') AS "foreignKeys",
  (SELECT coalesce(json_agg(name), '[]') FROM (
    SELECT conname AS name FROM pg_constraint WHERE t.oid IN (conrelid, confrelid)
    UNION SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = t.oid AND indisunique
    UNION SELECT relname FROM pg_index JOIN pg_class AS i ON i.oid = indexrelid WHERE indrelid = t.oid AND indisunique)) AS constraints,
  (SELECT coalesce(json_agg(json_build_object('name', relname, 'columns', ${names('indkey::int2[]', 't.oid')})), '[]')
    FROM pg_index JOIN pg_class AS i ON i.oid = indexrelid WHERE indrelid = t.oid AND indisunique) AS "uniqueKeys",
  (SELECT coalesce(json_agg(relid::text ORDER BY relid::text), '[]')
    FROM pg_partition_tree(t.oid) WHERE relid <> t.oid) AS partitions,
  (SELECT sum(greatest(reltuples, 0))::float8 FROM pg_class WHERE oid IN (SELECT relid FROM pg_partition_tree(t.oid) UNION SELECT t.oid)) AS "estimatedRows",
  (SELECT coalesce(json_agg(privilege), '[]') FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege
    WHERE CASE privilege WHEN 'DELETE' THEN has_table_privilege($2, t.oid, privilege)
      ELSE has_any_column_privilege($2, t.oid, privilege) END) AS granted,
  coalesce((SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped
    AND has_column_privilege($2, t.oid, attnum, 'UPDATE') ORDER BY attnum LIMIT 1), 'tenant_id') AS updatable
FROM pg_class AS t
WHERE t.relkind IN ('r', 'p') AND NOT t.relispartition AND ${BELONGS_TO_TENANT('t.oid')}
  AND CASE WHEN $1::text IS NULL THEN t.relnamespace::regnamespace::text NOT LIKE 'tenant\\_%' ELSE t.relnamespace::regnamespace::text = $1 END
ORDER BY 1`;
