/**
 * Rankings as sorted sets, each a follower of rows that have the truth. Rows carry the revision of their board at which
 * they last changed; a ranking has a cursor, (revision, row), that says which of them it has, and takes further ones
 * only from exactly where it stands. So updates that are lost, late, repeated or out of order leave it behind, which is
 * noticed and caught up with, and never wrong.
 *
 * The best score comes first, of equal ones the earliest, of those the lowest id. A sorted set orders by score, which
 * is a double, then by the member's bytes. The score is exact there up to 2^53, negated; time and id are in the member,
 * as digits of fixed length, since all three do not fit into the 53 bits of a double.
 *
 * It is three keys, any of which can go alone: how many places there are is kept with the cursor, and a ranking that has
 * another number of them is not used. Nor is one with a place that is none, which nobody here wrote.
 */
import type { Cache } from './cache.ts';
import { beside, type CacheAddress } from './keys.ts';
import { defineScript } from './script.ts';

export interface RankedEntry {
  readonly id: string;
  readonly score: number;
  /** When the score was reached, in microseconds since 1970, as PostgreSQL has it. */
  readonly reachedAt: bigint;
}

export interface RankedPlace extends RankedEntry {
  /** From 1. */
  readonly rank: number;
}

export interface RankingPage {
  /** How many there are in all. */
  readonly total: number;
  readonly places: readonly RankedPlace[];
}

/** How far the rows are: a ranking that is not there is not used. */
export interface RankingPosition {
  /** The cursor behind every row of a revision. */
  readonly cursor: string;
  /** Differs between two histories that have the same revision, as before and after a restored backup. */
  readonly stamp: string;
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export const cursorAt = (revision: number, rowId: string): string => `${revision}/${rowId}`;
/** Behind every row of the revision: no further one can come, since each change makes a new revision. */
export const cursorBehind = (revision: number): string => cursorAt(revision, LAST_ID);
export const START = cursorAt(-1, LAST_ID);

export function readCursor(cursor: string): { readonly revision: number; readonly rowId: string } {
  const [revision, rowId = LAST_ID] = cursor.split('/');
  return { revision: Number(revision), rowId };
}

/** Long enough that a board which is looked at now and then stays; short enough that a forgotten one goes. */
const KEPT_SECONDS = 24 * 60 * 60;

const AT = `
  local known = redis.call('HMGET', KEYS[1], 'epoch', 'cursor', 'stamp', 'places')
  if known[1] ~= ARGV[1] or known[2] ~= ARGV[2] or known[3] ~= ARGV[3] then return false end`;

const WHOLE = (places: string) =>
  `(redis.call('ZCARD', KEYS[2]) == tonumber(${places}) and redis.call('HLEN', KEYS[3]) == tonumber(${places}))`;

const CURRENT = `${AT}
  if not ${WHOLE('known[4]')} then return false end`;

const TOP = defineScript<[number, string[]] | null>(`${CURRENT}
  return { redis.call('ZCARD', KEYS[2]),
    redis.call('ZRANGE', KEYS[2], ARGV[4], ARGV[5], 'WITHSCORES') }`);

const AROUND = defineScript<[number, number, string[]] | null>(`${CURRENT}
  local total = redis.call('ZCARD', KEYS[2])
  local member = redis.call('HGET', KEYS[3], ARGV[4])
  if not member then return { total, 0, {} } end
  local first = math.max(redis.call('ZRANK', KEYS[2], member) - ARGV[5], 0)
  return { total, first, redis.call('ZRANGE', KEYS[2], first, redis.call('ZRANK', KEYS[2], member) + ARGV[5],
    'WITHSCORES') }`);

const ENTRIES = defineScript<[number, number, (string | false)[]] | null>(`${AT}
  local found = {}
  for at = 4, #ARGV do
    local member = redis.call('HGET', KEYS[3], ARGV[at])
    local score = member and redis.call('ZSCORE', KEYS[2], member)
    found[#found + 1] = score and member or ''
    found[#found + 1] = score or ''
  end
  return { redis.call('ZCARD', KEYS[2]), redis.call('HLEN', KEYS[3]), found }`);

const CURSOR = defineScript<string | null>(`
  local known = redis.call('HMGET', KEYS[1], 'epoch', 'cursor')
  if known[1] == ARGV[1] then return known[2] end
  return ARGV[2]`);

/** A ranking of an earlier placement is begun anew; one of a later placement is none of ours. */
const ADVANCE = defineScript<number>(`
  local known = redis.call('HMGET', KEYS[1], 'epoch', 'cursor', 'places')
  local cursor = known[2]
  if known[1] ~= ARGV[1] then
    if known[1] and tonumber(known[1]) > tonumber(ARGV[1]) then return 0 end
    redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
    cursor = ARGV[6]
  elseif not ${WHOLE('known[3]')} then
    redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
    return 0
  end
  if cursor ~= ARGV[2] then return 0 end
  for at = 7, #ARGV, 3 do
    local id, score, member = ARGV[at], ARGV[at + 1], ARGV[at + 2]
    local former = redis.call('HGET', KEYS[3], id)
    if former and former ~= member then redis.call('ZREM', KEYS[2], former) end
    redis.call('ZADD', KEYS[2], score, member)
    redis.call('HSET', KEYS[3], id, member)
  end
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'cursor', ARGV[3], 'stamp', ARGV[4],
    'places', redis.call('ZCARD', KEYS[2]))
  for at = 1, 3 do redis.call('EXPIRE', KEYS[at], ARGV[5]) end
  return 1`);

/** A ranking that is elsewhere could still be given the rows of whoever leaves, by somebody who read them before. */
const LEAVE = defineScript<number>(`
  local known = redis.call('HMGET', KEYS[1], 'epoch', 'cursor', 'stamp', 'places')
  if known[1] ~= ARGV[1] or known[2] ~= ARGV[2] or known[3] ~= ARGV[3] or not ${WHOLE('known[4]')} then
    return redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
  end
  local member = redis.call('HGET', KEYS[3], ARGV[4])
  if not member then return 0 end
  redis.call('ZREM', KEYS[2], member)
  redis.call('HSET', KEYS[1], 'places', redis.call('ZCARD', KEYS[2]))
  return redis.call('HDEL', KEYS[3], ARGV[4])`);

const DROP = defineScript<number>(`return redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])`);

const keysOf = (ranking: CacheAddress) => [
  ranking.key,
  beside(ranking, 'places'),
  beside(ranking, 'members'),
];

/** @returns undefined where the ranking is not at that position or is damaged, and without Redis */
export async function readTop(
  cache: Cache,
  ranking: CacheAddress,
  { cursor, stamp }: RankingPosition,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<RankingPage | undefined> {
  // To Redis, -1 is the last one.
  const range = count > 0 ? [first - 1, first + count - 2] : [1, 0];
  const found = await cache.call(TOP, keysOf(ranking), [ranking.epoch, cursor, stamp, ...range]);
  return found ? pageOf(found[0], found[1], first) : undefined;
}

/**
 * The place of one, with so many before and behind it; no places where it has none.
 *
 * @returns undefined where the ranking is not at that position or is damaged, and without Redis
 */
export async function readAround(
  cache: Cache,
  ranking: CacheAddress,
  { cursor, stamp }: RankingPosition,
  { id, each }: { readonly id: string; readonly each: number },
): Promise<RankingPage | undefined> {
  const found = await cache.call(AROUND, keysOf(ranking), [ranking.epoch, cursor, stamp, id, each]);
  return found ? pageOf(found[0], found[2], found[1] + 1) : undefined;
}

export interface KnownEntries {
  /** The more of what is counted twice, which is the same in a whole ranking. */
  readonly total: number;
  /** In the order of the ids that were asked for; undefined for one that has no place. */
  readonly entries: readonly (RankedEntry | undefined)[];
}

/** Undefined where the ranking is not at that position, and without Redis. */
export async function readEntries(
  cache: Cache,
  ranking: CacheAddress,
  { cursor, stamp }: RankingPosition,
  ids: readonly string[],
): Promise<KnownEntries | undefined> {
  const found = await cache.call(ENTRIES, keysOf(ranking), [ranking.epoch, cursor, stamp, ...ids]);
  if (!found) return undefined;
  const [places, members, flat] = found;
  const entries = ids.map((_, at) => {
    const [member, score] = [flat[2 * at], flat[2 * at + 1]];
    return member && score ? entryOf(member, score) : undefined;
  });
  return { total: Math.max(places, members), entries };
}

const CURSOR_SHAPE = /^-?\d{1,15}\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Where it stands; at the start where there is none of this placement. Undefined without Redis. */
export async function rankingCursor(cache: Cache, ranking: CacheAddress): Promise<string | undefined> {
  const cursor = await cache.call(CURSOR, [ranking.key], [ranking.epoch, START]);
  if (cursor === undefined || (cursor !== null && CURSOR_SHAPE.test(cursor))) return cursor;
  return (await dropRanking(cache, ranking)) ? START : undefined;
}

export interface Advance {
  readonly from: string;
  readonly to: RankingPosition;
  readonly entries: readonly RankedEntry[];
}

/** @returns whether the ranking stood at `from`, and now is at `to`; undefined without Redis */
export async function advanceRanking(
  cache: Cache,
  ranking: CacheAddress,
  { from, to, entries }: Advance,
): Promise<boolean | undefined> {
  const rows = entries.flatMap((entry) => [entry.id, -entry.score, memberOf(entry)]);
  const args = [ranking.epoch, from, to.cursor, to.stamp, KEPT_SECONDS, START, ...rows];
  const advanced = await cache.call(ADVANCE, keysOf(ranking), args);
  return advanced === undefined ? undefined : advanced === 1;
}

/** Takes one out whose row is gone; whoever needs a ranking that was elsewhere makes it anew. @returns whether Redis did so */
export async function leaveRanking(
  cache: Cache,
  ranking: CacheAddress,
  { cursor, stamp }: RankingPosition,
  id: string,
): Promise<boolean> {
  return (await cache.call(LEAVE, keysOf(ranking), [ranking.epoch, cursor, stamp, id])) !== undefined;
}

/** Whoever needs it next makes it anew. @returns whether Redis did so */
export const dropRanking = async (cache: Cache, ranking: CacheAddress): Promise<boolean> =>
  (await cache.call(DROP, keysOf(ranking), [])) !== undefined;

/** Times from 4713 before to 294276 after our era, as PostgreSQL has them, are not negative with this added. */
const TIME_OFFSET = 1n << 62n;
const TIME_DIGITS = 16;

const memberOf = ({ id, reachedAt }: RankedEntry): string =>
  `${(reachedAt + TIME_OFFSET).toString(16).padStart(TIME_DIGITS, '0')}:${id}`;

const MEMBER = /^([\da-f]{16}):([\w-]+)$/;

/** Undefined for what `memberOf` has not made. */
function entryOf(member: string, text: string): RankedEntry | undefined {
  const [, time, id] = MEMBER.exec(member) ?? [];
  // Adding 0 makes 0 of -0.
  const score = -Number(text) + 0;
  if (time === undefined || id === undefined || !Number.isSafeInteger(score)) return undefined;
  return { id, score, reachedAt: BigInt(`0x${time}`) - TIME_OFFSET };
}

function pageOf(total: number, flat: readonly string[], first: number): RankingPage | undefined {
  const places: RankedPlace[] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const entry = entryOf(flat[at] ?? '', flat[at + 1] ?? '');
    if (!entry) return undefined;
    places.push({ rank: first + at / 2, ...entry });
  }
  return { total, places };
}
