/**
 * Every table has a kind, a purpose and a name that tells what its rows are. Tables without a tenant (reference and
 * control) are the platform's: the application never writes them, and reads a control table through functions alone.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

/** NAMEDATALEN is 64, a terminating zero included. */
const LONGEST_NAME = 63;
const MONTH = '_y2026m01';

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
FROM tables WHERE name !~ '^[a-z][a-z0-9]*(_[a-z0-9]+)*$' OR name !~ '(s|data|people|children|criteria|_log|_history|outbox|_branding)$'
  OR name ~ '(^|_)(status|address|class|process|business|basis|analysis)$'`,
  },
  {
    name: 'table-name-fits-every-placement',
    remedy: `shorten the name: <module>_<table> and the month of a partition share PostgreSQL’s ${LONGEST_NAME} bytes`,
    sql: `
SELECT object, 'the name has ' || length(object) || ' bytes with its module, of at most ${LONGEST_NAME - MONTH.length}' AS detail
FROM tables WHERE length(object) > ${LONGEST_NAME - MONTH.length} AND space NOT LIKE 'tenant\\_%'`,
  },
  {
    name: 'table-survives-a-crash',
    remedy: 'ALTER TABLE … SET LOGGED: an unlogged table is emptied by a crash, and never replicated',
    sql: `SELECT object, 'it is not logged' AS detail FROM relations WHERE relpersistence <> 'p' AND relkind IN ('r', 'p', 'S')`,
  },
  {
    name: 'table-has-no-heirs',
    remedy:
      'make it a table of its own: a child is read with its parent, without the parent’s policy and keys',
    sql: `
SELECT c.oid::regclass::text AS object, 'it inherits from ' || t.object AS detail
FROM tables AS t JOIN pg_inherits ON inhparent = t.oid JOIN pg_class AS c ON c.oid = inhrelid WHERE NOT c.relispartition`,
  },
  {
    name: 'replica-identity-is-the-key',
    remedy:
      'ALTER TABLE … REPLICA IDENTITY DEFAULT: a tenant’s changes are told apart by its tenant-first key',
    sql: `
SELECT object, 'its replica identity is not its primary key' AS detail
FROM relations WHERE relkind IN ('r', 'p') AND relreplident <> 'd'`,
  },
  {
    name: 'no-sequence',
    remedy: 'use uuidv7(), or count within the tenant: one sequence tells each tenant what the others do',
    sql: `SELECT object, 'it is a sequence' AS detail FROM relations WHERE relkind = 'S'`,
  },
  {
    name: 'evolving-table-has-version',
    remedy: 'declare the table with `evolving`, which adds version and says so in the comment',
    sql: `
SELECT object, 'it has no version integer NOT NULL DEFAULT 1, or its comment lacks @evolving' AS detail
FROM tables AS t LEFT JOIN LATERAL (
  SELECT c.type = 'integer' AND c.required AND c.default_value = '1' AS kept FROM columns AS c WHERE c.table_oid = t.oid AND c.name = 'version'
) AS version ON true
WHERE (comment ~ '@evolving') IS DISTINCT FROM (kept IS NOT NULL) OR NOT kept`,
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
SELECT t.object, holder || ' may ' || right_of || ' rows of a ' || kind || ' table' AS detail
FROM tables AS t, unnest('{INSERT,UPDATE,DELETE}'::text[]) AS right_of, unnest('{dmz_app,dmz_tenant}'::text[]) AS holder
WHERE kind IN ('reference', 'control') AND (has_table_privilege(holder, t.oid, right_of)
  OR right_of <> 'DELETE' AND has_any_column_privilege(holder, t.oid, right_of))`,
  },
  {
    name: 'control-table-not-readable',
    remedy: 'revoke SELECT from dmz_app, and give it a function that answers about one tenant',
    sql: `
SELECT object, holder || ' may read the whole table' AS detail
FROM tables, unnest('{dmz_app,dmz_tenant}'::text[]) AS holder WHERE kind = 'control' AND has_any_column_privilege(holder, oid, 'SELECT')`,
  },
];
