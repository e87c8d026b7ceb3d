import fc from 'fast-check';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { redisOfFile } from '../../../test/harness/redis.ts';
import { Cache, cursorBehind } from '../../kernel/cache/index.ts';
import { createLogger } from '../../kernel/log.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { listPlayers } from '../auth/index.ts';
import { ROWS_PER_PAGE } from './board-rankings.ts';
import { placesAround, scoreBoards, topPlaces } from './index.ts';

const TENANT = 'small-company';
const withoutRedis = new Cache({ url: null, log: createLogger('silent') });
const db = useDatabase();
let redis: Redis;
let admin: pg.Client;
let tenantId: string;
let people: string[];
beforeAll(async () => {
  redis = new Redis(redisOfFile());
  admin = await db.connectAsAdmin();
  tenantId = (await db.platform.tenancy.locate(TENANT)).id;
  people = await inTenant(async (tx) => (await listPlayers(tx, 12)).map(({ id }) => id));
  expect(await db.platform.cache.whenOpen()).toBe(true);
});
afterAll(() => redis.disconnect());

const inTenant = <Result>(work: (tx: TenantTx) => Promise<Result>) => db.platform.tenancy.run(TENANT, work);

async function newBoard(): Promise<string> {
  const id = uuidv7();
  await admin.query(
    `INSERT INTO social.leaderboards (tenant_id, id, key, name, metric, entrant, cadence, starts_at)
     VALUES ($1, $2, $3, 'Board', 'score', 'person', 'all_time', '1970-01-01')`,
    [tenantId, id, `board.${id}`],
  );
  return id;
}

/** As the consumer writes it, but with times to the microsecond, as others may. */
async function place(boardId: string, userId: string, score: number, micros: number): Promise<void> {
  await admin.query('BEGIN');
  const { rows } = await admin.query(
    'UPDATE social.leaderboards SET revision = revision + 1 WHERE id = $1 RETURNING revision',
    [boardId],
  );
  await admin.query(
    `INSERT INTO social.leaderboard_entries (tenant_id, leaderboard_id, user_id, score, achieved_at, revision)
     VALUES ($1, $2, $3, $4, timestamptz 'epoch' + $5 * interval '1 microsecond', $6)
     ON CONFLICT (tenant_id, leaderboard_id, user_id) DO UPDATE
     SET score = excluded.score, achieved_at = excluded.achieved_at, revision = excluded.revision`,
    [tenantId, boardId, userId, score, micros, rows[0].revision],
  );
  await admin.query('COMMIT');
}

const cursorOf = (boardId: string) => redis.hget(`{${tenantId}}:board:${boardId}`, 'cursor');

/** Every question that there is, once of the copy and once of the rows. */
async function answers(cache: Cache, boardId: string) {
  return inTenant(async (tx) => ({
    all: await topPlaces(tx, cache, boardId, { count: 100 }),
    middle: await topPlaces(tx, cache, boardId, { first: 3, count: 4 }),
    around: await Promise.all(people.map((id) => placesAround(tx, cache, boardId, { id, each: 2 }))),
    alone: await Promise.all(people.map((id) => placesAround(tx, cache, boardId, { id }))),
  }));
}

describe('places on a board', () => {
  it('are the same from Redis and from PostgreSQL, ties, signs and microseconds included', async () => {
    const boardId = await newBoard();
    const scores = fc.oneof(
      fc.constantFrom(0, -0, 1, -1, 100, 2 ** 53 - 1, -(2 ** 53 - 1)),
      fc.integer({ min: -3, max: 3 }),
    );
    const times = fc.oneof(
      fc.constantFrom(0, 1, 999, 1_000, -1, -86_400_000_000, 1_800_000_000_000_001),
      fc.integer({ min: -2, max: 2 }),
    );
    const change = fc.record({ who: fc.nat({ max: 11 }), score: scores, micros: times });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        for (const { who, score, micros } of changes)
          await place(boardId, people[who % people.length]!, score, micros);
        const fromRedis = await answers(db.platform.cache, boardId);
        expect(fromRedis).toEqual(await answers(withoutRedis, boardId));
        expect(fromRedis.all.places.map(({ rank }) => rank)).toEqual(
          fromRedis.all.places.map((_, at) => at + 1),
        );
        const { rows } = await admin.query('SELECT revision FROM social.leaderboards WHERE id = $1', [
          boardId,
        ]);
        expect(await cursorOf(boardId)).toBe(cursorBehind(Number(rows[0].revision)));
      }),
      { numRuns: 40 },
    );
  });

  it('follow a played day at once, where the copy is at the revision before', async () => {
    const [one, other] = people as [string, string];
    const consumer = scoreBoards(db.platform.cache);
    const ended = (playerId: string, score: number, serverTime: Date) =>
      inTenant((tx) =>
        consumer.apply(tx, [
          {
            session: {
              id: uuidv7(),
              playerId,
              contentVersion: '1',
              startedAt: serverTime,
              branchedFromId: null,
            },
            ...{ after: 0, until: 1 },
            events: [{ type: 'game.day.ended', data: { score }, serverTime }] as never,
          },
        ]),
      );
    await ended(one, 100, new Date(1_000));
    const { rows } = await admin.query(
      `SELECT id FROM social.leaderboards WHERE key = 'game.score' AND tenant_id = $1`,
      [tenantId],
    );
    const boardId = rows[0].id;
    await answers(db.platform.cache, boardId);
    const cursor = async () => Number((await cursorOf(boardId))?.split('/')[0]);
    const before = await cursor();
    await ended(other, 10_000_000, new Date(2_000));
    await expect.poll(cursor).toBe(before + 1);
    await ended(other, 5, new Date(3_000));
    await ended(one, 10_000_000, new Date(4_000));
    await expect.poll(cursor).toBe(before + 2);
    const { places } = await inTenant((tx) => topPlaces(tx, db.platform.cache, boardId, { count: 2 }));
    expect(places.map(({ id }) => id)).toEqual([other, one]);
  });

  it('are right whoever raises them at the same time, and however Redis hears of it', async () => {
    const consumer = scoreBoards(db.platform.cache);
    const raise = (playerId: string, score: number) =>
      inTenant((tx) =>
        consumer.apply(tx, [
          {
            session: { id: uuidv7(), playerId, contentVersion: '1', startedAt: tx.now, branchedFromId: null },
            ...{ after: 0, until: 1 },
            events: [{ type: 'game.day.ended', data: { score }, serverTime: tx.now }] as never,
          },
        ]),
      );
    const raised = Array.from({ length: 40 }, (_, at) =>
      raise(people[at % people.length]!, 20_000_000 + ((at * 7) % 13)),
    );
    await Promise.all(raised);
    const { rows } = await admin.query(
      `SELECT id FROM social.leaderboards WHERE key = 'game.score' AND tenant_id = $1`,
      [tenantId],
    );
    const boardId = rows[0].id;
    expect(await answers(db.platform.cache, boardId)).toEqual(await answers(withoutRedis, boardId));
  });

  it('come from the rows while a long board is made, page by page with each question', async () => {
    const boardId = await newBoard();
    await admin.query(
      `WITH new_people AS (
         INSERT INTO auth.users (tenant_id, email, display_name)
         SELECT $1, 'many' || n || '@example.invalid', 'Many ' || n FROM generate_series(1, $3) AS n RETURNING id)
       INSERT INTO social.leaderboard_entries (tenant_id, leaderboard_id, user_id, score, achieved_at)
       SELECT $1, $2, id, hashtext(id::text) % 50, now() FROM new_people`,
      [tenantId, boardId, ROWS_PER_PAGE * 2 + 10],
    );
    const top = (cache: Cache) => inTenant((tx) => topPlaces(tx, cache, boardId, { count: 20 }));
    const right = await top(withoutRedis);
    for (const rows of [1, 2, 2.02]) {
      expect(await top(db.platform.cache)).toEqual(right);
      expect(await redis.zcard(`{${tenantId}}:board:${boardId}:places`)).toBe(rows * ROWS_PER_PAGE);
    }
    expect(await cursorOf(boardId)).toBe(cursorBehind(0));
    expect(await top(db.platform.cache)).toEqual(right);
  });

  it.each([
    ['of an earlier placement', { epoch: '0' }],
    ['of rows that were restored from a backup since', { cursor: cursorBehind(999) }],
    ['of another history with the same revision', { stamp: new Date(0).toISOString() }],
  ])('are read anew where the copy is %s', async (_, fields) => {
    const boardId = await newBoard();
    const [one, other] = people as [string, string];
    await place(boardId, one, 5, 0);
    await answers(db.platform.cache, boardId);
    const key = `{${tenantId}}:board:${boardId}`;
    await redis.hset(key, fields);
    await redis.zadd(`${key}:places`, -999, `${'0'.repeat(16)}:${other}`);
    expect(await answers(db.platform.cache, boardId)).toEqual(await answers(withoutRedis, boardId));
    expect(await redis.zcard(`${key}:places`)).toBe(1);
  });

  const strange = '00zz:nobody';
  const harms: readonly [what: string, harm: (key: string) => Promise<unknown>][] = [
    ['has lost its places', (key) => redis.del(`${key}:places`)],
    ['has lost what it knows people by', (key) => redis.del(`${key}:members`)],
    ['has lost how far it is', (key) => redis.del(key)],
    ['has lost a few places', (key) => redis.zpopmin(`${key}:places`, 2)],
    ['has a place that is none', (key) => redis.zadd(`${key}:places`, -7, strange)],
    [
      'has a place that is none instead of one',
      async (key) => [await redis.zpopmin(`${key}:places`), await redis.zadd(`${key}:places`, -7, strange)],
    ],
    [
      'has scores without an end',
      async (key) => {
        const [first = ''] = await redis.zrange(`${key}:places`, '0', '0');
        return redis.zadd(`${key}:places`, '-inf', first);
      },
    ],
    ['has a cursor that is none', (key) => redis.hset(key, 'cursor', '1/x')],
    ['has another number for its places', (key) => redis.hset(key, 'places', 'many')],
    ['is a text', (key) => redis.set(key, 'x')],
    ['has a text for places', (key) => redis.set(`${key}:places`, 'x')],
    [
      'has a list for people',
      async (key) => [await redis.del(`${key}:members`), await redis.rpush(`${key}:members`, 'x')],
    ],
  ];

  it.each(harms)('come from the rows where the copy %s, and the copy is made anew', async (_, harm) => {
    const boardId = await newBoard();
    for (const [at, id] of people.slice(0, 4).entries()) await place(boardId, id, at % 2, 0);
    const right = await answers(withoutRedis, boardId);
    expect(await answers(db.platform.cache, boardId)).toEqual(right);
    const key = `{${tenantId}}:board:${boardId}`;
    await harm(key);
    for (let asked = 0; asked < 3; asked += 1)
      expect(await answers(db.platform.cache, boardId)).toEqual(right);
    expect(await redis.zcard(`${key}:places`)).toBe(4);
    expect(await redis.hget(key, 'cursor')).toBe(cursorBehind(4));
  });

  it.each([
    ['Redis', () => db.platform.cache],
    ['PostgreSQL', () => withoutRedis],
  ])('are a page of what there is, from %s: none of none, and no more than a page', async (_, cacheOf) => {
    const boardId = await newBoard();
    const top = (count: number, first = 1) =>
      inTenant((tx) => topPlaces(tx, cacheOf(), boardId, { first, count }));
    const around = (each: number) =>
      inTenant((tx) => placesAround(tx, cacheOf(), boardId, { id: people[0]!, each }));
    for (const total of [0, 1]) {
      if (total === 1) await place(boardId, people[0]!, 2 ** 53 - 1, 0);
      expect((await top(1_000)).places).toHaveLength(total);
      expect(await top(0)).toEqual({ total, places: [] });
      expect(await top(1_000, 2 ** 40)).toEqual({ total, places: [] });
      expect((await around(500)).places).toHaveLength(total);
    }
    for (const [count, first] of [
      [-1],
      [1_001],
      [1.5],
      [Number.NaN],
      [1, 0],
      [1, -3],
      [1, Number.POSITIVE_INFINITY],
    ])
      await expect(top(count!, first)).rejects.toMatchObject({ code: 'VALUE_REFUSED' });
    for (const each of [-1, 501, 0.5])
      await expect(around(each)).rejects.toMatchObject({ code: 'VALUE_REFUSED' });
  });

  it('refuse a board that the tenant does not have', async () => {
    await expect(inTenant((tx) => topPlaces(tx, withoutRedis, uuidv7(), { count: 1 }))).rejects.toMatchObject(
      {
        code: 'SOCIAL_BOARD_UNKNOWN',
      },
    );
  });
});
