/** How a person is reached, for those who tell them something. */
import { eq } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { authTables } from './schema.ts';

export interface Contact {
  readonly email: string;
  /** Null where they have chosen none: the tenant's. */
  readonly localeTag: string | null;
}

/** Undefined for who is not active: nothing is done with their data. */
export async function contactOf(tx: TenantTx, userId: string): Promise<Contact | undefined> {
  const { users, userProfiles } = authTables(tx);
  const [person] = await tx
    .select({ email: users.email, status: users.status, deletedAt: users.deletedAt })
    .from(users)
    .where(eq(users.id, userId));
  if (person?.status !== 'active' || person.deletedAt !== null) return undefined;
  const [profile] = await tx
    .select({ localeTag: userProfiles.localeTag })
    .from(userProfiles)
    .where(eq(userProfiles.userId, userId));
  return { email: person.email, localeTag: profile?.localeTag ?? null };
}
