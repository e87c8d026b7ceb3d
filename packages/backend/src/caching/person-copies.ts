/**
 * What Redis has of one person, cleared by an erasure: states of their sessions, their places on boards, what they may do,
 * how often they did what is limited, and that they are there.
 */
import type { PersonStore } from '../data-subjects/erase-person.ts';
import { type Cache, cacheErrors, forgetLimits, forgetPresence } from '../kernel/cache/index.ts';
import { forgetPermissions, SIGN_IN_ATTEMPTS } from '../modules/auth/index.ts';
import { forgetHotSessions, PLAY_ACTIONS } from '../modules/game/index.ts';
import { EXPORT_REQUESTS } from '../modules/governance/index.ts';
import { leaveBoards } from '../modules/social/index.ts';

/** Every limit whose subject is a person. */
const PERSONAL_LIMITS = [SIGN_IN_ATTEMPTS, PLAY_ACTIONS, EXPORT_REQUESTS];

/** Repeatable. Where there is meant to be a Redis and none answers, the person is not erased: it may come back with all it had. */
export const personCopies = (cache: Cache): PersonStore => ({
  async forget(tx, userId) {
    if (!cache.isConfigured) return;
    // A command can be here before its connection is.
    await cache.whenOpen();
    const removed = [
      await forgetHotSessions(tx, cache, userId),
      await leaveBoards(tx, cache, userId),
      await forgetPermissions(tx, cache, userId),
      await forgetLimits(tx, cache, PERSONAL_LIMITS, userId),
      await forgetPresence(tx, cache, userId),
    ];
    if (removed.every(Boolean)) return;
    throw cacheErrors.CACHE_UNREACHABLE({ found: 'what Redis has of a person cannot be removed' });
  },
});
