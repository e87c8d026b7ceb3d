/**
 * Wallets and the ledger in double entry. Credits flow from one wallet to another; what enters or leaves the game comes
 * from, or goes to, a wallet of the system, so that every transaction balances.
 */
import { bigint, integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit } from '../../../kernel/db/index.ts';
import { authTargets } from '../../auth/schema.ts';
import { gameTargets } from '../../game/schema.ts';

const currency = () =>
  described(
    text('currency', { enum: ['credits', 'intel', 'tokens', 'experience'] }).notNull(),
    'A currency of the game, never real money: experience is only earned, tokens are bought or granted by a season.',
  );

export function ledgerTables(kit: TableKit) {
  const wallets = walletTable(kit);
  const { tenantTable, to } = kit;

  const walletBalances = tenantTable(
    'wallet_balances',
    'What a person’s or corporation’s wallet holds of each currency. Written by the trigger of ledger entries alone.',
    {
      walletId: uuid('wallet_id').notNull(),
      currency: currency(),
      balance: described(
        bigint('balance', { mode: 'number' }).notNull().default(0),
        'Sum of the wallet’s entries in the currency; a wallet cannot be overdrawn.',
      ),
    },
    {
      subject: 'walletId',
      privileges: ['select'],
      unique: [['walletId', 'currency']],
      references: [to(wallets, 'walletId', 'cascade')],
      checks: { not_overdrawn: `"balance" >= 0` },
    },
  );

  return { wallets, walletBalances, ...journalTables(kit, wallets) };
}

function walletTable({ tenantTable, to }: TableKit) {
  return tenantTable(
    'wallets',
    'The accounts of the ledger: one for each person and corporation, and those that the system issues from and collects in.',
    {
      userId: uuid('user_id'),
      corporationId: described(
        uuid('corporation_id'),
        'Id in social.corporations; null unless a corporation owns the wallet.',
      ),
      systemAccount: described(
        text('system_account', { enum: ['issuance', 'sink', 'escrow', 'fees'] }),
        'Role of a system wallet: issuance creates, sink destroys, escrow holds what is being traded.',
      ),
      status: described(
        text('status', { enum: ['active', 'frozen', 'closed'] })
          .notNull()
          .default('active'),
        'A frozen wallet is under review: nothing may be paid from it.',
      ),
    },
    {
      // A wallet never changes hands: a person’s that became the system’s could be overdrawn.
      privileges: ['select', 'insert'],
      updatable: ['status'],
      unique: [['userId'], ['corporationId'], ['systemAccount']],
      references: [to(authTargets.users, 'userId')],
      checks: { one_owner: `num_nonnulls("user_id", "corporation_id", "system_account") = 1` },
    },
  );
}

function journalTables({ appendOnlyTable, to }: TableKit, wallets: ReturnType<typeof walletTable>) {
  const transactions = appendOnlyTable(
    'transactions',
    'Movements of value between wallets, each with the entries that make it up and the reason for it.',
    {
      kind: text('kind', {
        enum: ['award', 'purchase', 'sale', 'transfer', 'penalty', 'refund', 'reversal', 'adjustment'],
      }).notNull(),
      idempotencyKey: described(
        text('idempotency_key').notNull(),
        'Given by the caller: the same request, sent again, finds this transaction and books nothing.',
      ),
      sessionId: described(uuid('session_id'), 'The game that it was earned or spent in, if any.'),
      causeType: described(
        text('cause_type'),
        'What it was booked for, as module.table, such as ugc.marketplace_listings.',
      ),
      causeId: described(uuid('cause_id'), 'Id of the row in that table.'),
      reversesId: described(
        uuid('reverses_id'),
        'The transaction that this one undoes; each can be undone once.',
      ),
      entryCount: described(
        integer('entry_count').notNull(),
        'How many entries it has: fewer cannot commit, and none can be added later.',
      ),
      occurredAt: instant('occurred_at').notNull(),
    },
    {
      subject: 'sessionId',
      unique: [['idempotencyKey'], ['reversesId']],
      references: [to(gameTargets.sessions, 'sessionId'), to('self', 'reversesId')],
      checks: {
        two_entries_at_least: `"entry_count" >= 2`,
        cause_complete: `num_nonnulls("cause_type", "cause_id") in (0, 2)`,
        reversal_names_its_original: `("kind" = 'reversal') = ("reverses_id" is not null)`,
        not_its_own_reversal: `"reverses_id" <> "id"`,
      },
    },
  );

  const ledgerEntries = appendOnlyTable(
    'ledger_entries',
    'The lines of a transaction. Over each transaction and currency they add up to zero, which COMMIT enforces.',
    {
      transactionId: uuid('transaction_id').notNull(),
      position: described(integer('position').notNull(), 'Line within the transaction, from 1.'),
      walletId: uuid('wallet_id').notNull(),
      currency: currency(),
      amount: described(
        bigint('amount', { mode: 'number' }).notNull(),
        'In whole units of the currency: positive into the wallet, negative out of it.',
      ),
    },
    {
      subject: 'walletId',
      unique: [['transactionId', 'position']],
      references: [to(transactions, 'transactionId'), to(wallets, 'walletId')],
      indexes: { 'a wallet’s statement, newest first': ['walletId', 'createdAt desc'] },
      checks: { amount_not_zero: `"amount" <> 0`, position_from_one: `"position" >= 1` },
    },
  );

  return { transactions, ledgerEntries };
}
