/**
 * Redis for tests. A test file has a database of the run's server to itself, emptied before it, since tenants have the
 * same ids in every file; a file that stops or harms Redis starts one of its own.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, inject } from 'vitest';
import { redisDown, redisStatus, redisUp } from '../../src/kernel/stack/index.ts';

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

export interface OwnRedis {
  readonly url: string;
  /** As a crash does: at once, and with nothing left. */
  kill(): Promise<void>;
  /** At the same place as before, with the same password. */
  restart(): Promise<void>;
}

/** A server for this file alone. Call it at the top of a describe or file. */
export function useRedis(): OwnRedis {
  const stateFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmz-redis-'));
  beforeAll(async () => {
    await redisUp({ stateFolder });
  });
  afterAll(async () => {
    await redisDown({ stateFolder });
    fs.rmSync(stateFolder, { recursive: true });
  });
  const state = () => redisStatus({ stateFolder });
  let url = '';
  return {
    get url() {
      url = state().url ?? url;
      return url;
    },
    async kill() {
      process.kill(state().pid ?? 0, 'SIGKILL');
      while (state().pid !== null) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async restart() {
      await redisUp({ stateFolder });
    },
  };
}
