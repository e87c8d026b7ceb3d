/** Asking a tenant's first administrator in. Of the link that is sent, only the hash of its token is kept. */
import { createHash, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { requireAddress } from './addresses.ts';
import { authErrors } from './errors.ts';
import { authTables } from './schema.ts';
import { seedBuiltInRoles } from './seed.ts';

const VALID_DAYS = 7;
const DAY_MS = 86_400_000;
const TOKEN_BYTES = 32;

export interface Invitation {
  /** For the link; it can be read here alone. */
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Invites a person as administrator of the tenant. A second call replaces the invitation of the first, as long as that was
 * not accepted.
 *
 * @param email  in lower case
 * @returns undefined when the person has accepted
 * @throws AUTH_PERSON_LEFT  when the address is of somebody who was suspended or erased
 */
export async function inviteAdministrator(tx: TenantTx, address: string): Promise<Invitation | undefined> {
  const email = requireAddress(address);
  const { users, roles, userRoles, invitations } = authTables(tx);
  const { tenantId } = tx;
  await seedBuiltInRoles(tx);
  const [role] = await tx.select({ id: roles.id }).from(roles).where(eq(roles.key, 'tenant_admin'));
  if (!role) throw new Error('The built-in roles were just made.');
  const displayName = email.slice(0, email.lastIndexOf('@'));
  await tx.insert(users).values({ tenantId, email, displayName, status: 'invited' }).onConflictDoNothing();
  const [person] = await tx
    .select({ id: users.id, status: users.status })
    .from(users)
    .where(eq(users.email, email));
  if (person?.status === 'active') return undefined;
  if (person?.status !== 'invited')
    throw authErrors.AUTH_PERSON_LEFT({ found: `a person who is ${person?.status}` });
  const granted = { tenantId, userId: person.id, roleId: role.id, source: 'invitation' as const };
  await tx.insert(userRoles).values(granted).onConflictDoNothing();
  await tx
    .update(invitations)
    .set({ status: 'revoked' })
    .where(and(eq(invitations.email, email), eq(invitations.status, 'pending')));
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const tokenSha256 = createHash('sha256').update(token).digest('hex');
  const expiresAt = new Date(tx.now.getTime() + VALID_DAYS * DAY_MS);
  await tx.insert(invitations).values({ tenantId, email, roleId: role.id, tokenSha256, expiresAt });
  return { token, expiresAt };
}
