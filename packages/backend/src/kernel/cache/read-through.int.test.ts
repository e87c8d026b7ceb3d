import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { useDatabase } from '../../../test/harness/database.ts';
import { redisOfFile } from '../../../test/harness/redis.ts';
import type { Platform } from '../../platform.ts';
import type { RunOptions, TenantTx } from '../tenancy/index.ts';
import { cached, forgetTenant, outdate } from './index.ts';

const TENANT = 'small-company';
const KIND = { area: 'settings', schema: z.object({ says: z.string() }), ttlMs: 60_000 } as const;

const db = useDatabase();
let redis: Redis;
/** The same platform in another program: nothing is shared but PostgreSQL and Redis. */
let other: Platform;
let key: string;
beforeAll(async () => {
  redis = new Redis(redisOfFile());
  other = db.open({});
  for (const { cache } of [db.platform, other]) expect(await cache.whenOpen()).toBe(true);
  key = `{${(await db.platform.tenancy.locate(TENANT)).id}}:settings`;
});
beforeEach(() => redis.flushdb());
afterAll(() => redis.disconnect());

let loads = 0;
const ask = (platform: Platform, load: () => Promise<string> | string, options: RunOptions = {}) =>
  platform.tenancy.run(TENANT, (tx) => askIn(tx, platform, load), options);
const askIn = async (tx: TenantTx, { cache }: Platform, load: () => Promise<string> | string) => {
  const answer = await cached(tx, cache, KIND, null, async () => {
    loads += 1;
    return { says: await load() };
  });
  return answer.says;
};
const change = ({ tenancy, cache }: Platform) =>
  tenancy.run(TENANT, async (tx) => outdate(tx, cache, KIND.area, null));

/** A load that is under way until it is told what it has read. */
function heldLoad() {
  const begun = promised<void>();
  const read = promised<string>();
  const load = () => {
    begun.resolve();
    return read.promise;
  };
  return { begun: begun.promise, read: read.resolve, fail: read.reject, load };
}

function promised<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<Value>((...both) => {
    [resolve, reject] = both;
  });
  return { promise, resolve, reject };
}

describe('an answer that is read through', () => {
  beforeEach(() => {
    loads = 0;
  });

  it('is loaded once, and then comes from Redis, for a time', async () => {
    expect(await ask(db.platform, () => 'first')).toBe('first');
    expect(await ask(db.platform, () => 'second')).toBe('first');
    expect(await ask(other, () => 'third')).toBe('first');
    expect(loads).toBe(1);
    const leftMs = await redis.pttl(key);
    expect(leftMs).toBeGreaterThan(50_000);
    expect(leftMs).toBeLessThanOrEqual(KIND.ttlMs);
  });

  it('is gone once another program has committed a change, and stays when that rolls back', async () => {
    await ask(db.platform, () => 'old');
    const failing = other.tenancy.run(TENANT, async (tx) => {
      outdate(tx, other.cache, KIND.area, null);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await ask(db.platform, () => 'new')).toBe('old');
    await change(other);
    await expect.poll(() => redis.exists(key)).toBe(0);
    expect(await ask(db.platform, () => 'new')).toBe('new');
  });

  it('is new for who changed it, at once, and is not stored by who has not committed yet', async () => {
    await ask(db.platform, () => 'old');
    await db.platform.tenancy.run(TENANT, async (tx) => {
      outdate(tx, db.platform.cache, KIND.area, null);
      expect(await askIn(tx, db.platform, () => 'mine alone')).toBe('mine alone');
      expect(await ask(other, () => 'unseen')).toBe('old');
    });
    expect(await ask(db.platform, () => 'new')).toBe('new');
  });

  it('cannot be stored by who read before a change and is late, whoever stores meanwhile', async () => {
    const late = heldLoad();
    const slow = ask(db.platform, late.load);
    await late.begun;
    await change(other);
    await expect.poll(() => redis.exists(key)).toBe(0);
    expect(await ask(other, () => 'new')).toBe('new');
    late.read('old');
    expect(await slow).toBe('old');
    expect(await ask(db.platform, () => 'not asked')).toBe('new');

    await redis.flushdb();
    const later = heldLoad();
    const slower = ask(db.platform, later.load);
    await later.begun;
    await change(other);
    await expect.poll(() => redis.exists(key)).toBe(0);
    later.read('old');
    await slower;
    expect(await redis.exists(key)).toBe(0);
  });

  it('is not shared with who asks after a change in the same program', async () => {
    const late = heldLoad();
    const slow = ask(db.platform, late.load);
    await late.begun;
    await change(db.platform);
    expect(await ask(db.platform, () => 'new')).toBe('new');
    // Until Redis has confirmed the removal to this program, it stores nothing.
    const asked = async () => [await ask(db.platform, () => 'new'), await redis.hexists(key, 'value')];
    await expect.poll(asked).toEqual(['new', 1]);
    late.read('old');
    await slow;
    expect(await ask(other, () => 'not asked')).toBe('new');
  });

  it('is loaded once for fifty who want it at the same time', async () => {
    const readers = Array.from({ length: 50 }, () => ask(db.platform, () => 'one'));
    expect(new Set(await Promise.all(readers))).toEqual(new Set(['one']));
    expect(loads).toBe(1);
  });

  it('is waited for a moment by another program, and no longer', async () => {
    const first = heldLoad();
    const slow = ask(db.platform, first.load);
    await first.begun;
    expect(await ask(other, () => 'own')).toBe('own');
    first.read('first');
    await slow;
    expect(await ask(other, () => 'not asked')).toBe('first');
  });

  it('is asked for again by who waited for one whose transaction failed', async () => {
    const first = heldLoad();
    const slow = ask(db.platform, first.load);
    await first.begun;
    const second = ask(db.platform, () => 'own');
    first.fail(new Error('lost'));
    await expect(slow).rejects.toThrow('lost');
    expect(await second).toBe('own');
  });

  it.each([
    ['of another form', { value: '{"speaks":1}' }],
    ['damaged', { value: '{"says' }],
    ['written by somebody else', { value: '{"says":"what they like"}' }],
    ['of no number', { epoch: 'one' }],
  ])('is not used when it is %s, and goes', async (_, fields) => {
    await ask(db.platform, () => 'old');
    await redis.hset(key, fields);
    expect(await ask(db.platform, () => 'new')).toBe('new');
    expect(await ask(db.platform, () => 'newer')).toBe('newer');
    expect(await ask(other, () => 'not asked')).toBe('newer');
  });

  it.each([
    ['never', () => redis.persist(key)],
    ['after what is too long to be waited for', () => redis.hset(key, 'value', 'x'.repeat(2_000_000))],
    [
      'later than any does, as where the server’s clock was set back',
      () => redis.pexpire(key, KIND.ttlMs * 2),
    ],
  ])('is not used when it would end %s', async (_, change) => {
    await ask(db.platform, () => 'old');
    await change();
    expect(await ask(db.platform, () => 'new')).toBe('new');
    expect(await ask(other, () => 'not asked')).toBe('new');
  });

  it.each([
    ['a ticket that nobody has', () => redis.hset(key, { epoch: '1', ticket: 'x' })],
    ['a text', () => redis.set(key, 'x')],
    ['a list', () => redis.rpush(key, 'x')],
  ])('is there again for all where somebody has written %s', async (_, write) => {
    await write();
    await ask(db.platform, () => 'one');
    await ask(db.platform, () => 'one');
    expect(await ask(other, () => 'not asked')).toBe('one');
  });

  it('of an earlier placement is replaced, and of a later one left alone', async () => {
    await ask(db.platform, () => 'here');
    await redis.hset(key, 'epoch', 0);
    expect(await ask(db.platform, () => 'after the move')).toBe('after the move');
    await redis.hset(key, 'epoch', 99);
    expect(await ask(db.platform, () => 'late')).toBe('late');
    expect(await redis.hget(key, 'value')).toContain('after the move');
  });

  it('is that of its moment in a transaction that sees one moment, which stores nothing', async () => {
    expect(await ask(db.platform, () => 'then', { snapshot: true })).toBe('then');
    expect(await redis.exists(key)).toBe(0);
  });

  it('comes from PostgreSQL, without an error, while Redis is away', async () => {
    const nowhere = db.open({ redisUrl: 'redis://127.0.0.1:1/0' });
    expect(await ask(nowhere, () => 'one')).toBe('one');
    await change(nowhere);
    expect(await ask(nowhere, () => 'two')).toBe('two');
  });

  it('is never another tenant’s, and goes with its tenant', async () => {
    await ask(db.platform, () => 'secret');
    const { tenancy, cache } = db.platform;
    expect(await tenancy.run('mid-company', (tx) => askIn(tx, db.platform, () => 'own'))).toBe('own');
    await forgetTenant(cache, (await tenancy.locate(TENANT)).id);
    expect(await ask(db.platform, () => 'new')).toBe('new');
  });
});
