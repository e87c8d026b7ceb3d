import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { redisOfFile } from '../../../test/harness/redis.ts';
import { SIGN_IN_ATTEMPTS } from '../../modules/auth/index.ts';
import { PLAY_ACTIONS } from '../../modules/game/index.ts';
import type { Platform } from '../../platform.ts';
import { allow, defineLimit, forgetLimits, type Limit, present, whoIsPresent } from './index.ts';

const TENANT = 'small-company';
const SLOW = defineLimit({ name: 'slow', most: 10, perMs: 3_600_000, withoutRedis: 'open' });

const db = useDatabase();
let redis: Redis;
beforeAll(async () => {
  redis = new Redis(redisOfFile());
  expect(await db.platform.cache.whenOpen()).toBe(true);
});
beforeEach(() => redis.flushdb());
afterAll(() => redis.disconnect());

const take = ({ tenancy, cache }: Platform, limit: Limit, subjectId: string, tenant = TENANT) =>
  tenancy.run(tenant, (tx) => allow(tx, cache, limit, subjectId));
async function allowedOf(times: number, ...[platform, limit, subjectId]: Parameters<typeof take>) {
  const all = await Promise.all(Array.from({ length: times }, () => take(platform, limit, subjectId)));
  return all.filter(({ allowed }) => allowed).length;
}

describe('a limit', () => {
  it('lets exactly as many pass as it says, of fifty at once in two programs', async () => {
    const other = db.open({});
    expect(await other.cache.whenOpen()).toBe(true);
    const counts = await Promise.all([
      allowedOf(25, db.platform, SLOW, 'a'),
      allowedOf(25, other, SLOW, 'a'),
    ]);
    expect(counts[0] + counts[1]).toBe(10);
    const refused = await take(db.platform, SLOW, 'a');
    expect(refused).toMatchObject({ allowed: false });
    const { retryInMs } = refused as { retryInMs: number };
    expect(retryInMs).toBeGreaterThan(300_000);
    expect(retryInMs).toBeLessThanOrEqual(360_000);
  });

  it('lets the next one pass when it said, and keeps no more than it needs', async () => {
    const quick = defineLimit({ name: 'quick', most: 2, perMs: 400, withoutRedis: 'open' });
    expect(await allowedOf(2, db.platform, quick, 'a')).toBe(2);
    await expect.poll(async () => (await take(db.platform, quick, 'a')).allowed).toBe(true);
    await expect.poll(() => redis.keys('*:limit:*')).toEqual([]);
  });

  it('is each person’s own, in each tenant', async () => {
    expect(await allowedOf(11, db.platform, SLOW, 'a')).toBe(10);
    expect(await take(db.platform, SLOW, 'b')).toEqual({ allowed: true });
    expect(await take(db.platform, SLOW, 'a', 'mid-company')).toEqual({ allowed: true });
  });

  it('is open without Redis for who plays, and counted by each program for who signs in', async () => {
    const nowhere = db.open({ redisUrl: 'redis://127.0.0.1:1/0' });
    expect(await allowedOf(150, nowhere, PLAY_ACTIONS, 'a')).toBe(150);
    expect(await allowedOf(50, nowhere, SIGN_IN_ATTEMPTS, 'a')).toBe(SIGN_IN_ATTEMPTS.most);
    expect(await take(nowhere, SIGN_IN_ATTEMPTS, 'b')).toEqual({ allowed: true });
  });

  it('is forgotten with its person', async () => {
    await allowedOf(11, db.platform, SLOW, 'a');
    const { tenancy, cache } = db.platform;
    expect(await tenancy.run(TENANT, (tx) => forgetLimits(tx, cache, [SLOW], 'a'))).toBe(true);
    expect(await redis.keys('*')).toEqual([]);
  });

  it('outlasts what somebody has written there, and a server whose clock was set back', async () => {
    const key = `{${(await db.platform.tenancy.locate(TENANT)).id}}:limit:slow:a`;
    const anHourAhead = String((Date.now() + 2 * SLOW.perMs) * 1_000);
    for (const written of [anHourAhead, 'inf', 'nan', 'x', '']) {
      await redis.set(key, written);
      await expect.poll(async () => (await take(db.platform, SLOW, 'a')).allowed).toBe(true);
      await take(db.platform, SLOW, 'a');
      expect(Number(await redis.get(key))).toBeLessThan((Date.now() + SLOW.perMs) * 1_000);
    }
    await redis.del(key);
    await redis.rpush(key, 'x');
    expect(await allowedOf(12, db.platform, SLOW, 'a')).toBeGreaterThanOrEqual(10);
    expect(await redis.type(key)).toBe('string');
  });

  it('is refused where it cannot be counted', () => {
    expect(() => defineLimit({ ...SLOW, most: 0 })).toThrow(RangeError);
    expect(() => defineLimit({ ...SLOW, most: 5_000, perMs: 1 })).toThrow(RangeError);
  });
});

describe('presence', () => {
  const within = <Result>(work: Parameters<typeof db.platform.tenancy.run<Result>>[1], tenant = TENANT) =>
    db.platform.tenancy.run(tenant, work);
  const see = (id: string, bounds = {}) => within((tx) => present(tx, db.platform.cache, id, bounds));
  const who = (bounds = {}, tenant = TENANT) =>
    within((tx) => whoIsPresent(tx, db.platform.cache, bounds), tenant);

  it('tells who was seen, the last first, to their own tenant alone', async () => {
    for (const id of ['a', 'b', 'a']) {
      expect(await see(id)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    expect(await who()).toEqual(['a', 'b']);
    expect(await who({}, 'mid-company')).toEqual([]);
  });

  it('ends for who is not seen any more, while others are', async () => {
    const bounds = { seenForMs: 150 };
    await see('gone', bounds);
    await expect
      .poll(async () => {
        await see('here', bounds);
        return who(bounds);
      })
      .toEqual(['here']);
    await see('here', bounds);
    expect(await redis.zcard((await redis.keys('*:presence'))[0]!)).toBe(1);
    await expect.poll(() => redis.keys('*:presence')).toEqual([]);
  });

  it('is of nobody who would have been seen in the future, as where the server’s clock was set back', async () => {
    await see('here');
    const [key = ''] = await redis.keys('*:presence');
    await redis.zadd(key, Date.now() + 3_600_000, 'later', 'inf', 'ever', '-inf', 'never');
    expect(await who()).toEqual(['here']);
    await see('here');
    expect(await redis.zcard(key)).toBe(1);
  });

  it('has a bound, and is unknown without Redis', async () => {
    for (const id of ['a', 'b', 'c']) await see(id, { most: 2 });
    expect(await redis.zcard((await redis.keys('*:presence'))[0]!)).toBe(2);
    const nowhere = db.open({ redisUrl: 'redis://127.0.0.1:1/0' });
    expect(await nowhere.tenancy.run(TENANT, (tx) => whoIsPresent(tx, nowhere.cache))).toBeUndefined();
  });
});
