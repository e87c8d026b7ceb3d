/**
 * A little economy for a demonstration tenant: everybody has earned something and spent some of it. Repeatable: each
 * booking has a key, and is made when no booking has it.
 */
import { and, inArray, isNotNull } from 'drizzle-orm';
import { demonstrationTime, drawn } from '../../kernel/demonstration.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { economyTables } from './schema.ts';

interface Person {
  readonly id: string;
  readonly email: string;
}

interface Booking {
  readonly key: string;
  readonly kind: 'award' | 'purchase';
  readonly occurredAt: Date;
  readonly lines: readonly {
    readonly from: string;
    readonly to: string;
    readonly currency: 'credits' | 'experience';
    readonly amount: number;
  }[];
}

export async function seedEconomy(tx: TenantTx, people: readonly Person[]): Promise<void> {
  const wallets = await seedWallets(tx, people);
  const bookings = people.flatMap((person, at) => bookingsOf(person, at, wallets));
  const { transactions } = economyTables(tx);
  const keys = bookings.map(({ key }) => key);
  if (keys.length === 0) return;
  const known = await tx
    .select({ key: transactions.idempotencyKey })
    .from(transactions)
    .where(inArray(transactions.idempotencyKey, keys));
  const booked = new Set(known.map(({ key }) => key));
  await book(
    tx,
    bookings.filter(({ key }) => !booked.has(key)),
  );
}

/** What is earned is more than what is spent, so that no wallet is overdrawn. */
function bookingsOf(
  { id, email }: Person,
  at: number,
  { issuance, sink, ofPeople }: Awaited<ReturnType<typeof seedWallets>>,
): Booking[] {
  const wallet = ofPeople.get(id);
  if (wallet === undefined) return [];
  const earned = (currency: 'credits' | 'experience', amount: number) => ({
    from: issuance,
    to: wallet,
    currency,
    amount,
  });
  const credits = 100 + drawn(`credits:${email}`, 400);
  const award = {
    key: `demonstration:award:${email}`,
    kind: 'award' as const,
    occurredAt: demonstrationTime(30 + (at % 60), drawn(`award:${email}`, 1_440)),
    lines: [earned('credits', credits), earned('experience', 50 + drawn(`experience:${email}`, 950))],
  };
  const amount = 10 + drawn(`spent:${email}`, 90);
  const purchase = {
    key: `demonstration:purchase:${email}`,
    kind: 'purchase' as const,
    occurredAt: demonstrationTime(100 + (at % 60), drawn(`purchase:${email}`, 1_440)),
    lines: [{ from: wallet, to: sink, currency: 'credits' as const, amount }],
  };
  return drawn(`buys:${email}`, 3) === 0 ? [award] : [award, purchase];
}

async function seedWallets(tx: TenantTx, people: readonly Person[]) {
  const { wallets } = economyTables(tx);
  const { tenantId } = tx;
  const ofSystem = (['issuance', 'sink'] as const).map((systemAccount) => ({ tenantId, systemAccount }));
  await tx.insert(wallets).values(ofSystem).onConflictDoNothing();
  if (people.length > 0)
    await tx
      .insert(wallets)
      .values(people.map(({ id }) => ({ tenantId, userId: id })))
      .onConflictDoNothing();
  const system = new Map(
    (
      await tx
        .select({ id: wallets.id, account: wallets.systemAccount })
        .from(wallets)
        .where(isNotNull(wallets.systemAccount))
    ).map(({ id, account }) => [account, id]),
  );
  const issuance = system.get('issuance');
  const sink = system.get('sink');
  if (issuance === undefined || sink === undefined) throw new Error('a wallet of the system is missing');
  const userIds = people.map(({ id }) => id);
  const owned = await tx
    .select({ id: wallets.id, userId: wallets.userId })
    .from(wallets)
    .where(and(isNotNull(wallets.userId), inArray(wallets.userId, userIds)));
  return { issuance, sink, ofPeople: new Map(owned.map(({ id, userId }) => [userId, id])) };
}

async function book(tx: TenantTx, bookings: readonly Booking[]): Promise<void> {
  if (bookings.length === 0) return;
  const { transactions, ledgerEntries } = economyTables(tx);
  const { tenantId } = tx;
  const headers = bookings.map(({ key, kind, occurredAt, lines }) => ({
    tenantId,
    kind,
    idempotencyKey: key,
    entryCount: lines.length * 2,
    occurredAt,
  }));
  const added = await tx
    .insert(transactions)
    .values(headers)
    .returning({ id: transactions.id, key: transactions.idempotencyKey });
  const idOf = new Map(added.map(({ id, key }) => [key, id]));
  const entries = bookings.flatMap(({ key, lines }) => {
    const transactionId = idOf.get(key);
    if (transactionId === undefined) throw new Error('INSERT RETURNING left out a row');
    return lines.flatMap(({ from, to, currency, amount }, at) => [
      { tenantId, transactionId, position: 2 * at + 1, walletId: from, currency, amount: -amount },
      { tenantId, transactionId, position: 2 * at + 2, walletId: to, currency, amount },
    ]);
  });
  await tx.insert(ledgerEntries).values(entries);
}
