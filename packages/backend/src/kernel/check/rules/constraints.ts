/**
 * A constraint or trigger that is there but does not bind is worse than none, since everybody counts on it. And no
 * foreign key changes rows behind the back of the rules: keys are never renamed, and what is append-only never cascades.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

export const constraintRules: readonly CatalogueRule[] = [
  {
    name: 'constraint-binds-at-once',
    remedy:
      'VALIDATE it, make it ENFORCED, and NOT DEFERRABLE; a trigger may wait for COMMIT, a constraint may not',
    sql: `
SELECT t.object, 'the constraint ' || k.conname || ' is ' || concat_ws(' and ', CASE WHEN NOT k.conenforced THEN 'not enforced' END,
  CASE WHEN NOT k.convalidated THEN 'not validated' END, CASE WHEN k.condeferrable THEN 'deferrable' END) AS detail
FROM relations AS t JOIN pg_constraint AS k ON k.conrelid = t.oid
WHERE k.contype <> 't' AND NOT (k.conenforced AND k.convalidated AND NOT k.condeferrable)`,
  },
  {
    name: 'foreign-key-changes-no-key',
    remedy:
      'declare the reference by `to(…)`: a key is never renamed, and tenant_id is never emptied or replaced',
    // confdelsetcols: the columns that SET NULL and SET DEFAULT are limited to.
    sql: `
SELECT t.object, 'the foreign key ' || k.conname || ' would change tenant_id or a key' AS detail
FROM tables AS t JOIN pg_constraint AS k ON k.conrelid = t.oid AND k.contype = 'f'
WHERE k.confupdtype NOT IN ('a', 'r') OR k.confdeltype IN ('n', 'd') AND k.confdelsetcols IS NULL AND t.oid IN (SELECT oid FROM of_tenants)`,
  },
  {
    name: 'append-only-does-not-cascade',
    remedy: 'let the reference restrict: what is append-only leaves by retention alone',
    sql: `
SELECT t.object, 'the foreign key ' || k.conname || ' would delete or change its rows' AS detail
FROM tables AS t JOIN pg_constraint AS k ON k.conrelid = t.oid AND k.contype = 'f'
WHERE t.kind IN ('append_only', 'partitioned_log') AND k.confdeltype NOT IN ('a', 'r')`,
  },
  {
    name: 'trigger-fires',
    remedy: 'ALTER TABLE … ENABLE TRIGGER …: disabled, or enabled for a replica alone, it keeps nothing',
    sql: `
SELECT t.object, 'the trigger ' || g.tgname || ' does not fire' AS detail
FROM relations AS t JOIN pg_trigger AS g ON g.tgrelid = t.oid WHERE g.tgenabled NOT IN ('O', 'A')`,
  },
  {
    name: 'no-rewrite-rule',
    remedy: 'DROP RULE: it replaces a statement before any trigger, policy or constraint sees it',
    sql: `
SELECT t.object, 'the rule ' || w.rulename || ' rewrites its statements' AS detail
FROM relations AS t JOIN pg_rewrite AS w ON w.ev_class = t.oid WHERE w.rulename <> '_RETURN'`,
  },
];
