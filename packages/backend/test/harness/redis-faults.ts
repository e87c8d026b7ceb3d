/**
 * What befalls Redis, and the way to it: each fault begins, lasts as long as something is done meanwhile, and is over. The
 * program under it reaches Redis through the proxy alone; what is done by hand goes past it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type OwnRedisServer, ownRedis } from './own-redis.ts';
import { type Toxic, type ToxicProxy, toxicProxy } from './toxic-proxy.ts';

export interface FaultyPlace {
  /** Reached by the program as long as nothing fails over. */
  readonly primary: OwnRedisServer;
  /** Of what takes over where something does; it has the same password. */
  readonly replicaUrl: string;
  readonly proxy: ToxicProxy;
  close(): Promise<void>;
}

/** What is done meanwhile; the fault is over when that is. */
export type Meanwhile = () => Promise<unknown>;

/** @param ms  how long that takes, for those that have to know before */
export type RedisFault = (place: FaultyPlace, during: Meanwhile, ms: number) => Promise<void>;

export async function openFaultyPlace(): Promise<FaultyPlace> {
  const primary = ownRedis(() => ['repl-diskless-sync-delay 0', 'enable-debug-command local']);
  const replica = ownRedis();
  await Promise.all([primary.restart(), replica.restart()]);
  const { password } = new URL(primary.url);
  const replicaUrl = new URL(replica.url);
  await byHand(replicaUrl.href, async (redis) => {
    // It may write nowhere on the disk.
    await redis.config('SET', 'repl-diskless-load', 'swapdb');
    await redis.config('SET', 'masterauth', password);
    await redis.config('SET', 'requirepass', password);
  });
  replicaUrl.password = password;
  const proxy = await toxicProxy(primary.url);
  return {
    primary,
    replicaUrl: replicaUrl.href,
    proxy,
    async close() {
      await proxy.close();
      await Promise.all([primary.remove(), replica.remove()]);
    },
  };
}

/** As somebody who is at the server itself. */
export async function byHand<Result>(url: string, work: (redis: Redis) => Promise<Result>): Promise<Result> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  redis.on('error', () => {});
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

const atPrimary =
  (fault: (redis: Redis, during: Meanwhile, ms: number) => Promise<unknown>): RedisFault =>
  async ({ primary }, during, ms) =>
    void (await byHand(primary.url, (redis) => fault(redis, during, ms)));

export const onTheWay =
  (toxic: Toxic): RedisFault =>
  async ({ proxy }, during) => {
    proxy.become(toxic);
    await during().finally(() => proxy.become({}));
  };

const FLUSH_EACH_MS = 100;

const loseEverything = atPrimary(async (redis, during) => {
  let over = false;
  const losing = (async () => {
    while (!over) {
      await redis.flushall();
      await sleep(FLUSH_EACH_MS);
    }
  })();
  await during().finally(() => {
    over = true;
  });
  await losing;
});

const beKilled: RedisFault = async ({ primary }, during) => {
  await primary.kill();
  await during().finally(() => primary.restart());
};

/** Nobody is heard meanwhile, who would end it sooner neither. */
const pause = atPrimary(async (redis, during, ms) => {
  await redis.client('PAUSE', ms);
  await during();
  await redis.ping();
});

const setWhile = (name: string, value: string) =>
  atPrimary(async (redis, during) => {
    const [, before = ''] = (await redis.config('GET', name)) as string[];
    await redis.config('SET', name, value);
    await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await during().finally(() => redis.config('SET', name, before));
  });

const fillUp = atPrimary(async (redis, during) => {
  await redis.config('SET', 'maxmemory', '1');
  await during().finally(() => redis.config('SET', 'maxmemory', '0'));
});

/** Makes the replica follow the primary, and waits until it has what the primary has. */
export const followPrimary = ({ primary, replicaUrl }: FaultyPlace): Promise<void> =>
  byHand(replicaUrl, async (redis) => {
    await redis.call('REPLICAOF', '127.0.0.1', new URL(primary.url).port);
    while (!/master_link_status:up/.test(await redis.info('replication'))) await sleep(20);
  });

const PROMOTED_AFTER_MS = 300;

const failOverEmpty: RedisFault = async (place, during) => {
  const { primary, replicaUrl, proxy } = place;
  await followPrimary(place);
  proxy.leadTo(replicaUrl);
  const promote = async () => {
    // Until then it refuses to be written to.
    await sleep(PROMOTED_AFTER_MS);
    await byHand(replicaUrl, async (redis) => {
      await redis.call('REPLICAOF', 'NO', 'ONE');
      await redis.flushall();
    });
  };
  await Promise.all([during(), promote()]).finally(() => proxy.leadTo(primary.url));
};

/** By what players would say of it. */
export const redisFaults = {
  'loses everything, again and again': loseEverything,
  'is killed': beKilled,
  'is silent': pause,
  'accepts, and never answers': onTheWay({ silent: true }),
  'has no room left': fillUp,
  'wants another password': setWhile('requirepass', 'another'),
  'answers 50 ms late': onTheWay({ latencyMs: 50 }),
  'is behind 4 KB a second': onTheWay({ bytesPerSecond: 4_096 }),
  'is cut off by chance': onTheWay({ cutWithinMs: 500 }),
  'fails over to an empty replica': failOverEmpty,
} as const satisfies Readonly<Record<string, RedisFault>>;
