import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { useDatabase } from '../../test/harness/database.ts';
import { playedGame } from '../../test/harness/play.ts';
import { redisOfFile } from '../../test/harness/redis.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import { listBoards, topPlaces } from '../modules/social/index.ts';

const TENANT = 'small-company';

describe('dmz cache', () => {
  const db = useDatabase();
  let redis: Redis;
  let session: string;
  let board: string;
  beforeAll(async () => {
    redis = new Redis(redisOfFile());
    await db.platform.cache.whenOpen();
    const { sessionId, state } = await playedGame(db.platform, TENANT, { seed: 2, days: 2 });
    const { id } = await db.platform.tenancy.locate(TENANT);
    const [first] = await db.platform.tenancy.run(TENANT, listBoards);
    await db.platform.tenancy.run(TENANT, (tx) => topPlaces(tx, db.platform.cache, first!.id, { count: 1 }));
    session = `{${id}}:session:${sessionId}`;
    board = `{${id}}:board:${first!.id}`;
    await vi.waitUntil(async () => Number(await redis.hget(session, 'sequence')) === state.sequence);
  });
  afterAll(() => redis.disconnect());

  const dmz = (...args: string[]) => callDmz(['cache', ...args], db.environment);
  async function json(...args: string[]) {
    const { out, err, status } = await dmz(...args, '--json');
    if (out === '') throw new Error(err);
    return { status, ...JSON.parse(out) };
  }

  it('shows how Redis is and what it has, without its password', async () => {
    const shown = await json('status');
    expect(shown).toMatchObject({ status: 0, reachable: true, source: 'REDIS_URL', tenants: 1 });
    const none = { settings: 0, entitlements: 0, permissions: 0, limit: 0, presence: 0 };
    expect(shown.keys).toEqual({ session: 1, board: 3, pool: 0, ...none, platform: 1, stranger: 0 });
    expect(shown.server).toMatchObject({ mode: 'standalone', policy: 'noeviction' });
    const { out } = await dmz('status');
    expect(out).toMatch(/answers +yes/);
    expect(out).not.toContain(new URL(redisOfFile()).password);
  });

  it('finds nothing where all is as PostgreSQL has it', async () => {
    expect(await json('verify')).toEqual({ status: 0, checked: 5, findings: [] });
    expect(await json('verify', '--tenant', TENANT)).toEqual({ status: 0, checked: 4, findings: [] });
  });

  const key = (name: 'session' | 'board') => (name === 'session' ? session : board);
  const tampered: readonly [what: string, rule: string, tamper: () => Promise<unknown>][] = [
    ['a state that differs', 'session-is-its-events', () => redis.hset(key('session'), 'mark', uuidv7())],
    ['a state of the future', 'session-is-its-events', () => redis.hset(key('session'), 'sequence', '99999')],
    [
      'a state of no session',
      'session-is-its-events',
      () => redis.copy(session, session.replace(/[^:]+$/, uuidv7())),
    ],
    [
      'a place with another score',
      'board-is-its-rows',
      async () => {
        const [member] = await redis.zrange(`${board}:places`, '0', '0');
        await redis.zincrby(`${board}:places`, -1, member!);
      },
    ],
    ['a place that is gone', 'board-is-its-rows', () => redis.zpopmin(`${board}:places`)],
    ['a place that no row has', 'board-is-its-rows', () => redis.zadd(`${board}:places`, 1, `0:${uuidv7()}`)],
    ['a key without a tenant', 'key-is-of-a-tenant', () => redis.set('loose', '1')],
    ['a key of an unknown area', 'key-is-of-a-tenant', () => redis.set(`{${uuidv7()}}:secrets:1`, '1')],
    ['a state that is a text', 'key-is-of-its-kind', () => redis.set(key('session'), 'x')],
    [
      'places that are a list',
      'key-is-of-its-kind',
      async () => [await redis.del(`${board}:places`), await redis.rpush(`${board}:places`, 'x')],
    ],
    ['a state that would stay', 'key-expires', () => redis.persist(key('session'))],
    ['a state that is damaged', 'session-is-its-events', () => redis.hset(key('session'), 'text', '{"half')],
    [
      'a state of what is no session',
      'session-is-its-events',
      () => redis.copy(session, session.replace(/[^:]+$/, 'x')),
    ],
    ['a key of no tenant', 'tenant-is-registered', () => redis.hset(`{${uuidv7()}}:session:1`, 'a', '1')],
  ];

  it.each(tampered)('names %s, and nothing else', async (_, rule, tamper) => {
    await tamper();
    const { status, findings } = await json('verify');
    expect(status).toBe(1);
    expect(findings.map((each: { rule: string }) => each.rule)).toEqual([rule]);
    expect(Object.keys(findings[0])).toEqual(['rule', 'object', 'detail', 'remedy']);
    for (const stray of await redis.keys('*')) if (!stray.startsWith('{')) await redis.del(stray);
    for (const stray of await redis.keys('{*:secrets:*')) await redis.del(stray);
    expect(await json('rebuild')).toMatchObject({ status: 0, boards: 1, finished: true });
    expect(await json('verify')).toMatchObject({ status: 0, findings: [] });
  });

  it('makes again what was lost, the same', async () => {
    const before = [
      await redis.hgetall(session),
      await redis.hgetall(board),
      await redis.zrange(`${board}:places`, '0', '-1'),
    ];
    await redis.flushdb();
    expect(await json('rebuild', '--tenant', TENANT)).toMatchObject({ tenants: 1, boards: 1, sessions: 1 });
    const after = [
      await redis.hgetall(session),
      await redis.hgetall(board),
      await redis.zrange(`${board}:places`, '0', '-1'),
    ];
    expect(after).toEqual(before);
    expect(await redis.ttl(session)).toBeGreaterThan(0);
  });

  it('says so where there is no Redis, or none that answers', async () => {
    const without = { ...db.environment, REDIS_URL: '' };
    expectFailure(await callDmz(['cache', 'verify'], without), 'CACHE_ABSENT', 1);
    const absent = await callDmz(['cache', 'status'], without);
    expect(absent).toMatchObject({ status: 0, out: expect.stringContaining('served from PostgreSQL') });
    const silent = { ...db.environment, REDIS_URL: 'redis://127.0.0.1:1' };
    expect(await callDmz(['cache', 'status'], silent)).toMatchObject({ status: 1 });
    const invalid = { ...db.environment, REDIS_URL: 'localhost' };
    expectFailure(await callDmz(['cache', 'status'], invalid), 'CACHE_URL_INVALID', 2);
  });
});
