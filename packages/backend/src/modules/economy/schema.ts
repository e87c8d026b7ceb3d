/**
 * The game's money and what it buys. The ledger is the truth: a transaction and its entries are written together, add
 * up to zero in every currency, and are never changed; a mistake is put right by a transaction that reverses it.
 */
import { defineModule } from '../../kernel/db/index.ts';
import { ledgerTables } from './tables/ledger.ts';
import { progressTables } from './tables/progress.ts';

export const economyTables = defineModule('economy', (kit) => {
  const ledger = ledgerTables(kit);
  return { ...ledger, ...progressTables(kit, ledger.transactions) };
});

export const {
  schema,
  wallets,
  walletBalances,
  transactions,
  ledgerEntries,
  levels,
  achievements,
  userAchievements,
  inventoryItems,
  seasonPasses,
} = economyTables.canonical;
