/**
 * Columns say what they hold: by a type that compares and moves alike everywhere, by a name in the house’s form, and by
 * a comment where neither tells. Times are points in time (`timestamptz`, in UTC), money is whole minor units.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

const TYPES =
  'uuid|text|timestamp with time zone|date|interval|boolean|smallint|integer|bigint|numeric(\\(\\d+,\\d+\\))?|jsonb|bytea|inet|cidr|macaddr8?';

export const columnRules: readonly CatalogueRule[] = [
  {
    name: 'times-have-a-zone',
    remedy: 'use instant(…); a day without a time is a date',
    sql: `
SELECT object, 'its type is ' || type AS detail
FROM columns WHERE type ~ '^time' AND type NOT LIKE 'timestamp% with time zone%'`,
  },
  {
    name: 'column-has-a-known-type',
    remedy:
      'use text with a CHECK for char, varchar and enumerations, jsonb for json, bigint minor units for money, numeric for real',
    sql: `SELECT object, 'its type is ' || type AS detail FROM columns WHERE type !~ '^(${TYPES})(\\[\\])?$'`,
  },
  {
    name: 'money-is-whole-units',
    remedy: 'use bigint minor units with a currency: fractions round, and rounding loses money',
    sql: `
SELECT object, 'its type is ' || type AS detail FROM columns
WHERE name ~ '(^|_)(amount|price|balance|fee|cost|net|gross|total|minor|credits?|salary)(_|$)' AND type ~ '^(numeric|real|double)'`,
  },
  {
    name: 'column-name-is-snake-case',
    remedy: 'rename the column: lower case, words joined by underscores',
    sql: `SELECT object, 'the name is not snake_case' AS detail FROM columns WHERE name !~ '^[a-z][a-z0-9]*(_[a-z0-9]+)*$'`,
  },
  {
    name: 'tenant-is-given',
    remedy: 'drop the default: whoever writes a row says whose it is, and a forgotten tenant is an error',
    sql: `SELECT object, 'tenant_id has the default ' || default_value AS detail FROM columns WHERE name = 'tenant_id' AND default_value IS NOT NULL`,
  },
  {
    name: 'column-is-explained',
    remedy: 'wrap the column in described(…), and say what it holds, in which unit or of which table',
    // Where neither name nor type tells: what is inside, which fraction of what, or which table a bare id is of.
    sql: `
SELECT object, 'its type is ' || type || ', and no comment says what it holds' AS detail
FROM columns AS c WHERE comment IS NULL AND (type ~ '^(jsonb|bytea|numeric|cidr|interval)|\\[\\]$'
  OR type = 'uuid' AND name NOT IN ('id', 'tenant_id')
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = table_oid AND contype = 'f' AND attnum = ANY (conkey)))`,
  },
];
