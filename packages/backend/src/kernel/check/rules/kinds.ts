/**
 * Every table has a kind, a purpose and a name that tells what its rows are. Tables without a tenant (reference and
 * control) are the platform's: the application never writes them, and reads a control table through functions alone.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

export const kindRules: readonly CatalogueRule[] = [
  {
    name: 'table-has-kind',
    remedy: 'make the table with a constructor of defineModule, which writes its kind into the comment',
    sql: `
SELECT object, CASE WHEN kind IS NULL THEN 'its comment names no @kind' ELSE 'no kind is called ' || kind END AS detail
FROM tables WHERE kind IS NULL OR kind NOT IN ('tenant', 'append_only', 'partitioned_log', 'reference', 'control')`,
  },
  {
    name: 'table-has-purpose',
    remedy: 'say what the table is for where it is defined',
    sql: `
SELECT object, 'its comment does not say what the table is for' AS detail
FROM tables WHERE coalesce(comment, '') !~ '\\S+\\s+\\S+' OR comment ~ '^\\s*@kind'`,
  },
  {
    name: 'table-says-its-retention',
    remedy:
      'make the table with a constructor of defineModule; its option `retention` says otherwise than the kind does',
    sql: `
SELECT object, 'its comment names no known @retention' AS detail
FROM tables WHERE coalesce(comment, '') !~ '@retention (tenant|evidence|operational|platform)\\M'`,
  },
  {
    name: 'table-name-is-plural-snake-case',
    remedy: 'rename the table: plural, lower case, words joined by underscores',
    // A log, a history or an outbox is named after what it is as a whole; other names end in a plural.
    sql: `
SELECT object, 'the name is not plural snake_case' AS detail
FROM tables WHERE name !~ '^[a-z][a-z0-9]*(_[a-z0-9]+)*$' OR name !~ '(s|data|people|children|criteria|_log|_history|outbox|_branding)$'`,
  },
  {
    name: 'relation-can-be-guarded',
    remedy: 'use a table, or a view with security_invoker: row-level security does not reach into the others',
    sql: `
SELECT object, CASE relkind WHEN 'm' THEN 'it is a materialized view' ELSE 'it is a foreign table' END AS detail
FROM relations WHERE relkind IN ('m', 'f')`,
  },
  {
    name: 'view-runs-as-its-caller',
    remedy: 'create the view WITH (security_invoker = true)',
    sql: `
SELECT object, 'the view reads with its owner’s rights' AS detail
FROM relations WHERE relkind = 'v' AND NOT coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on,security_invoker=1}'`,
  },
  {
    name: 'reference-table-has-no-tenant',
    remedy: 'make it a tenant table, or drop tenant_id',
    sql: `
SELECT table_object AS object, 'a reference table has tenant_id' AS detail
FROM columns WHERE kind = 'reference' AND name = 'tenant_id'`,
  },
  {
    name: 'platform-table-not-writable',
    remedy: 'revoke the right from dmz_app; the owner and database functions write these tables',
    sql: `
SELECT t.object, 'dmz_app may ' || right_of || ' rows of a ' || kind || ' table' AS detail
FROM tables AS t, unnest('{INSERT,UPDATE,DELETE}'::text[]) AS right_of
WHERE kind IN ('reference', 'control') AND (has_table_privilege('dmz_app', t.oid, right_of)
  OR right_of <> 'DELETE' AND has_any_column_privilege('dmz_app', t.oid, right_of))`,
  },
  {
    name: 'control-table-not-readable',
    remedy: 'revoke SELECT from dmz_app, and give it a function that answers about one tenant',
    sql: `
SELECT object, 'dmz_app may read the whole table' AS detail
FROM tables WHERE kind = 'control' AND has_any_column_privilege('dmz_app', oid, 'SELECT')`,
  },
];
