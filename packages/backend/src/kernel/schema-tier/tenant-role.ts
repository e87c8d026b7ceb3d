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
  const memberships = [
    { member: role, of: EVERY_TENANT, how: 'INHERIT TRUE, SET FALSE' },
    { member: 'dmz_app', of: role, how: 'INHERIT FALSE, SET TRUE' },
  ];
  // One message is one transaction: whoever looks at the server meanwhile sees no role without its memberships.
  if (rows.length === 0)
    await unlessMade(
      client,
      [`CREATE ROLE ${pg.escapeIdentifier(role)} ${ATTRIBUTES}`, ...memberships.map(grantOf)].join('; '),
    );
  for (const membership of memberships) await ensureMember(client, membership);
}

interface Membership {
  readonly member: string;
  readonly of: string;
  readonly how: string;
}

const grantOf = ({ member, of, how }: Membership): string =>
  `GRANT ${pg.escapeIdentifier(of)} TO ${pg.escapeIdentifier(member)} WITH ${how}`;

async function ensureMember(client: pg.Client, membership: Membership): Promise<void> {
  const { rows } = await client.query(
    'SELECT FROM pg_auth_members WHERE roleid = to_regrole($1) AND member = to_regrole($2)',
    [membership.of, membership.member],
  );
  if (rows.length === 0) await unlessMade(client, grantOf(membership));
}

async function unlessMade(client: pg.Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && MADE_MEANWHILE.includes(error.code ?? ''))) throw error;
  }
}
