/**
 * Redis for tests. A test file has a database of the run's server to itself, emptied before it, since tenants have the
 * same ids in every file; a file that stops or harms Redis starts one of its own.
 */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, inject } from 'vitest';
import { type OwnRedis, ownRedis } from './own-redis.ts';

/** Files that run at the same time have different numbers. */
export const redisOfFile = (): string => `${inject('redisUrl')}/${process.env.VITEST_POOL_ID ?? 0}`;

/** One connection, for what a test does to Redis by hand. */
export async function withRedis<Result>(
  url: string,
  work: (redis: Redis) => Promise<Result>,
): Promise<Result> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

export const emptyRedis = (url: string): Promise<unknown> => withRedis(url, (redis) => redis.flushdb());

/** A server for this file alone. Call it at the top of a describe or file. */
export function useRedis(): OwnRedis {
  const own = ownRedis();
  beforeAll(() => own.restart());
  afterAll(() => own.remove());
  return own;
}
