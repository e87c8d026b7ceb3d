/**
 * Whether a person may do something, by the roles they hold: asked with each request, so what they may is read through
 * Redis. Ends of roles are looked at when it is asked, and are exact; any other change is known as soon as its transaction
 * is, and half a minute later at the very most.
 */
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { type Cache, cached, forgetCached, outdate } from '../../kernel/cache/index.ts';
import { placeholder } from '../../kernel/db/index.ts';
import { prepared, type TenantTx } from '../../kernel/tenancy/index.ts';
import { authTables } from './schema.ts';

const AREA = 'permissions';

const Permissions = z.array(
  z.object({
    permissionKey: z.string(),
    /** When the role that it comes from ends, in ms since 1970; null for one without an end. */
    untilMs: z.number().nullable(),
  }),
);

const PERMISSIONS_OF_A_PERSON = { area: AREA, schema: Permissions, ttlMs: 30_000 } as const;

/**
 * Policies over attributes are not looked at: nothing evaluates them yet. Somebody who is not active may do nothing.
 *
 * @param userId  a UUID
 */
export async function may(
  tx: TenantTx,
  cache: Cache,
  userId: string,
  permissionKey: string,
): Promise<boolean> {
  const held = await cached(tx, cache, PERMISSIONS_OF_A_PERSON, userId, () => loadPermissions(tx, userId));
  const nowMs = tx.now.getTime();
  return held.some(
    (each) => each.permissionKey === permissionKey && (each.untilMs === null || each.untilMs > nowMs),
  );
}

async function loadPermissions(tx: TenantTx, userId: string): Promise<z.infer<typeof Permissions>> {
  const { users, userRoles, rolePermissions } = authTables(tx);
  const statement = prepared(tx, 'permissions_of', (db, name) =>
    db
      .select({ permissionKey: rolePermissions.permissionKey, expiresAt: userRoles.expiresAt })
      .from(userRoles)
      .innerJoin(users, eq(users.id, userRoles.userId))
      .innerJoin(rolePermissions, eq(rolePermissions.roleId, userRoles.roleId))
      .where(
        and(eq(userRoles.userId, placeholder('userId')), eq(users.status, 'active'), isNull(users.deletedAt)),
      )
      .prepare(name),
  );
  const rows = await statement.execute({ userId });
  return rows.map(({ permissionKey, expiresAt }) => ({
    permissionKey,
    untilMs: expiresAt?.getTime() ?? null,
  }));
}

/** For whoever changes, in this transaction, what a person is or holds. */
export const outdatePermissions = (tx: TenantTx, cache: Cache, userId: string): void =>
  outdate(tx, cache, AREA, userId);

/** @returns whether Redis did so */
export const forgetPermissions = (tx: TenantTx, cache: Cache, userId: string): Promise<boolean> =>
  forgetCached(tx, cache, AREA, userId);
