/**
 * Logs are divided by month. A month that has no partition of its own would fall into the default one, which must stay
 * empty: rows there keep their month's partition from being made, and retention from dropping it.
 */
import { MONTHS_AHEAD } from '../../partitions/index.ts';
import type { CatalogueRule } from '../catalogue-rule.ts';

const ENSURE = 'pnpm dmz partitions ensure';

/** The key and three access paths: what the busiest log documents. */
const MOST_INDEXES = 4;

export const partitionRules: readonly CatalogueRule[] = [
  {
    name: 'log-divided-by-time',
    remedy: 'make the table with partitionedLog, which divides it by its time column',
    sql: `
SELECT t.object, 'it is not PARTITION BY RANGE on one timestamptz column' AS detail
FROM tables AS t LEFT JOIN pg_partitioned_table AS p ON p.partrelid = t.oid
LEFT JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = p.partattrs[0]
WHERE t.kind = 'partitioned_log' AND NOT coalesce(p.partstrat = 'r' AND p.partnatts = 1 AND a.atttypid = 'timestamptz'::regtype, false)`,
  },
  {
    name: 'partitioned-table-is-a-log',
    remedy: 'only a partitionedLog is divided; give the table that kind, or one heap',
    sql: `SELECT object, 'a ' || coalesce(kind, 'table') || ' is divided into partitions' AS detail
FROM tables WHERE relkind = 'p' AND kind IS DISTINCT FROM 'partitioned_log'`,
  },
  {
    name: 'months-have-partitions',
    remedy: ENSURE,
    sql: `, bounds AS (
  SELECT parent, (substring(bound FROM 'FROM \\(''([^'']+)''\\)'))::timestamptz AS first,
    (substring(bound FROM 'TO \\(''([^'']+)''\\)'))::timestamptz AS past
  FROM partitions, pg_get_expr(relpartbound, oid) AS bound
), months AS (
  SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead)) AS month
  FROM generate_series(0, ${MONTHS_AHEAD}) AS ahead
)
SELECT t.object, 'no partition holds ' || to_char(month, 'YYYY-MM') AS detail
FROM tables AS t, months WHERE t.kind = 'partitioned_log' AND NOT EXISTS (SELECT FROM bounds
  WHERE parent = t.oid AND first <= month AT TIME ZONE 'UTC' AND past >= (month + interval '1 month') AT TIME ZONE 'UTC')`,
  },
  {
    name: 'default-partition-is-empty',
    remedy: `${ENSURE} moves its rows into partitions of their months, and says why they were there`,
    // By its size, since the rows are closed to an administrator who is no superuser.
    sql: `
SELECT t.object, coalesce(rest.object || ' holds rows', 'there is no default partition') AS detail
FROM tables AS t LEFT JOIN partitions AS rest ON rest.parent = t.oid AND pg_get_expr(rest.relpartbound, rest.oid) = 'DEFAULT'
WHERE t.kind = 'partitioned_log' AND (rest.oid IS NULL OR pg_relation_size(rest.oid) > 0)`,
  },
  {
    name: 'partition-has-its-parents-triggers',
    remedy: 'SELECT dmz.guard_partition(<table>, <partition>)',
    sql: `
SELECT part.object, 'it lacks the trigger ' || wanted.tgname || ' of ' || part.parent_object AS detail
FROM partitions AS part JOIN pg_trigger AS wanted ON wanted.tgrelid = part.parent AND NOT wanted.tgisinternal
WHERE NOT EXISTS (SELECT FROM pg_trigger AS present WHERE present.tgrelid = part.oid AND present.tgenabled IN ('O', 'A')
  AND present.tgfoid = wanted.tgfoid AND present.tgtype = wanted.tgtype)`,
  },
  {
    name: 'partition-has-no-trigger-of-its-own',
    remedy: 'drop the trigger: what is done to rows of a log is said of the log, where it is reviewed',
    // Row triggers of the log have a parent there; its statement triggers are made again for each partition.
    sql: `
SELECT part.object, 'the trigger ' || own.tgname || ' is of this partition alone' AS detail
FROM partitions AS part JOIN pg_trigger AS own ON own.tgrelid = part.oid AND NOT own.tgisinternal AND own.tgparentid = 0
WHERE NOT EXISTS (SELECT FROM pg_trigger AS wanted WHERE wanted.tgrelid = part.parent AND wanted.tgfoid = own.tgfoid AND wanted.tgtype = own.tgtype)`,
  },
  {
    name: 'partition-has-no-grants',
    remedy:
      'revoke the right: rows are reached through the log, whose rights and policies are the ones reviewed',
    sql: `
SELECT object, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END || ' was granted ' || privilege_type AS detail
FROM (SELECT oid, object, relacl, relowner FROM partitions UNION ALL SELECT oid, object, relacl, relowner FROM months_apart) AS part, LATERAL (
  SELECT * FROM aclexplode(part.relacl)
  UNION ALL SELECT granted.* FROM pg_attribute AS a, aclexplode(a.attacl) AS granted WHERE a.attrelid = part.oid
) AS granted WHERE grantee <> relowner AND NOT (privilege_type = 'MAINTAIN' AND grantee = 'dmz_maintenance'::regrole)`,
  },
  {
    name: 'partition-has-its-parents-indexes',
    remedy: 'drop the index of the partition, and declare it for the log by the option `indexes`',
    sql: `
SELECT part.object, 'the index ' || i.indexrelid::regclass || ' is of this partition alone' AS detail
FROM partitions AS part JOIN pg_index AS i ON i.indrelid = part.oid
WHERE NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = i.indexrelid)`,
  },
  {
    name: 'log-has-few-indexes',
    remedy: 'drop an index, or let a projection answer its query: every append pays for every index',
    sql: `
SELECT t.object, 'it has ' || count(*) || ' indexes, its key included, of at most ${MOST_INDEXES}' AS detail
FROM tables AS t JOIN pg_index AS i ON i.indrelid = t.oid WHERE t.kind = 'partitioned_log'
GROUP BY t.object HAVING count(*) > ${MOST_INDEXES}`,
  },
  {
    name: 'month-is-whole-made',
    remedy: ENSURE,
    sql: `SELECT object, 'it was made for a log, and never attached: a program was ended in between' AS detail FROM months_apart WHERE apart = 'prepared'`,
  },
  {
    name: 'month-is-whole-detached',
    remedy: 'pnpm dmz partitions detach <log> <month> finishes what was interrupted',
    sql: `SELECT part.object, 'its detaching from ' || part.parent_object || ' was interrupted' AS detail
FROM partitions AS part JOIN pg_inherits AS i ON i.inhrelid = part.oid WHERE i.inhdetachpending`,
  },
];
