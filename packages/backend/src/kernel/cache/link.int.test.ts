import net from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { useRedis } from '../../../test/harness/redis.ts';
import { toxicProxy } from '../../../test/harness/toxic-proxy.ts';
import { createLogger } from '../log.ts';
import { Cache, type CacheOptions } from './cache.ts';
import type { CacheKey } from './keys.ts';
import { defineScript } from './script.ts';

const own = useRedis();
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A busy machine must not look like a Redis that went away, unless that is what a test is about. */
function open(options: Partial<CacheOptions> = {}): Cache {
  const cache = new Cache({ url: own.url, log: createLogger('silent'), answerMs: 2_000, ...options });
  closing.push(() => cache.close());
  return cache;
}

const PING = defineScript<string>("return 'PONG'");
const ping = (cache: Cache) => cache.call(PING, [], []);

async function byHand(work: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(own.url);
  await work(redis).finally(() => redis.disconnect());
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
  const begun = performance.now();
  return { result: await work(), ms: performance.now() - begun };
}

describe('the way to Redis', () => {
  it('is open as soon as Redis answers, and without one it never is', async () => {
    const [cache, none] = [open(), open({ url: null })];
    expect(await cache.whenOpen()).toBe(true);
    expect(await ping(cache)).toBe('PONG');
    expect(await none.whenOpen()).toBe(false);
    expect(await ping(none)).toBeUndefined();
    expect([cache.isConfigured, none.isConfigured]).toEqual([true, false]);
  });

  it('makes one command wait for a silent server, and none after it, until it answers again', async () => {
    const cache = open({ answerMs: 200 });
    await cache.whenOpen();
    await byHand((redis) => redis.client('PAUSE', 1_500));
    const first = await timed(() => ping(cache));
    expect(first.result).toBeUndefined();
    expect(first.ms).toBeGreaterThan(190);
    const others = await timed(async () => {
      for (let at = 0; at < 100; at += 1) expect(await ping(cache)).toBeUndefined();
    });
    expect(others.ms).toBeLessThan(200);
    await expect.poll(() => ping(cache), { timeout: 8_000 }).toBe('PONG');
  });

  it('does not blame Redis for a pause of the program itself', async () => {
    const cache = open({ answerMs: 200 });
    await cache.whenOpen();
    const asked = ping(cache);
    for (const until = performance.now() + 500; performance.now() < until; );
    expect(await asked).toBe('PONG');
    expect(cache.isOpen).toBe(true);
  });

  it('stays open for a script that fails by its own fault', async () => {
    const cache = open();
    await cache.whenOpen();
    expect(await cache.call(defineScript("return redis.call('NONSENSE')"), [], [])).toBeUndefined();
    expect(cache.isOpen).toBe(true);
    expect(await ping(cache)).toBe('PONG');
  });

  it('knows its scripts again after the server was started anew', async () => {
    const cache = open();
    await cache.whenOpen();
    expect(await ping(cache)).toBe('PONG');
    await byHand((redis) => redis.script('FLUSH'));
    expect(await ping(cache)).toBe('PONG');
    await own.kill();
    await expect.poll(() => cache.isOpen).toBe(false);
    expect(await ping(cache)).toBeUndefined();
    await own.restart();
    await expect.poll(() => ping(cache), { timeout: 8_000 }).toBe('PONG');
  });

  it('stays shut for a server that is there and cannot serve', async () => {
    const url = new URL(own.url);
    url.password = 'not-this-one';
    expect(await open({ url: url.href }).whenOpen(400)).toBe(false);
    await byHand((redis) => redis.config('SET', 'maxmemory', '1'));
    expect(await open().whenOpen(400)).toBe(false);
    await byHand((redis) => redis.config('SET', 'maxmemory', '0'));
    await byHand((redis) => redis.call('REPLICAOF', '127.0.0.1', '1'));
    expect(await open().whenOpen(400)).toBe(false);
    await byHand((redis) => redis.call('REPLICAOF', 'NO', 'ONE'));
    expect(await open().whenOpen()).toBe(true);
  });

  it('stays shut for a server that runs no scripts, and open where one command alone is denied', async () => {
    const url = new URL(own.url);
    url.username = 'guest';
    const rights = (...rules: string[]) =>
      byHand((redis) =>
        redis.call('ACL', 'SETUSER', 'guest', 'reset', 'on', `>${url.password}`, '~*', '+@all', ...rules),
      );
    await rights('-eval', '-evalsha');
    const cache = open({ url: url.href });
    expect(await cache.whenOpen(400)).toBe(false);
    await rights('-hset');
    expect(await cache.whenOpen(5_000)).toBe(true);
    const write = defineScript("return redis.call('HSET', KEYS[1], 'a', 'b')");
    await byHand((redis) => redis.set('kept', 'x'));
    expect(await cache.call(write, ['kept' as CacheKey], [])).toBeUndefined();
    expect(cache.isOpen).toBe(true);
    expect(await ping(cache)).toBe('PONG');
    await byHand(async (redis) => expect(await redis.get('kept')).toBe('x'));
  });

  it('stays shut for a database that the server does not have, and writes to no other', async () => {
    const url = new URL(own.url);
    url.pathname = '/999';
    await byHand((redis) => redis.flushall());
    expect(await open({ url: url.href }).whenOpen(400)).toBe(false);
    await byHand(async (redis) => expect(await redis.dbsize()).toBe(0));
  });

  it('removes what a script cannot read, which would keep everybody from its place', async () => {
    const cache = open();
    await cache.whenOpen();
    const count = defineScript<number>("return redis.call('HINCRBY', KEYS[1], 'n', 1)");
    const key = '{t}:odd' as CacheKey;
    for (const write of [
      (redis: Redis) => redis.set(key, 'x'),
      (redis: Redis) => redis.rpush(key, 'x'),
      (redis: Redis) => redis.hset(key, 'n', 'many'),
    ]) {
      await byHand((redis) => write(redis));
      expect(await cache.call(count, [key], [])).toBeUndefined();
      expect(await cache.call(count, [key], [])).toBe(1);
      await byHand((redis) => redis.del(key));
    }
    expect(cache.isOpen).toBe(true);
  });

  it('stays shut for one that answers later than anybody waits for, and opens when it does not any more', async () => {
    const proxy = await toxicProxy(own.url);
    closing.push(() => void proxy.close());
    proxy.become({ latencyMs: 150 });
    const cache = open({ url: proxy.url, answerMs: 50 });
    expect(await cache.whenOpen(1_000)).toBe(false);
    proxy.become({});
    expect(await cache.whenOpen(5_000)).toBe(true);
    expect(proxy.accepted).toBeLessThan(8);
  });

  it('is not stormed by programs that wait for it', async () => {
    let connections = 0;
    const server = net.createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    const { port } = server.address() as net.AddressInfo;
    const caches = Array.from({ length: 10 }, () => open({ url: `redis://127.0.0.1:${port}` }));
    const asking = setInterval(() => void Promise.all(caches.map(ping)), 5);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    clearInterval(asking);
    // Tries after 0, 0.1, 0.2, 0.4 and 0.8 s, each half as long at least.
    expect(connections).toBeGreaterThanOrEqual(20);
    expect(connections).toBeLessThanOrEqual(60);
  });
});
