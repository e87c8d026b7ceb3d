/**
 * A connection to Redis, or to a cluster of it, made so that nothing in it waits by itself: it queues no commands while
 * it is away, repeats none, and never connects again. Whoever has it decides when to try anew (`link.ts`).
 */
import { Cluster, Redis } from 'ioredis';
import type { RedisAddress } from './redis-url.ts';

export type Client = Redis | Cluster;

const CONNECT_MS = 500;

/** @returns one that is not connected yet */
export function makeClient(address: RedisAddress): Client {
  const { nodes, cluster, tls, username, password, database: db } = address;
  const usual = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: {} } : {}),
    connectTimeout: CONNECT_MS,
    // A server that is loading answers so by itself; asking for it first costs a round trip and a longer wait.
    enableReadyCheck: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  };
  const [first = { host: 'localhost', port: 6379 }] = nodes;
  const client = cluster
    ? new Cluster([...nodes], {
        lazyConnect: true,
        enableOfflineQueue: false,
        enableReadyCheck: false,
        clusterRetryStrategy: null,
        slotsRefreshTimeout: CONNECT_MS,
        redisOptions: usual,
      })
    : new Redis({
        ...first,
        ...usual,
        db,
        lazyConnect: true,
        enableOfflineQueue: false,
        retryStrategy: null,
      });
  // What fails is told by the commands that meet it; without a listener it would end the program.
  client.on('error', () => {});
  return client;
}

/** Commands that are under way are rejected at once. */
export const dropClient = (client: Client): void => client.disconnect();

export class DeadlineError extends Error {}

/**
 * Waits for so long at most. A program that was itself too busy to read an answer gets one more look at what has
 * arrived: timers run before sockets are read, and would blame Redis for our own pause.
 */
export async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => setImmediate(() => reject(new DeadlineError(`no answer in ${ms} ms`))), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    // A late failure is nobody's any more.
    work.catch(() => {});
  }
}

/** Answers by which Redis says that it cannot serve at present, whoever asks and whatever for. */
const UNABLE =
  /^(NOAUTH|WRONGPASS|NOPERM|LOADING|OOM|READONLY|MASTERDOWN|CLUSTERDOWN|MISCONF|BUSY|TRYAGAIN|MOVED|ASK|NOREPLICAS)\b/;

/** Whether a failure is Redis being away; the others are faults of a script, or of what a key holds. */
export function saysAbsent(error: unknown): boolean {
  const isReply = error instanceof Error && error.name === 'ReplyError';
  return !isReply || UNABLE.test(error.message) || /max number of clients/i.test(error.message);
}
