/** How a person is reached, for those who tell them something. */
import { and, eq, isNull } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { authTables } from './schema.ts';

export interface Contact {
  readonly email: string;
  readonly localeTag: string;
}

/** Undefined for who is not active: nothing is done with their data. */
export async function contactOf(tx: TenantTx, userId: string): Promise<Contact | undefined> {
  const { users } = authTables(tx);
  const [person] = await tx
    .select({ email: users.email, localeTag: users.localeTag })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.status, 'active'), isNull(users.deletedAt)));
  return person;
}
