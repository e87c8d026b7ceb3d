/** The names under which events and analytics know people: random, one for each purpose, made when first needed. */
import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { governanceTables } from './schema.ts';

export type PseudonymPurpose = typeof governanceTables.pseudonyms.$inferSelect.purpose;

/**
 * Finds people's pseudonyms, and makes those that are missing.
 *
 * @returns the pseudonym of each of them
 */
export async function pseudonymsOf(
  tx: TenantTx,
  userIds: readonly string[],
  purpose: PseudonymPurpose,
): Promise<(userId: string) => string> {
  // In one order everywhere, so that two programs that make the same ones wait for one another and do not lock up.
  const people = [...new Set(userIds)].toSorted();
  const known = await findPseudonyms(tx, people, purpose);
  const missing = people.filter((userId) => !known.has(userId));
  if (missing.length > 0) {
    const { pseudonyms } = governanceTables(tx);
    const forgotten = await forgottenAmong(tx, missing);
    // Whoever was forgotten while events of theirs were still to be counted is nobody from then on, each time anew.
    for (const userId of forgotten) known.set(userId, randomUUID());
    const remembered = missing.filter((userId) => !forgotten.has(userId));
    const rows = remembered.map((userId) => ({ tenantId: tx.tenantId, userId, purpose }));
    if (rows.length > 0) await tx.insert(pseudonyms).values(rows).onConflictDoNothing();
    for (const [userId, made] of await findPseudonyms(tx, remembered, purpose)) known.set(userId, made);
  }
  return (userId) => {
    const pseudonym = known.get(userId);
    if (pseudonym) return pseudonym;
    throw new Error('A pseudonym that was just made is there.');
  };
}

/** Destroyed keys are left of whoever was forgotten, also of who never had any. */
async function forgottenAmong(tx: TenantTx, userIds: readonly string[]): Promise<Set<string>> {
  const { subjectKeys } = governanceTables(tx);
  const rows = await tx
    .selectDistinct({ userId: subjectKeys.userId })
    .from(subjectKeys)
    .where(and(inArray(subjectKeys.userId, [...userIds]), isNotNull(subjectKeys.destroyedAt)));
  return new Set(rows.map(({ userId }) => userId));
}

async function findPseudonyms(
  tx: TenantTx,
  userIds: readonly string[],
  purpose: PseudonymPurpose,
): Promise<Map<string, string>> {
  const { pseudonyms } = governanceTables(tx);
  const rows = await tx
    .select({ userId: pseudonyms.userId, pseudonymId: pseudonyms.pseudonymId })
    .from(pseudonyms)
    .where(and(inArray(pseudonyms.userId, [...userIds]), eq(pseudonyms.purpose, purpose)));
  return new Map(rows.map(({ userId, pseudonymId }) => [userId, pseudonymId]));
}
