/** Events and analytics know people by pseudonym (DESIGN section 10): no column of theirs leads to a person. */
import type { CatalogueRule } from '../catalogue-rule.ts';

/** The stream of the game knows the session alone; what analysts see is all of `analytics`. */
const PSEUDONYMOUS = `(canonical_table ~ '^analytics[.]' OR canonical_table IN ('game.events', 'game.snapshots', 'game.actions'))`;

export const pseudonymRules: readonly CatalogueRule[] = [
  {
    name: 'pseudonymous-table-knows-no-person',
    remedy: 'refer to the person by pseudonymColumn(): an id of auth.users would outlive their erasure',
    sql: `
SELECT object, CASE WHEN target IS NULL THEN 'its name speaks of a person' ELSE 'it refers to ' || target END AS detail
FROM columns, LATERAL (SELECT max(t.canonical) AS target FROM pg_constraint AS k JOIN tables AS t ON t.oid = k.confrelid
  WHERE k.conrelid = table_oid AND k.contype = 'f' AND attnum = ANY (k.conkey) AND name <> 'tenant_id' AND t.canonical ~ '^auth[.]') AS f
WHERE ${PSEUDONYMOUS} AND (target IS NOT NULL
  OR type = 'uuid' AND name ~ '(^|_)(user|person|player|learner|actor|owner|member|recipient|author|created_by|updated_by)_id$')`,
  },
];
