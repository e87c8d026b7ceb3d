/**
 * Faster copies of what PostgreSQL holds, in Redis. Whatever is asked here can be answered by `undefined`, and the
 * caller then goes on without; a copy is used only where PostgreSQL confirms that it is one.
 */
export { Cache, type CacheOptions } from './cache.ts';
export { cacheErrors } from './errors.ts';
export {
  askServer,
  forgetTenant,
  inspectKeys,
  type KeyFacts,
  type ServerFacts,
  scanKeys,
} from './inventory.ts';
export {
  AREAS,
  type Area,
  addressIn,
  type CacheAddress,
  type CacheKey,
  type KnownKey,
  queuePrefix,
  readKey,
  typeOf,
} from './keys.ts';
export { discardLatest, forgetLatest, keepLatest, type LatestState, readLatest } from './latest.ts';
export { allow, type Decision, defineLimit, forgetLimits, type Limit } from './limits.ts';
export { forgetPresence, present, whoIsPresent } from './presence.ts';
export {
  advanceRanking,
  cursorAt,
  cursorBehind,
  dropRanking,
  leaveRanking,
  type RankedEntry,
  type RankedPlace,
  type RankingPage,
  type RankingPosition,
  rankingCursor,
  readAround,
  readCursor,
  readEntries,
  readTop,
  START,
} from './ranking.ts';
export { cached, forgetCached, outdate, type ReadThrough } from './read-through.ts';
export { maskRedisUrl, parseRedisUrl } from './redis-url.ts';
export {
  addToSupply,
  drawFromSupply,
  listSupply,
  removeFromSupply,
  replaceSupply,
} from './supply.ts';
