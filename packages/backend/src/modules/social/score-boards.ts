/**
 * Keeps people's best scores on the boards that rank them by score, from the end of each game day. A place only rises,
 * so a day that is read again changes nothing. Who changes places holds their board's row until that is committed, so
 * the revisions of a board are committed in their order, and a copy that has one of them has all before it.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { advanceRanking, type Cache, cursorBehind, type RankedEntry } from '../../kernel/cache/index.ts';
import { defineConsumer } from '../../kernel/consumers/index.ts';
import { insertRows, type TenantTx, updateRows } from '../../kernel/tenancy/index.ts';
import type { GameConsumer } from '../game/index.ts';
import { positionOf, rankingOf } from './board-rankings.ts';
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

/** @param cache  has copies of the boards, which follow once a change is committed */
export const scoreBoards = (cache: Cache): GameConsumer =>
  defineConsumer({
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
      // Most days beat nothing, and then nobody has to stand in line.
      if ((await risesOf(tx, [...best.values()])).length > 0) tx.beforeCommit(() => raise(tx, cache, best));
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

interface Rise {
  readonly place: Place;
  /** The row that has the place so far. */
  readonly rowId: string | undefined;
}

/** Those of the places that are better than what is stored. */
async function risesOf(tx: TenantTx, places: readonly Place[]): Promise<Rise[]> {
  if (places.length === 0) return [];
  const { leaderboardEntries: entries } = socialTables(tx);
  const { id, leaderboardId, userId, score, achievedAt } = entries;
  const boardIds = [...new Set(places.map((place) => place.leaderboardId))];
  const userIds = [...new Set(places.map((place) => place.userId))];
  const stored = await tx
    .select({ id, leaderboardId, userId, score, achievedAt })
    .from(entries)
    .where(and(inArray(leaderboardId, boardIds), inArray(userId, userIds)));
  const known = new Map(
    stored.map((row) => [keyOf({ leaderboardId: row.leaderboardId, userId: row.userId ?? '' }), row]),
  );
  return places.flatMap((place) => {
    const row = known.get(keyOf(place));
    return isBetter(place, row) ? [{ place, rowId: row?.id }] : [];
  });
}

/** Locks the boards, looks again at what has risen, and writes it as their next revisions. */
async function raise(tx: TenantTx, cache: Cache, best: ReadonlyMap<string, Place>): Promise<void> {
  const { leaderboards: boards, leaderboardEntries: entries } = socialTables(tx);
  const places = [...best.values()];
  const locked = await tx
    .select({ id: boards.id, revision: boards.revision })
    .from(boards)
    .where(inArray(boards.id, [...new Set(places.map(({ leaderboardId }) => leaderboardId))]))
    .orderBy(boards.id)
    .for('no key update');
  const rises = await risesOf(tx, places);
  for (const { id: boardId, revision: before } of locked) {
    const own = rises.filter(({ place }) => place.leaderboardId === boardId);
    if (own.length === 0) continue;
    const revision = before + 1;
    const [board] = await tx
      .update(boards)
      .set({ revision })
      .where(eq(boards.id, boardId))
      .returning({ revision: boards.revision, updatedAt: boards.updatedAt });
    const made = own.filter(({ rowId }) => rowId === undefined);
    const raised = own.flatMap(({ place: { score, achievedAt }, rowId }) =>
      rowId === undefined ? [] : [{ where: { id: rowId }, set: { score, achievedAt, revision } }],
    );
    await insertRows(
      tx,
      entries,
      made.map(({ place }) => ({ ...place, id: uuidv7(), revision })),
    );
    await updateRows(tx, entries, raised);
    if (!board) continue;
    const ranking = rankingOf(tx, boardId);
    const follow = { from: cursorBehind(before), to: positionOf(board), entries: own.map(rankedOf) };
    tx.afterCommit(() => void advanceRanking(cache, ranking, follow));
  }
}

const rankedOf = ({ place: { userId, score, achievedAt } }: Rise): RankedEntry => ({
  id: userId,
  score,
  reachedAt: BigInt(achievedAt.getTime()) * 1_000n,
});
