/** Players play on, whatever happens to Redis; and when it is back, what it has is right. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { rebuildCache } from '../src/caching/rebuild-cache.ts';
import { type ServedTenant, verifyCache } from '../src/caching/verify-cache.ts';
import { whileConsuming } from '../src/cli/while-consuming.ts';
import type { Platform } from '../src/platform.ts';
import { simulate } from '../src/simulate/index.ts';
import { useDatabase } from './harness/database.ts';
import { rarerRedisFaults } from './harness/rarer-redis-faults.ts';
import {
  byHand,
  type FaultyPlace,
  openFaultyPlace,
  type RedisFault,
  redisFaults,
} from './harness/redis-faults.ts';

const TENANT = 'small-company';
const PLAYERS = 20;
const game = { tenant: TENANT, players: PLAYERS, seed: 1, days: 10 } as const;
const FAULT_MS = 500;
/** Tries after 0, 0.1, 0.2, 0.4 s, and so on, each half as long at least; and the queues' own, which wait for them. */
const MOST_CONNECTIONS = 20;

describe('twenty players, while Redis fails', () => {
  const db = useDatabase();
  let place: FaultyPlace;
  let platform: Platform;
  /** Looks at what the other has left. */
  let patient: Platform;
  beforeAll(async () => {
    place = await openFaultyPlace();
    platform = db.open({ redisUrl: place.proxy.url, redisAnswerMs: 50 });
    patient = db.open({ redisUrl: place.primary.url });
    expect(await platform.cache.whenOpen()).toBe(true);
    return () => place.close();
  });

  /** Without a restart: the very program that met the fault finds its copies again. */
  const usesCopies = () =>
    byHand(place.primary.url, async (redis) => {
      await redis.config('RESETSTAT');
      await expect
        .poll(async () => Number(/keyspace_hits:(\d+)/.exec(await redis.info('stats'))?.[1]), {
          timeout: 30_000,
          interval: 20,
        })
        .toBeGreaterThan(PLAYERS);
    });

  async function playThrough(fault: RedisFault): Promise<ServedTenant[]> {
    // What earlier ones have left takes its time to verify, and has been.
    await byHand(place.primary.url, (redis) => redis.flushall());
    const over = new AbortController();
    const playing = whileConsuming(platform, TENANT, (onStarted) =>
      simulate(platform, { ...game, signal: over.signal, onStarted }),
    );
    let connections = 0;
    try {
      await usesCopies();
      const before = place.proxy.accepted;
      await fault(place, () => sleep(FAULT_MS), FAULT_MS);
      connections = place.proxy.accepted - before;
      await usesCopies();
    } finally {
      over.abort();
    }
    const report = await playing;
    expect(report).toMatchObject({ failed: 0, refused: 0 });
    expect(report.actions).toBeGreaterThan(PLAYERS);
    expect(connections).toBeLessThan(MOST_CONNECTIONS);
    expect(await patient.cache.whenOpen(10_000)).toBe(true);
    const { id, slug } = await platform.tenancy.locate(TENANT);
    return [{ id, slug, active: true }];
  }

  it.each(Object.entries(redisFaults))('goes on when it %s', async (_, fault) => {
    const verified = await verifyCache(patient, await playThrough(fault));
    expect(verified?.findings).toEqual([]);
    expect(verified?.checked).toBeGreaterThan(0);
  });

  it('goes on when it is written to by somebody else, and what nobody has met since is named and mended', async () => {
    const tenants = await playThrough(rarerRedisFaults['is written to by somebody else']);
    await byHand(place.primary.url, (redis) => redis.set(`{${tenants[0]?.id}}:session:x`, 'x'));
    const verified = await verifyCache(patient, tenants);
    expect(verified?.findings.map(({ rule }) => rule)).toContain('key-is-of-its-kind');
    expect(await rebuildCache(patient, tenants, tenants[0]?.id)).toMatchObject({ finished: true });
    expect((await verifyCache(patient, tenants))?.findings).toEqual([]);
  });
});
