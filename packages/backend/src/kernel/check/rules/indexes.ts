/** Every foreign key has an index, and every index says which query it is for; one that enforces a key says so itself. */
import type { CatalogueRule } from '../catalogue-rule.ts';

export const indexRules: readonly CatalogueRule[] = [
  {
    name: 'foreign-key-has-an-index',
    remedy:
      'declare the reference by the option `references`, or an index that begins with its columns and has no WHERE',
    // A partial index does not count: the check of a deleted target looks at every row, the soft-deleted ones included.
    sql: `
SELECT t.object, 'no whole index begins with the columns of foreign key ' || k.conname AS detail
FROM tables AS t JOIN pg_constraint AS k ON k.conrelid = t.oid AND k.contype = 'f'
WHERE NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = t.oid AND i.indisvalid AND i.indpred IS NULL
  AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)`,
  },
  {
    name: 'index-says-its-query',
    remedy: 'declare the index by the option `indexes`, under the query that it serves',
    sql: `
SELECT t.object, 'the index ' || c.relname || ' has no comment' AS detail
FROM tables AS t JOIN pg_index AS i ON i.indrelid = t.oid JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE NOT i.indisunique AND obj_description(c.oid, 'pg_class') IS NULL
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)`,
  },
  {
    name: 'index-sorts-as-queries-do',
    remedy: 'sort the index DESC NULLS FIRST, or ascending: PostgreSQL reads either one backwards',
    // indoption: 1 is DESC, 2 is NULLS FIRST. ORDER BY x DESC means NULLS FIRST, also where x is NOT NULL: an index that
    // puts them last is not used for it, and the query sorts every row.
    sql: `
SELECT t.object, 'the index ' || i.indexrelid::regclass || ' puts nulls where ORDER BY does not' AS detail
FROM tables AS t JOIN pg_index AS i ON i.indrelid = t.oid
WHERE EXISTS (SELECT FROM unnest(i.indoption::int2[]) AS sorting WHERE sorting IN (1, 2))`,
  },
  {
    name: 'index-is-valid',
    remedy: 'drop the index and build it again with CREATE INDEX CONCURRENTLY',
    sql: `
SELECT t.object, 'the index ' || i.indexrelid::regclass || ' is not valid' AS detail
FROM relations AS t JOIN pg_index AS i ON i.indrelid = t.oid WHERE NOT (i.indisvalid AND i.indisready AND i.indislive)`,
  },
  {
    name: 'index-begins-with-tenant',
    remedy:
      'put tenant_id in front; only the index of a foreign key to a platform table begins with its code',
    sql: `
SELECT t.object, 'the index ' || i.indexrelid::regclass || ' begins with neither tenant_id nor a platform table’s key' AS detail
FROM of_tenants AS t JOIN pg_index AS i ON i.indrelid = t.oid
WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = t.oid AND attnum = i.indkey[0] AND attname = 'tenant_id')
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = t.oid AND contype = 'f' AND conkey[1] = i.indkey[0]
    AND confrelid NOT IN (SELECT oid FROM of_tenants))`,
  },
];
