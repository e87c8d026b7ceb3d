/** What Redis has of one person, cleared by an erasure: states of their sessions, and their places on boards. */
import type { PersonStore } from '../data-subjects/erase-person.ts';
import { type Cache, cacheErrors } from '../kernel/cache/index.ts';
import { forgetHotSessions } from '../modules/game/index.ts';
import { leaveBoards } from '../modules/social/index.ts';

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
