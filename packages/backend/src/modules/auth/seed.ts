/** Permissions, which are the platform’s, and the built-in roles that every tenant has of them. Repeatable. */
import { eq } from 'drizzle-orm';
import { keepReferenceRows, type OwnerTx } from '../../kernel/db/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { type BuiltInRole, PERMISSIONS, ROLE_ORDER } from './permissions.ts';
import { authTables } from './schema.ts';

const BUILT_IN_ROLES: Readonly<Record<BuiltInRole, { readonly name: string; readonly description: string }>> =
  {
    super_admin: { name: 'Super administrator', description: 'Runs the platform for the tenant.' },
    tenant_admin: { name: 'Tenant administrator', description: 'Runs the tenant.' },
    manager: { name: 'Manager', description: 'Answers for people, and sees how they are doing.' },
    trainer: { name: 'Trainer', description: 'Writes and assigns training, and runs campaigns.' },
    learner: { name: 'Learner', description: 'Plays and learns.' },
  };

/** @returns how many rows were added or changed */
export function seedPermissions(tx: OwnerTx): Promise<number> {
  const { permissions } = authTables;
  return keepReferenceRows(
    tx,
    permissions,
    PERMISSIONS.map(({ least: _, ...permission }) => permission),
  );
}

/** Gives a tenant the built-in roles, each with its permissions; the permissions must be there. */
export async function seedBuiltInRoles(tx: TenantTx): Promise<void> {
  const { roles, rolePermissions } = authTables(tx);
  const { tenantId } = tx;
  const rows = ROLE_ORDER.map((key) => ({
    key,
    ...BUILT_IN_ROLES[key],
    tenantId,
    origin: 'built_in' as const,
  }));
  await tx.insert(roles).values(rows).onConflictDoNothing();
  const built = await tx
    .select({ id: roles.id, key: roles.key })
    .from(roles)
    .where(eq(roles.origin, 'built_in'));
  const grants = built.flatMap(({ id, key }) =>
    permissionsOf(key).map((permissionKey) => ({ tenantId, roleId: id, permissionKey })),
  );
  await tx.insert(rolePermissions).values(grants).onConflictDoNothing();
}

function permissionsOf(role: string): string[] {
  const rank = (ROLE_ORDER as readonly string[]).indexOf(role);
  return PERMISSIONS.filter(({ least }) => ROLE_ORDER.indexOf(least) <= rank).map(({ key }) => key);
}
