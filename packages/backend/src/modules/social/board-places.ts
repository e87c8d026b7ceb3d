/**
 * Who is where on a board: from its copy where that is as far as the rows, and else from the rows, with the same answer.
 * The best score is first, of equal ones the one that was reached first, of those the lowest id; a rank is a place in
 * that order, so no two share one.
 */
import { and, asc, count, desc, eq, gt, isNotNull, lt, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import {
  type Cache,
  type RankedPlace,
  type RankingPage,
  readAround,
  readTop,
} from '../../kernel/cache/index.ts';
import { exactTime } from '../../kernel/db/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { refuseValue } from '../../kernel/values/index.ts';
import { type Board, ENTRANT, findBoard, followBoard, positionOf, rankingOf } from './board-rankings.ts';
import { socialTables } from './schema.ts';

/** What somebody who asks can wait for; a copy that lacks more is brought on by a page with each question. */
const PAGES_WHILE_ASKED = 1;
/** At once: a page is for people, and Redis serves nobody else while it puts one together. */
const MOST_PLACES = 1_000;

export type BoardPlace = RankedPlace;
export type BoardPage = RankingPage;

/**
 * Places from a rank on, in their order.
 *
 * @param range.first  a rank, from 1
 * @param range.count  1000 at most
 * @throws SOCIAL_BOARD_UNKNOWN, VALUE_REFUSED
 */
export async function topPlaces(
  tx: TenantTx,
  cache: Cache,
  boardId: string,
  { first = 1, count: wanted }: { readonly first?: number; readonly count: number },
): Promise<BoardPage> {
  requireWhole('a rank', first, 1, Number.MAX_SAFE_INTEGER - MOST_PLACES);
  requireWhole('a number of places', wanted, 0, MOST_PLACES);
  const range = { first, count: wanted };
  return ask(tx, cache, boardId, {
    fromCopy: (board) => readTop(cache, rankingOf(tx, boardId), positionOf(board), range),
    fromRows: (board) => topOfRows(tx, board, range),
  });
}

/**
 * The place of one person, team or corporation, and those around it. No places where they have none.
 *
 * @param each  how many before and behind it, 500 at most
 * @throws SOCIAL_BOARD_UNKNOWN, VALUE_REFUSED
 */
export async function placesAround(
  tx: TenantTx,
  cache: Cache,
  boardId: string,
  { id, each = 0 }: { readonly id: string; readonly each?: number },
): Promise<BoardPage> {
  requireWhole('a number of places on each side', each, 0, MOST_PLACES / 2);
  return ask(tx, cache, boardId, {
    fromCopy: (board) => readAround(cache, rankingOf(tx, boardId), positionOf(board), { id, each }),
    fromRows: (board) => aroundInRows(tx, board, id, each),
  });
}

function requireWhole(place: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw refuseValue(place, 'a number that is out of bounds', `a whole one from ${least} to ${most}`);
}

interface Ways {
  readonly fromCopy: (board: Board) => Promise<BoardPage | undefined>;
  readonly fromRows: (board: Board) => Promise<BoardPage>;
}

async function ask(tx: TenantTx, cache: Cache, boardId: string, ways: Ways): Promise<BoardPage> {
  const board = await findBoard(tx, boardId);
  const known = await ways.fromCopy(board);
  if (known) return known;
  const followed = await followBoard(tx, cache, board, { mostPages: PAGES_WHILE_ASKED });
  const caughtUp = followed ? await ways.fromCopy(board) : undefined;
  return caughtUp ?? ways.fromRows(board);
}

function placesOf(tx: TenantTx, { id, entrant }: Board) {
  const { leaderboardEntries: entries } = socialTables(tx);
  const ranked = entries[ENTRANT[entrant]];
  return { ranked, onBoard: and(eq(entries.leaderboardId, id), isNotNull(ranked)) };
}

async function topOfRows(
  tx: TenantTx,
  board: Board,
  { first, count: wanted }: { readonly first: number; readonly count: number },
): Promise<BoardPage> {
  const { leaderboardEntries: entries } = socialTables(tx);
  const { ranked, onBoard } = placesOf(tx, board);
  const [[all], rows] = await Promise.all([
    tx.select({ total: count() }).from(entries).where(onBoard),
    tx
      .select({ id: ranked, score: entries.score, reachedAt: exactTime(entries.achievedAt) })
      .from(entries)
      .where(onBoard)
      .orderBy(desc(entries.score), asc(entries.achievedAt), asc(ranked))
      .limit(wanted)
      .offset(first - 1),
  ]);
  const places = rows.map((row, at) => ({ ...row, id: row.id ?? '', rank: first + at }));
  return { total: all?.total ?? 0, places };
}

async function aroundInRows(tx: TenantTx, board: Board, id: string, each: number): Promise<BoardPage> {
  const { leaderboardEntries: entries } = socialTables(tx);
  const { ranked, onBoard } = placesOf(tx, board);
  // Compared inside the database, which has the times to the microsecond.
  const own = alias(entries, 'own');
  const ofOwn = own[ENTRANT[board.entrant]];
  const sameTime = and(eq(entries.achievedAt, own.achievedAt), lt(ranked, ofOwn));
  const earlier = or(lt(entries.achievedAt, own.achievedAt), sameTime);
  const better = or(gt(entries.score, own.score), and(eq(entries.score, own.score), earlier));
  const [[found], [before], { total }] = await Promise.all([
    tx
      .select({ id: ranked })
      .from(entries)
      .where(and(onBoard, eq(ranked, id))),
    tx
      .select({ count: count() })
      .from(entries)
      .innerJoin(own, and(eq(own.leaderboardId, entries.leaderboardId), eq(ofOwn, id)))
      .where(and(onBoard, better)),
    topOfRows(tx, board, { first: 1, count: 0 }),
  ]);
  if (!found) return { total, places: [] };
  const rank = (before?.count ?? 0) + 1;
  const first = Math.max(rank - each, 1);
  return topOfRows(tx, board, { first, count: rank + each - first + 1 });
}
