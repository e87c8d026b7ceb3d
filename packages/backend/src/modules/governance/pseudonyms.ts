/** The names under which events and analytics know people: random, one for each purpose, made when first needed. */
import { and, eq } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { governanceTables } from './schema.ts';

export type PseudonymPurpose = typeof governanceTables.pseudonyms.$inferSelect.purpose;

export async function pseudonymOf(tx: TenantTx, userId: string, purpose: PseudonymPurpose): Promise<string> {
  const known = await findPseudonym(tx, userId, purpose);
  if (known) return known;
  const { pseudonyms } = governanceTables(tx);
  await tx.insert(pseudonyms).values({ tenantId: tx.tenantId, userId, purpose }).onConflictDoNothing();
  const made = await findPseudonym(tx, userId, purpose);
  if (made) return made;
  throw new Error('A pseudonym that was just made is there.');
}

async function findPseudonym(
  tx: TenantTx,
  userId: string,
  purpose: PseudonymPurpose,
): Promise<string | undefined> {
  const { pseudonyms } = governanceTables(tx);
  const [row] = await tx
    .select({ pseudonymId: pseudonyms.pseudonymId })
    .from(pseudonyms)
    .where(and(eq(pseudonyms.userId, userId), eq(pseudonyms.purpose, purpose)));
  return row?.pseudonymId;
}
