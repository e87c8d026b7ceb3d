/**
 * Keeps people's best scores on the boards that rank them by score, from the end of each game day. A place only rises,
 * so a day that is read again changes nothing.
 */
import { and, eq, isNull } from 'drizzle-orm';
import { defineConsumer } from '../../kernel/consumers/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import type { GameConsumer } from '../game/index.ts';
import { socialTables } from './schema.ts';

/** The board that every tenant has, from its first day of play on. */
const BEST_SCORES = {
  key: 'game.score',
  name: 'Best scores',
  metric: 'score',
  entrant: 'person',
  cadence: 'all_time',
  startsAt: new Date(0),
} as const;

interface Score {
  readonly score: number;
  readonly achievedAt: Date;
}

export const scoreBoards: GameConsumer = defineConsumer({
  name: 'social.score-boards',
  handles: ['game.day.ended'],
  async apply(tx, { session, events }) {
    const scores = events.flatMap(({ type, data, serverTime }) =>
      type === 'game.day.ended' ? [{ score: data.score, achievedAt: serverTime }] : [],
    );
    for (const board of await openBoards(tx)) {
      const within = scores.filter(
        ({ achievedAt }) =>
          achievedAt >= board.startsAt && (board.endsAt === null || achievedAt < board.endsAt),
      );
      const best = within.reduce<Score | undefined>(
        (highest, each) => (highest && highest.score >= each.score ? highest : each),
        undefined,
      );
      if (best) await raise(tx, board.id, session.playerId, best);
    }
  },
});

async function openBoards(tx: TenantTx) {
  const { leaderboards: boards } = socialTables(tx);
  const find = () =>
    tx
      .select({ id: boards.id, key: boards.key, startsAt: boards.startsAt, endsAt: boards.endsAt })
      .from(boards)
      .where(
        and(
          eq(boards.metric, 'score'),
          eq(boards.entrant, 'person'),
          isNull(boards.departmentId),
          isNull(boards.closedAt),
        ),
      )
      .orderBy(boards.id);
  const known = await find();
  if (known.some(({ key }) => key === BEST_SCORES.key)) return known;
  await tx
    .insert(boards)
    .values({ tenantId: tx.tenantId, ...BEST_SCORES })
    .onConflictDoNothing();
  return find();
}

async function raise(tx: TenantTx, leaderboardId: string, userId: string, best: Score): Promise<void> {
  const { leaderboardEntries: entries } = socialTables(tx);
  const entry = { tenantId: tx.tenantId, leaderboardId, userId, ...best };
  const added = await tx.insert(entries).values(entry).onConflictDoNothing().returning({ id: entries.id });
  if (added.length > 0) return;
  const [present] = await tx
    .select({ id: entries.id, score: entries.score, achievedAt: entries.achievedAt })
    .from(entries)
    .where(and(eq(entries.leaderboardId, leaderboardId), eq(entries.userId, userId)))
    .for('update');
  if (!present) return;
  const isBetter =
    best.score > present.score || (best.score === present.score && best.achievedAt < present.achievedAt);
  if (isBetter) await tx.update(entries).set(best).where(eq(entries.id, present.id));
}
