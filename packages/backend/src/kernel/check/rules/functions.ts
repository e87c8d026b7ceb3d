/**
 * Functions are the doors through the wall, so each is nailed down: its search_path is fixed (else a caller chooses
 * what its names mean), nobody may call it who was not told so, and one that runs with its owner's rights says why.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

export const functionRules: readonly CatalogueRule[] = [
  {
    name: 'function-has-fixed-search-path',
    remedy: "create it with SET search_path = ''",
    // A body of standard SQL was given its meaning when it was created, and names mean the same to every caller.
    sql: `
SELECT object, 'its search_path is ' || coalesce(substring(setting, 13), 'its caller’s') || ', not empty' AS detail
FROM functions LEFT JOIN LATERAL (SELECT setting FROM unnest(proconfig) AS setting WHERE setting LIKE 'search\\_path=%') AS fixed ON true
WHERE setting IS DISTINCT FROM 'search_path=""' AND prosqlbody IS NULL`,
  },
  {
    name: 'function-stays-behind-the-wall',
    remedy:
      'write it in SQL or PL/pgSQL, not LEAKPROOF, and SET nothing but search_path, a timeout or a plan’s means (enable_…)',
    // LEAKPROOF lets the planner call it before a policy has hidden the row.
    sql: `
SELECT object, 'it is ' || CASE WHEN proleakproof THEN 'LEAKPROOF' WHEN lanname NOT IN ('sql', 'plpgsql') THEN 'in language ' || lanname
  ELSE 'run under other settings' END AS detail
FROM functions JOIN pg_language AS l ON l.oid = prolang
WHERE proleakproof OR lanname NOT IN ('sql', 'plpgsql')
  OR EXISTS (SELECT FROM unnest(proconfig) AS setting WHERE setting !~ '^(search_path|lock_timeout|statement_timeout|enable_[a-z]+)=')`,
  },
  {
    name: 'function-says-what-it-does',
    remedy: 'COMMENT ON FUNCTION …',
    sql: `SELECT object, 'it has no comment' AS detail FROM functions WHERE comment IS NULL`,
  },
  {
    name: 'security-definer-has-a-reason',
    remedy: 'say in its comment why: “SECURITY DEFINER because …”, or leave it to run as its caller',
    sql: `
SELECT object, 'it runs with its owner’s rights, and its comment does not say why' AS detail
FROM functions WHERE prosecdef AND coalesce(comment, '') !~ 'SECURITY DEFINER (because|to|so that|for) \\S+'`,
  },
  {
    name: 'function-owned-by-dmz-owner',
    remedy: 'ALTER FUNCTION … OWNER TO dmz_owner',
    // secure_database sets rights that only the administrator can, and by a list that nobody else may change.
    sql: `
SELECT object, 'owned by ' || proowner::regrole AS detail
FROM functions WHERE proowner::regrole::text <> 'dmz_owner' AND object NOT IN ('dmz.secure_database()', 'dmz.closed_to_everybody()')`,
  },
  {
    name: 'function-not-for-public',
    remedy: 'REVOKE EXECUTE ON FUNCTION … FROM PUBLIC, and grant it to the roles that need it',
    sql: `
SELECT DISTINCT object, 'PUBLIC may execute it' AS detail
FROM functions, aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0`,
  },
];
