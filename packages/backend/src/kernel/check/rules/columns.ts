/** Times are points in time: `timestamptz`, in UTC. */
import type { CatalogueRule } from '../catalogue-rule.ts';

export const columnRules: readonly CatalogueRule[] = [
  {
    name: 'times-have-a-zone',
    remedy: 'use instant(…); a day without a time is a date',
    sql: `
SELECT object, 'its type is ' || type AS detail
FROM columns WHERE type ~ '^time' AND type NOT LIKE 'timestamp% with time zone'`,
  },
];
