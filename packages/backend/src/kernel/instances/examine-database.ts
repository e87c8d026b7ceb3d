/** Whose a database is that somebody wants to make an instance of: a migration takes over whatever it finds. */
import { connectAsAdministrator } from '../db/index.ts';
import { stackUp } from '../stack/index.ts';

/** Nobody's yet, this platform's (at any version), or somebody else's. */
export type DatabaseOwner = 'nobody' | 'platform' | 'others';

/** `drizzle` is what a migration makes first; a killed one leaves it alone. */
const OWNER = `
SELECT CASE
  WHEN to_regnamespace('dmz') IS NOT NULL THEN 'platform'
  WHEN EXISTS (
    SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'drizzle')
      AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ) THEN 'others' ELSE 'nobody' END AS owner`;

/** @throws STACK_SERVER_TOO_OLD, STACK_* when the server cannot be reached */
export async function databaseOwner(url: string): Promise<DatabaseOwner> {
  const { postgres } = await stackUp({ databaseUrl: url });
  const client = await connectAsAdministrator(postgres.adminUrl);
  try {
    const { rows } = await client.query<{ owner: DatabaseOwner }>(OWNER);
    return rows[0]?.owner ?? 'nobody';
  } finally {
    await client.end();
  }
}
