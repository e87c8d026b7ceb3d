/** Players play on, whatever happens to Redis; and when it is back, what it has is right. */
import { Redis } from 'ioredis';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyCache } from '../src/caching/verify-cache.ts';
import type { Platform } from '../src/platform.ts';
import { useDatabase } from './harness/database.ts';
import { playedGame } from './harness/play.ts';
import { useRedis } from './harness/redis.ts';

const TENANT = 'small-company';
const PLAYERS = 4;
const FAULT_MS = 800;

describe('play, while Redis fails', () => {
  const db = useDatabase();
  const own = useRedis();
  let platform: Platform;
  /** Looks at what the other has left. */
  let patient: Platform;
  let redis: Redis;
  let seed = 100;
  beforeAll(async () => {
    platform = db.open({ redisUrl: own.url, redisAnswerMs: 50 });
    patient = db.open({ redisUrl: own.url });
    expect(await platform.cache.whenOpen()).toBe(true);
    redis = new Redis(own.url);
    redis.on('error', () => {});
    return () => redis.disconnect();
  });

  const pause = (ms = FAULT_MS) => new Promise((resolve) => setTimeout(resolve, ms));

  /** @returns how many actions were accepted; none may fail */
  async function playWhile(fault: () => Promise<unknown>): Promise<number> {
    let over = false;
    const play = async () => {
      let accepted = 0;
      while (!over) {
        seed += 1;
        accepted += (await playedGame(platform, TENANT, { seed, events: 80, actionsPerSettling: 20 }))
          .accepted.length;
      }
      return accepted;
    };
    const players = Array.from({ length: PLAYERS }, play);
    await fault().finally(() => {
      over = true;
    });
    return (await Promise.all(players)).reduce((sum, each) => sum + each, 0);
  }

  async function expectWell(): Promise<void> {
    const { id, slug } = await platform.tenancy.locate(TENANT);
    // Without a restart: the very program that met the fault has copies again.
    await expect
      .poll(
        async () => {
          const { sessionId, state } = await playedGame(platform, TENANT, { seed: 1, events: 60 });
          await pause(50);
          const copied = await redis.hget(`{${id}}:session:${sessionId}`, 'sequence');
          return Number(copied) === state.sequence;
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await patient.cache.whenOpen(10_000);
    const report = await verifyCache(patient, [{ id, slug, active: true }]);
    expect(report?.findings).toEqual([]);
    expect(report?.checked).toBeGreaterThan(0);
  }

  const faults: Readonly<Record<string, () => Promise<unknown>>> = {
    async 'loses everything, again and again'() {
      for (let at = 0; at < 8; at += 1) {
        await redis.flushall();
        await pause(100);
      }
    },
    async 'forgets its scripts'() {
      await redis.script('FLUSH');
      await pause(200);
    },
    async 'is killed, and started again'() {
      await own.kill();
      await pause();
      await own.restart();
    },
    async 'is silent for a while'() {
      await redis.client('PAUSE', FAULT_MS);
      await pause(FAULT_MS + 200);
    },
    async 'has no room left'() {
      await redis.config('SET', 'maxmemory', '1');
      await pause();
      await redis.config('SET', 'maxmemory', '0');
    },
    async 'wants another password'() {
      const { password } = new URL(own.url);
      await redis.config('SET', 'requirepass', 'another');
      await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await pause();
      await redis.config('SET', 'requirepass', password);
    },
    async 'becomes a replica, and comes back empty'() {
      await redis.call('REPLICAOF', '127.0.0.1', '1');
      await pause();
      await redis.call('REPLICAOF', 'NO', 'ONE');
      await redis.flushall();
    },
  };

  it.each(Object.entries(faults))('goes on when it %s', async (_, fault) => {
    expect(await playWhile(fault)).toBeGreaterThan(PLAYERS);
    await expectWell();
  });
});
