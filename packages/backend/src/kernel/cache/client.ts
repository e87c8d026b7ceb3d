/**
 * A connection to Redis, or to a cluster of it, made so that nothing in it waits by itself: it queues no commands while
 * it is away, repeats none, and never connects again. Whoever has it decides when to try anew (`link.ts`).
 */
import { Cluster, Redis } from 'ioredis';
import type { RedisAddress } from './redis-url.ts';

export type Client = Redis | Cluster;

const CONNECT_MS = 500;

const optionsOf = ({ tls, username, password }: RedisAddress) => ({
  ...(username === undefined ? {} : { username }),
  ...(password === undefined ? {} : { password }),
  ...(tls ? { tls: {} } : {}),
  connectTimeout: CONNECT_MS,
  // A server that is loading answers so by itself; asking for it first costs a round trip and a longer wait.
  enableReadyCheck: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
});

/** @returns one to this very server, or node of a cluster, that is not connected yet */
export function makeNodeClient(address: RedisAddress, node = address.nodes[0]): Redis {
  const client = new Redis({
    ...(node ?? { host: 'localhost', port: 6379 }),
    ...optionsOf(address),
    db: address.database,
    lazyConnect: true,
    enableOfflineQueue: false,
    retryStrategy: null,
  });
  return heard(client);
}

/** For who speaks to a cluster as a whole. @returns one that is not connected yet */
export function makeClient(address: RedisAddress): Client {
  if (!address.cluster) return makeNodeClient(address);
  const client = new Cluster([...address.nodes], {
    lazyConnect: true,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    clusterRetryStrategy: null,
    slotsRefreshTimeout: CONNECT_MS,
    redisOptions: optionsOf(address),
  });
  return heard(client);
}

/**
 * What fails is told by the commands that meet it; without a listener, also of those that BullMQ makes after it, it would be
 * printed between what the program prints.
 */
function heard<Any extends Client>(client: Any): Any {
  const duplicate = client.duplicate.bind(client) as (...args: unknown[]) => Client;
  client.on('error', () => {});
  return Object.assign(client, { duplicate: (...args: unknown[]) => heard(duplicate(...args)) });
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
  /^(NOAUTH|WRONGPASS|NOPERM|LOADING|OOM|READONLY|MASTERDOWN|CLUSTERDOWN|MISCONF|BUSY|NOREPLICAS)\b/;
/** Answers by which a node says that another has the key, or will have it soon. */
const ELSEWHERE = /^(MOVED|ASK|TRYAGAIN)\b/;

/** Said of a command as such; who may not call one within a script hears another thing, and can use the other scripts. */
const UNKNOWN = /^ERR (unknown command|max number of clients)/i;
/** What a key holds is not of the type that a script expects, or not a number. */
const UNREADABLE = /^(WRONGTYPE\b|ERR (user_script:|value is not|hash value is not))/;

const isReply = (error: unknown): error is Error => error instanceof Error && error.name === 'ReplyError';

/** Whether a failure is Redis being away; the others are faults of a script, or of what a key holds. */
export const saysAbsent = (error: unknown): boolean =>
  !isReply(error) || UNABLE.test(error.message) || UNKNOWN.test(error.message);

export const saysElsewhere = (error: unknown): boolean => isReply(error) && ELSEWHERE.test(error.message);

/** Whether a slot has a new owner, so that the map is out of date; what is merely on the way still is at the old one. */
export const saysMoved = (error: unknown): boolean => isReply(error) && error.message.startsWith('MOVED');

export const saysUnreadable = (error: unknown): boolean => isReply(error) && UNREADABLE.test(error.message);

/** A reply's words can hold a key, and keys hold ids: its first word tells the kind. */
export const wordsOf = (reason: unknown): string =>
  isReply(reason)
    ? (reason.message.split(' ')[0] ?? 'reply')
    : reason instanceof Error
      ? reason.message
      : String(reason);
