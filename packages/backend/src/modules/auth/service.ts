/** Finds people, and fills a demonstration tenant with them. */
import { and, asc, count, eq, inArray, isNull } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { addressOf } from './addresses.ts';
import { authTables } from './schema.ts';
import { seedBuiltInRoles } from './seed.ts';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
}

/** Active people, by their addresses. */
export function listPlayers(tx: TenantTx, limit: number): Promise<Person[]> {
  const { users } = authTables(tx);
  return tx
    .select({ id: users.id, email: users.email, displayName: users.displayName })
    .from(users)
    .where(and(eq(users.status, 'active'), isNull(users.deletedAt)))
    .orderBy(asc(users.email))
    .limit(limit);
}

export async function findPlayer(tx: TenantTx, email: string): Promise<Person | undefined> {
  const { users } = authTables(tx);
  const [person] = await tx
    .select({ id: users.id, email: users.email, displayName: users.displayName })
    .from(users)
    .where(and(eq(users.email, addressOf(email)), isNull(users.deletedAt)));
  return person;
}

export async function countPeople(tx: TenantTx): Promise<number> {
  const { users } = authTables(tx);
  const [row] = await tx.select({ people: count() }).from(users).where(isNull(users.deletedAt));
  return row?.people ?? 0;
}

/**
 * Gives a tenant its built-in roles and, up to a number, learners with made-up addresses. Repeatable.
 *
 * @param domain  a reserved domain (RFC 2606), so that no address can belong to anybody
 * @returns the learners, in order
 */
export async function seedPeople(tx: TenantTx, domain: string, people: number): Promise<Person[]> {
  const { users, roles, userRoles } = authTables(tx);
  const { tenantId } = tx;
  await seedBuiltInRoles(tx);
  const rows = Array.from({ length: people }, (_, at) => {
    const number = String(at + 1).padStart(3, '0');
    return { tenantId, email: `player${number}@${domain}`, displayName: `Player ${number}` };
  });
  const addresses = rows.map(({ email }) => email);
  // Deleted ones count: whoever was removed since stays removed.
  const known = await tx.select({ email: users.email }).from(users).where(inArray(users.email, addresses));
  const missing = rows.filter(({ email }) => !known.some((each) => each.email === email));
  if (missing.length > 0) await tx.insert(users).values(missing);
  const players = await tx
    .select({ id: users.id, email: users.email, displayName: users.displayName })
    .from(users)
    .where(and(inArray(users.email, addresses), isNull(users.deletedAt)))
    .orderBy(asc(users.email));
  const [learner] = await tx.select({ id: roles.id }).from(roles).where(eq(roles.key, 'learner'));
  if (learner) {
    const held = players.map(({ id }) => ({ tenantId, userId: id, roleId: learner.id }));
    await tx.insert(userRoles).values(held).onConflictDoNothing();
  }
  return players;
}
