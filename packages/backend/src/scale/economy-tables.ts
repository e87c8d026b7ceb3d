/** What the multiplied people earned and spent; the ledger's triggers see every line of it. */
import { drawn } from '../kernel/demonstration.ts';
import { type ScaledTable, timeText } from './scaled-table.ts';

const earnedBy = (email: string) => 100 + drawn(`credits:${email}`, 400);
/** Less than the least that anybody earns, so that no wallet is overdrawn. */
const spentBy = (email: string) => 10 + drawn(`spent:${email}`, 90);

export const economyTables: readonly ScaledTable[] = [
  {
    name: 'economy.wallets',
    columns: ['id', 'user_id'],
    rowsOf: (person) => [[person.id('economy.wallets'), person.id('auth.users')]],
  },
  {
    name: 'economy.transactions',
    columns: ['id', 'kind', 'idempotency_key', 'entry_count', 'occurred_at'],
    rowsOf: (person) =>
      (['award', 'purchase'] as const).map((kind, at) => [
        person.id('economy.transactions', at),
        kind,
        `demonstration:${kind}:${person.email}`,
        2,
        timeText(30 + 70 * at, person.number % 1_440),
      ]),
  },
  {
    name: 'economy.ledger_entries',
    columns: ['id', 'transaction_id', 'position', 'wallet_id', 'currency', 'amount'],
    rowsOf: (person, { issuance, sink }) => {
      const wallet = person.id('economy.wallets');
      const moves = [
        { from: issuance, to: wallet, amount: earnedBy(person.email) },
        { from: wallet, to: sink, amount: spentBy(person.email) },
      ];
      return moves.flatMap(({ from, to, amount }, at) => {
        const transactionId = person.id('economy.transactions', at);
        const id = (line: number) => person.id('economy.ledger_entries', 2 * at + line);
        return [
          [id(0), transactionId, 1, from, 'credits', -amount],
          [id(1), transactionId, 2, to, 'credits', amount],
        ];
      });
    },
  },
];
