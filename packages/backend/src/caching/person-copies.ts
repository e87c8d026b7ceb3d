/** What Redis has of one person, cleared by an erasure: states of their sessions, and their places on boards. */
import { type Cache, cacheErrors } from '../kernel/cache/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { forgetHotSessions } from '../modules/game/index.ts';
import { leaveBoards } from '../modules/social/index.ts';

/** Copies of what is said of people that are kept outside of PostgreSQL. */
export interface PersonStore {
  /** Removes all of a person, whose rows are gone or go with this transaction. @throws when it cannot tell that it has */
  forget(tx: TenantTx, userId: string): Promise<void>;
}

/** Repeatable. Where there is meant to be a Redis and none answers, the person is not erased: it may come back with all it had. */
export const personCopies = (cache: Cache): PersonStore => ({
  async forget(tx, userId) {
    if (!cache.isConfigured) return;
    // A command can be here before its connection is.
    await cache.whenOpen();
    const removed = [await forgetHotSessions(tx, cache, userId), await leaveBoards(tx, cache, userId)];
    if (removed.every(Boolean)) return;
    throw cacheErrors.CACHE_UNREACHABLE({ found: 'what Redis has of a person cannot be removed' });
  },
});
