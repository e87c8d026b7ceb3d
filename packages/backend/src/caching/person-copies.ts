/** What Redis has of one person, for an erasure: states of their sessions, and their places on boards. */
import type { Cache } from '../kernel/cache/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { copiesOfPlayer, removeCopies } from '../modules/game/index.ts';
import { leaveBoards, removeFromBoards } from '../modules/social/index.ts';

/**
 * Finds it, in the transaction that erases the person's rows, before they go. What is answered removes it, once that is
 * committed, and says whether Redis did so; until it says so the person is not erased. Repeatable.
 */
export async function findPersonCopies(
  tx: TenantTx,
  cache: Cache,
  userId: string,
): Promise<() => Promise<boolean>> {
  const sessions = await copiesOfPlayer(tx, userId);
  const boards = await leaveBoards(tx, userId);
  return async () => {
    if (!cache.isConfigured) return true;
    const removed = [await removeCopies(cache, sessions), await removeFromBoards(cache, boards)];
    return removed.every(Boolean);
  };
}
