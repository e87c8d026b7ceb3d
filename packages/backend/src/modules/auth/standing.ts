/**
 * A person's standing in a tenant, as their rights over their data change it:
 *
 *     active ⇄ suspended (restricted, or about to be erased) ──▶ erased, for good
 *
 * Whoever is not active cannot sign in. The row of an erased person stays for what refers to it, and says nothing of them.
 */
import { eq, or } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { addressOf, requireAddress } from './addresses.ts';
import { authErrors } from './errors.ts';
import { authTables } from './schema.ts';

export interface PersonStanding {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly status: 'invited' | 'active' | 'suspended' | 'erased';
}

/**
 * Finds a person of any standing, and holds their row until the transaction ends, so that what concerns one person is done
 * by one program at a time. In a transaction that only reads, nothing is held.
 *
 * @param reference  id or address
 * @throws AUTH_PERSON_UNKNOWN
 */
export async function requirePerson(
  tx: TenantTx,
  reference: string,
  { hold = false }: { readonly hold?: boolean } = {},
): Promise<PersonStanding> {
  const { users } = authTables(tx);
  const isReferredTo = or(
    eq(users.email, addressOf(reference)),
    isUuid(reference) ? eq(users.id, reference) : undefined,
  );
  const query = tx
    .select({ id: users.id, email: users.email, displayName: users.displayName, status: users.status })
    .from(users)
    .where(isReferredTo)
    .limit(2);
  const found = await (hold ? query.for('update') : query);
  const [person] = found;
  if (person && found.length === 1) return person;
  // An address that is used again after its person was deleted is of two people; what was asked for is not repeated.
  throw authErrors.AUTH_PERSON_UNKNOWN({
    found: found.length === 0 ? 'nobody of this id or address' : 'several people of this address',
    expected: 'the id or the address of one person of the tenant',
  });
}

/** @param status  `erased` cannot be undone */
export async function changeStanding(
  tx: TenantTx,
  userId: string,
  status: Exclude<PersonStanding['status'], 'invited'>,
): Promise<void> {
  const { users } = authTables(tx);
  const erasedAt = status === 'erased' ? { erasedAt: tx.now } : {};
  await tx
    .update(users)
    .set({ status, ...erasedAt })
    .where(eq(users.id, userId));
}

/** What a person can have put right about themselves (GDPR Art. 16). */
export interface Rectification {
  readonly email?: string;
  readonly displayName?: string;
  readonly givenName?: string;
  readonly middleName?: string;
  readonly familyName?: string;
  readonly handle?: string;
  readonly phoneNumber?: string;
}
export const RECTIFIABLE = [
  'email',
  'displayName',
  'givenName',
  'middleName',
  'familyName',
  'handle',
  'phoneNumber',
] as const satisfies readonly (keyof Rectification)[];

/**
 * Puts right what the platform says of a person; a new address has to be verified again.
 *
 * @returns what it said before, of what was changed
 * @throws DATABASE_* for a value that the table does not take
 */
export async function rectify(
  tx: TenantTx,
  userId: string,
  { email, displayName, ...profile }: Rectification,
): Promise<Readonly<Record<string, string>>> {
  const { users, userProfiles } = authTables(tx);
  const [user] = await tx.select().from(users).where(eq(users.id, userId));
  const [known] = await tx.select().from(userProfiles).where(eq(userProfiles.userId, userId));
  if (email !== undefined || displayName !== undefined)
    await tx
      .update(users)
      .set({
        ...(email === undefined ? {} : { email: requireAddress(email), emailVerifiedAt: null }),
        ...(displayName === undefined ? {} : { displayName }),
      })
      .where(eq(users.id, userId));
  if (Object.keys(profile).length > 0)
    await tx
      .insert(userProfiles)
      .values({ tenantId: tx.tenantId, userId, ...profile })
      .onConflictDoUpdate({ target: [userProfiles.tenantId, userProfiles.userId], set: profile });
  const before = { ...known, ...user };
  const changed = Object.keys({ ...profile, ...(email && { email }), ...(displayName && { displayName }) });
  return Object.fromEntries(changed.map((key) => [key, String(Reflect.get(before, key) ?? '')]));
}
