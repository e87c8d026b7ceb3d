/**
 * Keeps people's best scores on the boards that rank them by score, from the end of each game day. A place only rises,
 * so a day that is read again changes nothing.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { defineConsumer } from '../../kernel/consumers/index.ts';
import { insertMissingAndTell, type TenantTx, updateRows } from '../../kernel/tenancy/index.ts';
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

interface Place {
  readonly leaderboardId: string;
  readonly userId: string;
  readonly score: number;
  readonly achievedAt: Date;
}

export const scoreBoards: GameConsumer = defineConsumer({
  name: 'social.score-boards',
  handles: ['game.day.ended'],
  async apply(tx, batches) {
    const best = new Map<string, Place>();
    for (const { id: leaderboardId, startsAt, endsAt } of await openBoards(tx))
      for (const { session, events } of batches)
        for (const { type, data, serverTime: achievedAt } of events) {
          if (type !== 'game.day.ended' || achievedAt < startsAt) continue;
          if (endsAt !== null && achievedAt >= endsAt) continue;
          const place = { leaderboardId, userId: session.playerId, score: data.score, achievedAt };
          if (isBetter(place, best.get(keyOf(place)))) best.set(keyOf(place), place);
        }
    await raise(tx, best);
  },
});

const keyOf = ({ leaderboardId, userId }: Pick<Place, 'leaderboardId' | 'userId'>) =>
  `${leaderboardId}/${userId}`;

/** Who reached a score first stays before those who reached it later. */
const isBetter = (one: Place, other: Pick<Place, 'score' | 'achievedAt'> | undefined) =>
  other === undefined ||
  one.score > other.score ||
  (one.score === other.score && one.achievedAt < other.achievedAt);

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

async function raise(tx: TenantTx, best: ReadonlyMap<string, Place>): Promise<void> {
  if (best.size === 0) return;
  const { leaderboardEntries: entries } = socialTables(tx);
  // Programs that raise the same places do so in one order, and wait for one another.
  const inOrder = [...best].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const places = inOrder.map(([, place]) => ({ ...place, id: uuidv7() }));
  const added = await insertMissingAndTell(tx, entries, places);
  const others = places.filter(({ id }) => !added.has(id));
  if (others.length === 0) return;
  const present = await tx
    .select({
      id: entries.id,
      leaderboardId: entries.leaderboardId,
      userId: entries.userId,
      score: entries.score,
      achievedAt: entries.achievedAt,
    })
    .from(entries)
    .where(
      and(
        inArray(entries.leaderboardId, [...new Set(others.map(({ leaderboardId }) => leaderboardId))]),
        inArray(
          entries.userId,
          others.map(({ userId }) => userId),
        ),
      ),
    )
    .orderBy(entries.leaderboardId, entries.userId)
    .for('update');
  const changes = present.flatMap(({ id, userId, ...known }) => {
    const place = userId === null ? undefined : best.get(keyOf({ ...known, userId }));
    if (!place || !isBetter(place, known)) return [];
    const { score, achievedAt } = place;
    return [{ where: { id }, set: { score, achievedAt } }];
  });
  await updateRows(tx, entries, changes);
}
