/** Giving people roles and taking them away; what they may do follows with the transaction's commit. The caller audits it. */

import { and, asc, eq } from 'drizzle-orm';
import type { Cache } from '../../kernel/cache/index.ts';
import { quoted } from '../../kernel/errors/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { authErrors } from './errors.ts';
import { outdatePermissions } from './may.ts';
import { authTables } from './schema.ts';

export interface RoleGrant {
  readonly userId: string;
  readonly roleKey: string;
  /** Null where a program grants it. */
  readonly grantedByUserId: string | null;
  /** Null for one without an end. */
  readonly expiresAt: Date | null;
}

/**
 * Repeatable: who holds the role already holds it until the end that is given now.
 *
 * @throws AUTH_ROLE_UNKNOWN, and DATABASE_* for somebody who is not of the tenant
 */
export async function grantRole(tx: TenantTx, cache: Cache, grant: RoleGrant): Promise<void> {
  const { userRoles } = authTables(tx);
  const { userId, roleKey, grantedByUserId, expiresAt } = grant;
  const roleId = await requireRole(tx, roleKey);
  const granted = { source: 'direct' as const, grantedByUserId, expiresAt };
  await tx
    .insert(userRoles)
    .values({ tenantId: tx.tenantId, userId, roleId, ...granted })
    .onConflictDoUpdate({ target: [userRoles.tenantId, userRoles.userId, userRoles.roleId], set: granted });
  outdatePermissions(tx, cache, userId);
}

/**
 * @returns whether the person held it
 * @throws AUTH_ROLE_UNKNOWN
 */
export async function revokeRole(
  tx: TenantTx,
  cache: Cache,
  { userId, roleKey }: Pick<RoleGrant, 'userId' | 'roleKey'>,
): Promise<boolean> {
  const { userRoles } = authTables(tx);
  const roleId = await requireRole(tx, roleKey);
  const gone = await tx
    .delete(userRoles)
    .where(and(eq(userRoles.userId, userId), eq(userRoles.roleId, roleId)))
    .returning({ id: userRoles.id });
  outdatePermissions(tx, cache, userId);
  return gone.length > 0;
}

async function requireRole(tx: TenantTx, key: string): Promise<string> {
  const { roles } = authTables(tx);
  const all = await tx.select({ id: roles.id, key: roles.key }).from(roles).orderBy(asc(roles.key));
  const role = all.find((each) => each.key === key);
  if (role) return role.id;
  throw authErrors.AUTH_ROLE_UNKNOWN({
    found: quoted(key),
    expected: all.map((each) => each.key).join(', '),
  });
}
