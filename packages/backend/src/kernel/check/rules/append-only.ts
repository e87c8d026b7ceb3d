/**
 * What was written stays: nobody is granted a change, and a trigger refuses it even to the owner. The partitions of a
 * log are held too, since statement triggers and grants are those of the table that a statement names.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

const KEPT = `
kept AS (
  SELECT oid, object, relacl, relowner FROM tables WHERE kind IN ('append_only', 'partitioned_log')
  UNION ALL SELECT p.oid, p.object, p.relacl, p.relowner FROM partitions AS p JOIN tables AS t ON t.oid = p.parent WHERE t.kind = 'partitioned_log'
  UNION ALL SELECT oid, object, relacl, relowner FROM months_apart
)`;

export const appendOnlyRules: readonly CatalogueRule[] = [
  {
    name: 'append-only-has-no-time-of-change',
    remedy: 'make a correction a new record: the option `invalidatable` adds status and supersedes_id',
    sql: `
SELECT table_object AS object, 'an append-only table has ' || name AS detail
FROM columns WHERE kind IN ('append_only', 'partitioned_log') AND name IN ('updated_at', 'deleted_at')`,
  },
  {
    name: 'append-only-grants',
    remedy: 'revoke the right; append-only rows leave through retention alone',
    sql: `, ${KEPT}
SELECT object, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END || ' was granted ' || privilege_type AS detail
FROM kept, LATERAL (
  SELECT * FROM aclexplode(kept.relacl)
  UNION ALL SELECT granted.* FROM pg_attribute AS a, aclexplode(a.attacl) AS granted WHERE a.attrelid = kept.oid
) AS granted
WHERE grantee <> relowner AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')`,
  },
  {
    name: 'append-only-refuses-change',
    remedy:
      'CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE … EXECUTE FUNCTION dmz.refuse_change()',
    // tgtype: 1 each row, 2 before, 8 delete, 16 update, 32 truncate. Enabled for a replica alone is not enabled.
    sql: `, ${KEPT}
SELECT object, 'no enabled trigger refuses UPDATE, DELETE and TRUNCATE' AS detail
FROM kept WHERE NOT EXISTS (SELECT FROM pg_trigger
  WHERE tgrelid = kept.oid AND tgfoid = to_regproc('dmz.refuse_change') AND tgenabled IN ('O', 'A')
    AND tgtype & 59 = 58 AND tgqual IS NULL AND cardinality(tgattr::int2[]) = 0)`,
  },
];
