/**
 * Who is there now: a sorted set a tenant, of people by the time they were seen last. Whoever is not seen for a minute is
 * not there. It is known to Redis alone; without it, nothing is said of anybody.
 */
import type { TenantTx } from '../tenancy/index.ts';
import type { Cache } from './cache.ts';
import { addressIn } from './keys.ts';
import { defineScript } from './script.ts';

/** A client says so each twenty seconds: two of three can be lost. */
const SEEN_FOR_MS = 60_000;
/** Those who were seen last, where more are there: a list for people is not longer, and a set stays below a megabyte. */
const MOST_PRESENT = 10_000;

/** By the server's clock, since programs' own differ. Where it was set back, nobody was seen in what is the future now. */
const NOW = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

const SEE = defineScript<number>(`${NOW}
  redis.call('ZADD', KEYS[1], now, ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. string.format('%.0f', now), '+inf')
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
  redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 1`);

const LIST = defineScript<string[]>(`${NOW}
  return redis.call('ZREVRANGEBYSCORE', KEYS[1], now, '(' .. string.format('%.0f', now - ARGV[1]),
    'LIMIT', 0, ARGV[2])`);

const LEAVE = defineScript<number>(`return redis.call('ZREM', KEYS[1], ARGV[1])`);

interface Bounds {
  readonly seenForMs?: number;
  readonly most?: number;
}

/** Says that a person is there; to be said again while they are. @returns whether Redis took it */
export async function present(
  tx: TenantTx,
  cache: Cache,
  userId: string,
  { seenForMs = SEEN_FOR_MS, most = MOST_PRESENT }: Bounds = {},
): Promise<boolean> {
  return (await cache.call(SEE, [keyIn(tx)], [userId, seenForMs, most])) !== undefined;
}

/** Ids of who is there, who was seen last first; undefined without Redis, which is not the same as nobody. */
export const whoIsPresent = (
  tx: TenantTx,
  cache: Cache,
  { seenForMs = SEEN_FOR_MS, most = MOST_PRESENT }: Bounds = {},
): Promise<string[] | undefined> => cache.call(LIST, [keyIn(tx)], [seenForMs, most]);

/** For who leaves, and for an erasure. @returns whether Redis did so */
export const forgetPresence = async (tx: TenantTx, cache: Cache, userId: string): Promise<boolean> =>
  (await cache.call(LEAVE, [keyIn(tx)], [userId])) !== undefined;

const keyIn = (tx: TenantTx) => addressIn(tx, 'presence').key;
