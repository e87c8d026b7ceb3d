/**
 * Supplies: ids of rows that wait to be given out, each to one who asks. Redis gives an id to one of several who ask at once,
 * and PostgreSQL then says whether the row still waits: an id too many costs a look, and one too few is found there.
 */
import type { Cache } from './cache.ts';
import type { CacheAddress } from './keys.ts';
import { defineScript } from './script.ts';

/** As for boards: who gives out now and then keeps it. */
const KEPT_SECONDS = 24 * 60 * 60;

const ADD = defineScript<number>(`
  redis.call('SADD', KEYS[1], unpack(ARGV, 2))
  redis.call('EXPIRE', KEYS[1], ARGV[1])
  return 1`);
const DRAW = defineScript<string[]>(`return redis.call('SPOP', KEYS[1], ARGV[1])`);
const REMOVE = defineScript<number>(`return redis.call('SREM', KEYS[1], unpack(ARGV))`);
const LIST = defineScript<string[]>(`return redis.call('SMEMBERS', KEYS[1])`);
const FORGET = defineScript<number>(`return redis.call('DEL', KEYS[1])`);

/** @returns whether Redis took them */
export async function addToSupply(
  cache: Cache,
  { key }: CacheAddress,
  ids: readonly string[],
): Promise<boolean> {
  return ids.length === 0 || (await cache.call(ADD, [key], [KEPT_SECONDS, ...ids])) !== undefined;
}

/** Takes some out; undefined without Redis. */
export const drawFromSupply = (
  cache: Cache,
  { key }: CacheAddress,
  most: number,
): Promise<string[] | undefined> => cache.call(DRAW, [key], [most]);

/** For ids that were given out past it. */
export async function removeFromSupply(
  cache: Cache,
  { key }: CacheAddress,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0) await cache.call(REMOVE, [key], ids);
}

export const listSupply = (cache: Cache, { key }: CacheAddress): Promise<string[] | undefined> =>
  cache.call(LIST, [key], []);

/** @returns whether Redis has these alone now */
export async function replaceSupply(
  cache: Cache,
  address: CacheAddress,
  ids: readonly string[],
): Promise<boolean> {
  const emptied = await cache.call(FORGET, [address.key], []);
  return emptied !== undefined && addToSupply(cache, address, ids);
}
