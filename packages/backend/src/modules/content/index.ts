/** What tenants play with: releases content packs into a tenant's library, and hands them to the game. */
export {
  countWaiting,
  DIFFICULTIES,
  type Difficulty,
  emailsOfSession,
  hashOf,
  type LowPool,
  newToPools,
  POOL_FULL,
  POOL_LEAST,
  putIntoPool,
  takeEmails,
} from './email-pool.ts';
export { contentErrors } from './errors.ts';
export { currentPackVersion, ownPackVersion, PackLibrary } from './packs.ts';
export { rebuildPool, verifyPool } from './pool-copies.ts';
export { contentReviews } from './records.ts';
export { readPackFiles, releasePack } from './release.ts';
