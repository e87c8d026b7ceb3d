/**
 * Functions are the doors through the wall, so each is nailed down: its search_path is fixed (else a caller chooses
 * what its names mean), nobody may call it who was not told so, and one that runs with its owner's rights says why.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

export const functionRules: readonly CatalogueRule[] = [
  {
    name: 'function-has-fixed-search-path',
    remedy: "create it with SET search_path = ''",
    sql: `
SELECT object, 'it resolves names by the search_path of its caller' AS detail
FROM functions WHERE NOT EXISTS (SELECT FROM unnest(proconfig) AS setting WHERE setting LIKE 'search\\_path=%')`,
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
    // secure_database sets rights on the database, which only its owner, the administrator, can.
    sql: `
SELECT object, 'owned by ' || proowner::regrole AS detail
FROM functions WHERE proowner::regrole::text <> 'dmz_owner' AND object <> 'dmz.secure_database()'`,
  },
  {
    name: 'function-not-for-public',
    remedy: 'REVOKE EXECUTE ON FUNCTION … FROM PUBLIC, and grant it to the roles that need it',
    sql: `
SELECT DISTINCT object, 'PUBLIC may execute it' AS detail
FROM functions, aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0`,
  },
];
