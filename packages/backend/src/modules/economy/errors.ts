/** What the ledger refuses: what does not balance, what comes too late, and what the wallet’s state or balance forbids. */
import type { StateErrors } from '../../kernel/db/index.ts';
import { defineErrors } from '../../kernel/errors/index.ts';

export const economyErrors = defineErrors({
  ECONOMY_TRANSACTION_UNBALANCED: {
    message:
      'The entries of the ledger transaction do not add up to zero in every currency; nothing was booked.',
    next: 'book what leaves one wallet into another, one of the system’s where it enters or leaves the game',
    exitCode: 1,
  },
  ECONOMY_TRANSACTION_CLOSED: {
    message: 'The ledger transaction has fewer or more entries than it states; nothing was booked.',
    next: 'insert a transaction with all of its entries at once; correct a booked one by a reversal',
    exitCode: 1,
  },
  ECONOMY_WALLET_LOCKED: {
    message: 'The wallet is frozen or closed; nothing was booked.',
    next: 'end the review of the wallet, or book to another one',
    exitCode: 1,
  },
  ECONOMY_WALLET_OVERDRAWN: {
    message: 'The wallet holds less than is to be paid from it; nothing was booked.',
    next: 'pay no more than the wallet’s balance in that currency',
    exitCode: 1,
  },
});

/** The errors that the triggers of the ledger raise; those of whole transactions arrive at COMMIT. */
export const economyStates: StateErrors = {
  ZD030: economyErrors.ECONOMY_TRANSACTION_UNBALANCED,
  ZD031: ({ data, ...rest }) =>
    economyErrors.ECONOMY_TRANSACTION_CLOSED({
      ...rest,
      found: `${data?.actual} entries`,
      expected: `${data?.expected} entries, as the transaction states`,
      ...(data ? { data } : {}),
    }),
  ZD032: economyErrors.ECONOMY_WALLET_LOCKED,
  ZD033: economyErrors.ECONOMY_WALLET_OVERDRAWN,
};
