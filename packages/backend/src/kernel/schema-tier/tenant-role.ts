/**
 * The role that transactions in a tenant's own schema work as. Nobody logs in as it: `dmz_app` becomes it for the length
 * of a transaction, and has none of its rights otherwise. What every tenant may do, it has as a member of `dmz_tenant`.
 */
import pg from 'pg';

const EVERY_TENANT = 'dmz_tenant';
/** duplicate_object, unique_violation: another database of the server is making the same role just now. */
const MADE_MEANWHILE = ['42710', '23505'];
const ATTRIBUTES = 'NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT';

/** Repeatable. Roles belong to the whole server, so tenants of one slug in two of its databases share one. */
export async function ensureTenantRole(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  const name = pg.escapeIdentifier(role);
  if (rows.length === 0) await unlessMade(client, `CREATE ROLE ${name} ${ATTRIBUTES}`);
  await ensureMember(client, role, EVERY_TENANT, 'INHERIT TRUE, SET FALSE');
  await ensureMember(client, 'dmz_app', role, 'INHERIT FALSE, SET TRUE');
}

async function ensureMember(client: pg.Client, member: string, role: string, how: string): Promise<void> {
  const { rows } = await client.query(
    'SELECT FROM pg_auth_members WHERE roleid = to_regrole($1) AND member = to_regrole($2)',
    [role, member],
  );
  if (rows.length > 0) return;
  await unlessMade(
    client,
    `GRANT ${pg.escapeIdentifier(role)} TO ${pg.escapeIdentifier(member)} WITH ${how}`,
  );
}

async function unlessMade(client: pg.Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && MADE_MEANWHILE.includes(error.code ?? ''))) throw error;
  }
}
