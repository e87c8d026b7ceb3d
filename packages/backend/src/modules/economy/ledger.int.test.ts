import { and, eq, inArray, isNotNull, sum } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { allow } from '../../../test/harness/allow.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { enterTenant } from '../../kernel/isolation/enter-tenant.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { listPlayers } from '../auth/index.ts';
import { economyTables } from './schema.ts';

const TENANT = 'consumers';
const WRITERS = 20;
const TRANSFERS = 5;
type Currency = 'credits' | 'intel';
type Entry = readonly [walletId: string, amount: number, currency?: Currency];

/** A header of a transaction and its entries, as many as it states unless `stated` says otherwise. */
async function book(tx: TenantTx, entries: readonly Entry[], stated = entries.length): Promise<string> {
  const { transactions } = economyTables(tx);
  const id = uuidv7();
  const { tenantId, now: occurredAt } = tx;
  const header = {
    tenantId,
    id,
    kind: 'transfer' as const,
    idempotencyKey: id,
    entryCount: stated,
    occurredAt,
  };
  await tx.insert(transactions).values(header);
  await enter(tx, id, entries);
  return id;
}

async function enter(
  tx: TenantTx,
  transactionId: string,
  entries: readonly Entry[],
  after = 0,
): Promise<void> {
  const { ledgerEntries } = economyTables(tx);
  const { tenantId } = tx;
  await tx.insert(ledgerEntries).values(
    entries.map(([walletId, amount, currency = 'credits'], at) => ({
      tenantId,
      transactionId,
      position: after + at + 1,
      walletId,
      currency,
      amount,
    })),
  );
}

describe('the ledger', () => {
  const db = useDatabase();
  const wallets: string[] = [];
  let issuance = '';
  const run = <Result>(work: (tx: TenantTx) => Promise<Result>) => db.platform.tenancy.run(TENANT, work);

  beforeAll(async () => {
    await allow(db, ['UPDATE (status) ON economy.wallets']);
    await run(async (tx) => {
      const { wallets: table } = economyTables(tx);
      const { tenantId } = tx;
      const people = await listPlayers(tx, 4);
      const owners = [...people.map(({ id }) => ({ tenantId, userId: id }))];
      await tx
        .insert(table)
        .values([...owners, { tenantId, systemAccount: 'issuance' }])
        .onConflictDoNothing();
      const userIds = people.map(({ id }) => id);
      const owned = await tx.select().from(table).where(inArray(table.userId, userIds));
      wallets.push(...owned.map(({ id }) => id));
      const [system] = await tx.select().from(table).where(eq(table.systemAccount, 'issuance'));
      issuance = system!.id;
    });
  });

  const balanceOf = (walletId: string, currency: Currency = 'credits') =>
    run(async (tx) => {
      const { walletBalances: held } = economyTables(tx);
      const [row] = await tx
        .select({ balance: held.balance })
        .from(held)
        .where(and(eq(held.walletId, walletId), eq(held.currency, currency)));
      return row?.balance ?? 0;
    });

  const countEntries = () => run((tx) => tx.$count(economyTables(tx).ledgerEntries));

  /** Whatever is refused leaves nothing behind. */
  async function refuses(code: string, work: (tx: TenantTx) => Promise<unknown>): Promise<void> {
    const before = await countEntries();
    await expect(run(work)).rejects.toMatchObject({ code });
    expect(await countEntries()).toBe(before);
  }

  it('books what balances, and the balances follow', async () => {
    const before = await Promise.all([balanceOf(wallets[0]!), balanceOf(wallets[1]!)]);
    await run((tx) =>
      book(tx, [
        [issuance, -100],
        [wallets[0]!, 70],
        [wallets[1]!, 30],
      ]),
    );
    const after = await Promise.all([balanceOf(wallets[0]!), balanceOf(wallets[1]!)]);
    expect(after).toEqual([before[0]! + 70, before[1]! + 30]);
    expect(await balanceOf(issuance)).toBe(0); // a system wallet has no balance row
  });

  it('commits nothing that does not add up to zero', async () => {
    await refuses('ECONOMY_TRANSACTION_UNBALANCED', (tx) =>
      book(tx, [
        [issuance, -10],
        [wallets[0]!, 9],
      ]),
    );
  });

  it('adds up each currency for itself', async () => {
    await refuses('ECONOMY_TRANSACTION_UNBALANCED', (tx) =>
      book(tx, [
        [issuance, -10],
        [wallets[0]!, 10, 'intel'],
      ]),
    );
  });

  it('says at COMMIT what is wrong, and by how much', async () => {
    let transactionId = '';
    const error = await run(async (tx) => {
      transactionId = await book(tx, [
        [issuance, -10],
        [wallets[0]!, 9],
        [wallets[0]!, 4, 'intel'],
      ]);
    }).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({
      code: 'ECONOMY_TRANSACTION_UNBALANCED',
      retryable: false,
      data: { transactionId, unbalanced: { credits: -1, intel: 4 } },
    });
  });

  it('commits no transaction without all the entries that it states', async () => {
    await refuses('ECONOMY_TRANSACTION_CLOSED', (tx) =>
      book(
        tx,
        [
          [issuance, -10],
          [wallets[0]!, 10],
        ],
        3,
      ),
    );
  });

  it('adds nothing to a transaction that is booked, not even what balances', async () => {
    const id = await run((tx) =>
      book(tx, [
        [issuance, -10],
        [wallets[0]!, 10],
      ]),
    );
    await refuses('ECONOMY_TRANSACTION_CLOSED', (tx) =>
      enter(
        tx,
        id,
        [
          [issuance, -5],
          [wallets[0]!, 5],
        ],
        2,
      ),
    );
  });

  it('counts across savepoints: an entry that is rolled back is missed, one that is made again is not', async () => {
    const app = await db.connectAsApp();
    const { id: tenantId } = await db.platform.tenancy.locate(TENANT);
    const attempt = async (again: boolean) => {
      const id = uuidv7();
      const entry = (position: number, wallet: string, amount: number) =>
        app.query(
          `INSERT INTO economy.ledger_entries (tenant_id, transaction_id, position, wallet_id, currency, amount)
           VALUES ($1, $2, $3, $4, 'credits', $5)`,
          [tenantId, id, position, wallet, amount],
        );
      await app.query('BEGIN');
      await enterTenant(app, tenantId);
      await app.query(
        `INSERT INTO economy.transactions (tenant_id, id, kind, idempotency_key, entry_count, occurred_at)
         VALUES ($1, $2::uuid, 'transfer', $2::uuid::text, 2, now())`,
        [tenantId, id],
      );
      await entry(1, issuance, -10);
      await app.query('SAVEPOINT half');
      await entry(2, wallets[0]!, 10);
      await app.query('ROLLBACK TO SAVEPOINT half');
      if (again) await entry(2, wallets[0]!, 10);
      return app.query('COMMIT').then(({ command }) => command);
    };
    await expect(attempt(false)).rejects.toMatchObject({ code: 'ZD031' });
    expect(await attempt(true)).toBe('COMMIT');
  });

  it('overdraws no wallet', async () => {
    const held = await balanceOf(wallets[2]!);
    await refuses('ECONOMY_WALLET_OVERDRAWN', (tx) =>
      book(tx, [
        [wallets[2]!, -held - 1],
        [wallets[0]!, held + 1],
      ]),
    );
    expect(await balanceOf(wallets[2]!)).toBe(held);
  });

  it('pays nothing from a frozen wallet, and pays into it', async () => {
    const wallet = wallets[3]!;
    await run((tx) =>
      book(tx, [
        [issuance, -10],
        [wallet, 10],
      ]),
    );
    await run((tx) => {
      const { wallets: table } = economyTables(tx);
      return tx.update(table).set({ status: 'frozen' }).where(eq(table.id, wallet));
    });
    await refuses('ECONOMY_WALLET_LOCKED', (tx) =>
      book(tx, [
        [wallet, -1],
        [wallets[0]!, 1],
      ]),
    );
    await run((tx) =>
      book(tx, [
        [issuance, -1],
        [wallet, 1],
      ]),
    );
  });

  it('keeps the sum at zero and every wallet above it while twenty writers pay each other', async () => {
    const platform = db.open({ poolSize: WRITERS });
    const pay = async (writer: number) => {
      for (let at = 0; at < TRANSFERS; at += 1) {
        const [from, to] = [wallets[(writer + at) % 3]!, wallets[(writer + at + 1 + (writer % 2)) % 3]!];
        await platform.tenancy
          .run(TENANT, (tx) =>
            book(tx, [
              [from, -25],
              [to, 25],
            ]),
          )
          .catch((error: unknown) => expect(error).toMatchObject({ code: 'ECONOMY_WALLET_OVERDRAWN' }));
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => pay(writer)));
    await run(async (tx) => {
      const { ledgerEntries: entries, walletBalances: held } = economyTables(tx);
      const totals = await tx
        .select({ currency: entries.currency, total: sum(entries.amount).mapWith(Number) })
        .from(entries)
        .groupBy(entries.currency);
      expect(totals.filter(({ total }) => total !== 0)).toEqual([]);
      for (const { walletId, currency, balance } of await tx
        .select()
        .from(held)
        .where(isNotNull(held.walletId))) {
        const [booked] = await tx
          .select({ total: sum(entries.amount).mapWith(Number) })
          .from(entries)
          .where(and(eq(entries.walletId, walletId), eq(entries.currency, currency)));
        expect(balance).toBe(booked!.total);
        expect(balance).toBeGreaterThanOrEqual(0);
      }
    });
  });
});
