/**
 * Books what is gained and spent in play. While a session is played its credits lie in escrow, since its player cannot
 * spend them elsewhere: they come from issuance and go to the sink; what is left at the end is paid to the player, and
 * goes to the sink when the session was given up. A correction behind the end is paid to the player, or taken back.
 * A transaction has the id of its event, so none is booked twice.
 */
import { and, eq, inArray, isNotNull, sum } from 'drizzle-orm';
import { defineConsumer } from '../../kernel/consumers/index.ts';
import { insertMissingAndTell, insertRows, type TenantTx } from '../../kernel/tenancy/index.ts';
import { type GameConsumer, type PlayedSession, type StoredEvent, sessionState } from '../game/index.ts';
import { economyTables } from './schema.ts';

interface Movement {
  readonly session: PlayedSession;
  readonly event: StoredEvent;
  readonly kind: 'award' | 'purchase' | 'penalty' | 'adjustment';
  readonly from: string;
  readonly to: string;
  readonly credits: number;
}

interface Wallets {
  readonly issuance: string;
  readonly sink: string;
  readonly escrow: string;
}

/** What the player chose to pay for; every other loss is a penalty. */
const PURCHASES: readonly StoredEvent['type'][] = [
  'game.verification.requested',
  'game.resource.adjusted',
  'game.upgrade.purchased',
];

export const playLedger: GameConsumer = defineConsumer({
  name: 'economy.play-ledger',
  handles: [
    'game.session.started',
    'game.indicator.marked',
    'game.verification.requested',
    'game.decision.resolved',
    'game.income.received',
    'game.upkeep.charged',
    'game.breach.occurred',
    'game.incident.resolved',
    'game.resource.adjusted',
    'game.upgrade.purchased',
    'game.session.completed',
    'game.session.abandoned',
    'game.event.corrected',
  ],
  async apply(tx, batches) {
    const wallets = await systemWallets(tx);
    const late: LateCorrection[] = [];
    for (const { session, events } of batches)
      late.push(...(await correctionsBehindEnd(tx, session, events)));
    const behindEnd = new Set<StoredEvent>(late.map(({ correction }) => correction));
    const inPlay = batches.flatMap(({ session, events }) =>
      events
        .filter((event) => !behindEnd.has(event))
        .flatMap((event) => movementInPlay(session, event, wallets) ?? []),
    );
    await book(tx, inPlay);
    for (const { session, events } of batches) {
      const end = events.find(
        ({ type }) => type === 'game.session.completed' || type === 'game.session.abandoned',
      );
      if (end) await closeEscrow(tx, session, end, wallets);
    }
    for (const { session, correction, completed } of late)
      if (completed) await bookBehindEnd(tx, session, correction, wallets);
  },
});

type Correction = Extract<StoredEvent, { type: 'game.event.corrected' }>;

interface LateCorrection {
  readonly session: PlayedSession;
  readonly correction: Correction;
  readonly completed: boolean;
}

/** Those of a session that was given up move nothing: what was left of it is in the sink. */
async function correctionsBehindEnd(tx: TenantTx, session: PlayedSession, events: readonly StoredEvent[]) {
  const late: LateCorrection[] = [];
  for (const event of events) {
    if (event.type !== 'game.event.corrected') continue;
    const { status } = await sessionState(tx, session.id, event.sequence);
    if (status === 'completed' || status === 'abandoned')
      late.push({ session, correction: event, completed: status === 'completed' });
  }
  return late;
}

/** A wallet cannot be overdrawn, so what the player has spent meanwhile is not taken. */
async function bookBehindEnd(
  tx: TenantTx,
  session: PlayedSession,
  event: Correction,
  { issuance, sink }: Wallets,
): Promise<void> {
  const { creditsDelta } = event.data;
  const wallet = await walletOf(tx, session.playerId);
  const kind = 'adjustment';
  if (creditsDelta > 0) {
    await book(tx, [{ session, event, kind, from: issuance, to: wallet, credits: creditsDelta }]);
    return;
  }
  const { walletBalances: balances } = economyTables(tx);
  const [held] = await tx
    .select({ credits: balances.balance })
    .from(balances)
    .where(and(eq(balances.walletId, wallet), eq(balances.currency, 'credits')));
  const credits = Math.min(-creditsDelta, held?.credits ?? 0);
  if (credits > 0) await book(tx, [{ session, event, kind, from: wallet, to: sink, credits }]);
}

function movementInPlay(
  session: PlayedSession,
  event: StoredEvent,
  { issuance, sink, escrow }: Wallets,
): Movement | undefined {
  const credits =
    event.type === 'game.session.started'
      ? event.data.credits
      : 'creditsDelta' in event.data
        ? event.data.creditsDelta
        : 0;
  const corrected = event.type === 'game.event.corrected' ? 'adjustment' : undefined;
  if (credits > 0) return { session, event, kind: corrected ?? 'award', from: issuance, to: escrow, credits };
  const kind = corrected ?? (PURCHASES.includes(event.type) ? 'purchase' : 'penalty');
  return credits < 0 ? { session, event, kind, from: escrow, to: sink, credits: -credits } : undefined;
}

async function closeEscrow(
  tx: TenantTx,
  session: PlayedSession,
  event: StoredEvent,
  { sink, escrow }: Wallets,
): Promise<void> {
  const { transactions, ledgerEntries } = economyTables(tx);
  const [left] = await tx
    .select({ credits: sum(ledgerEntries.amount).mapWith(Number) })
    .from(ledgerEntries)
    .innerJoin(
      transactions,
      and(
        eq(transactions.tenantId, ledgerEntries.tenantId),
        eq(transactions.id, ledgerEntries.transactionId),
      ),
    )
    .where(and(eq(transactions.sessionId, session.id), eq(ledgerEntries.walletId, escrow)));
  const credits = left?.credits ?? 0;
  if (credits <= 0) return;
  const completed = event.type === 'game.session.completed';
  const to = completed ? await walletOf(tx, session.playerId) : sink;
  await book(tx, [{ session, event, kind: completed ? 'award' : 'adjustment', from: escrow, to, credits }]);
}

/** Movements that are booked already are left as they are. */
async function book(tx: TenantTx, movements: readonly Movement[]): Promise<void> {
  if (movements.length === 0) return;
  const { transactions, ledgerEntries } = economyTables(tx);
  const headers = movements.map(({ session, event, kind }) => ({
    id: event.id,
    kind,
    idempotencyKey: `game:${event.id}`,
    sessionId: session.id,
    causeType: 'game.events',
    causeId: event.id,
    entryCount: 2,
    occurredAt: event.serverTime,
  }));
  const booked = await insertMissingAndTell(tx, transactions, headers);
  const entries = movements
    .filter(({ event }) => booked.has(event.id))
    .flatMap(({ event, from, to, credits }) => {
      const line = { transactionId: event.id, currency: 'credits' as const };
      return [
        { ...line, position: 1, walletId: from, amount: -credits },
        { ...line, position: 2, walletId: to, amount: credits },
      ];
    });
  await insertRows(tx, ledgerEntries, entries);
}

async function systemWallets(tx: TenantTx): Promise<Wallets> {
  const { wallets } = economyTables(tx);
  const accounts = ['issuance', 'sink', 'escrow'] as const;
  const find = async () => {
    const rows = await tx
      .select({ id: wallets.id, account: wallets.systemAccount })
      .from(wallets)
      .where(and(isNotNull(wallets.systemAccount), inArray(wallets.systemAccount, [...accounts])));
    const idOf = (account: (typeof accounts)[number]) => rows.find((row) => row.account === account)?.id;
    const [issuance, sink, escrow] = [idOf('issuance'), idOf('sink'), idOf('escrow')];
    return issuance && sink && escrow ? { issuance, sink, escrow } : undefined;
  };
  const known = await find();
  if (known) return known;
  const { tenantId } = tx;
  await tx
    .insert(wallets)
    .values(accounts.map((systemAccount) => ({ tenantId, systemAccount })))
    .onConflictDoNothing();
  const made = await find();
  if (made) return made;
  throw new Error('Wallets of the system that were just made are there.');
}

async function walletOf(tx: TenantTx, userId: string): Promise<string> {
  const { wallets } = economyTables(tx);
  await tx.insert(wallets).values({ tenantId: tx.tenantId, userId }).onConflictDoNothing();
  const [wallet] = await tx.select({ id: wallets.id }).from(wallets).where(eq(wallets.userId, userId));
  if (wallet) return wallet.id;
  throw new Error('A wallet that was just made is there.');
}
