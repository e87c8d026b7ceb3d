/**
 * Tenant-first keys. A foreign key check bypasses row-level security, so only a key that contains `tenant_id` keeps
 * one tenant from pointing into another; and moves and sharding go by the first column of the key.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

const FIRST_COLUMN_IS_TENANT = (table: string, number: string) =>
  `EXISTS (SELECT FROM pg_attribute WHERE attrelid = ${table} AND attnum = ${number} AND attname = 'tenant_id')`;

const REMEDY = 'make the table with a constructor of defineModule, which adds what its kind has';

export const tenantTableRules: readonly CatalogueRule[] = [
  {
    name: 'tenant-id-column',
    remedy: REMEDY,
    sql: `
SELECT object, 'tenant_id uuid NOT NULL is missing' AS detail FROM of_tenants AS t
WHERE NOT EXISTS (SELECT FROM columns AS c WHERE c.table_oid = t.oid AND c.name = 'tenant_id' AND c.type = 'uuid' AND c.required)`,
  },
  {
    name: 'id-column',
    remedy: REMEDY,
    sql: `
SELECT object, 'id uuid NOT NULL DEFAULT uuidv7() is missing' AS detail FROM of_tenants AS t
WHERE NOT EXISTS (SELECT FROM columns AS c WHERE c.table_oid = t.oid AND c.name = 'id' AND c.type = 'uuid' AND c.required
  AND c.default_value = 'uuidv7()')`,
  },
  {
    name: 'primary-key',
    remedy: REMEDY,
    sql: `
SELECT t.object, 'the primary key is ' || coalesce('(' || key.columns || ')', 'missing') || ', not '
  || CASE kind WHEN 'partitioned_log' THEN '(tenant_id, …, time)' ELSE '(tenant_id, id)' END AS detail
FROM of_tenants AS t LEFT JOIN LATERAL (
  SELECT string_agg(a.attname, ', ' ORDER BY position) AS columns
  FROM pg_constraint AS k, unnest(k.conkey) WITH ORDINALITY AS c (number, position)
  JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = c.number
  WHERE k.conrelid = t.oid AND k.contype = 'p'
) AS key ON true
WHERE CASE kind WHEN 'partitioned_log' THEN coalesce(key.columns, '') NOT LIKE 'tenant_id, %'
  ELSE key.columns IS DISTINCT FROM 'tenant_id, id' END`,
  },
  {
    name: 'unique-key-begins-with-tenant',
    remedy: 'declare the key by the option `unique`, which puts tenant_id in front',
    sql: `
SELECT t.object, 'the unique index ' || i.indexrelid::regclass || ' does not begin with tenant_id' AS detail
FROM of_tenants AS t JOIN pg_index AS i ON i.indrelid = t.oid
WHERE (i.indisunique OR i.indisexclusion) AND NOT ${FIRST_COLUMN_IS_TENANT('t.oid', 'i.indkey[0]')}`,
  },
  {
    name: 'foreign-key-begins-with-tenant',
    remedy: 'declare the reference by `to(…)`, which puts tenant_id in front',
    sql: `
SELECT t.object, 'the foreign key ' || k.conname || ' does not begin with tenant_id on both sides' AS detail
FROM of_tenants AS t JOIN pg_constraint AS k ON k.conrelid = t.oid AND k.contype = 'f' JOIN of_tenants AS target ON target.oid = k.confrelid
WHERE NOT (${FIRST_COLUMN_IS_TENANT('k.conrelid', 'k.conkey[1]')} AND ${FIRST_COLUMN_IS_TENANT('k.confrelid', 'k.confkey[1]')})`,
  },
  {
    name: 'platform-table-points-at-no-tenant-row',
    remedy: 'drop the foreign key: a row that belongs to no tenant must not depend on one that does',
    sql: `
SELECT t.object, 'the foreign key ' || k.conname || ' points at ' || target.object AS detail
FROM tables AS t JOIN pg_constraint AS k ON k.conrelid = t.oid AND k.contype = 'f' JOIN of_tenants AS target ON target.oid = k.confrelid
WHERE t.kind IN ('reference', 'control')`,
  },
  {
    name: 'row-times',
    remedy: REMEDY,
    sql: `
SELECT t.object, wanted || ' timestamptz NOT NULL DEFAULT now() is missing' AS detail
FROM tables AS t, unnest('{created_at,updated_at}'::text[]) AS wanted
WHERE (kind IN ('tenant', 'reference', 'control') OR kind = 'append_only' AND wanted = 'created_at')
  AND NOT EXISTS (SELECT FROM columns AS c WHERE c.table_oid = t.oid AND c.name = wanted
    AND c.type = 'timestamp with time zone' AND c.required AND c.default_value = 'now()')`,
  },
  {
    name: 'updated-at-kept-by-trigger',
    remedy: REMEDY,
    // tgtype: 1 each row, 2 before, 16 update. A trigger may be passed over where the statement has kept the time itself.
    sql: `
SELECT c.table_object AS object, 'no enabled trigger keeps updated_at' AS detail
FROM columns AS c WHERE c.name = 'updated_at' AND NOT EXISTS (
  SELECT FROM pg_trigger WHERE tgrelid = c.table_oid AND tgfoid = to_regproc('dmz.set_updated_at') AND tgenabled IN ('O', 'A')
    AND tgtype & 19 = 19 AND cardinality(tgattr::int2[]) = 0
    AND (tgqual IS NULL OR pg_get_triggerdef(oid) LIKE '%WHEN ((new.updated_at IS DISTINCT FROM now())) EXECUTE%'))`,
  },
];
