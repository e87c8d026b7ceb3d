/** Looks after the copies of sessions' states as a whole: makes them again, compares them with the events, removes them. */
import { and, asc, eq, gt, gte } from 'drizzle-orm';
import { type Cache, forgetLatest } from '../../kernel/cache/index.ts';
import { isDmzError } from '../../kernel/errors/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { copyOf, KEPT_SECONDS, keepState, readHotState } from './hot-sessions.ts';
import { readTail } from './read-stream.ts';
import { gameTables } from './schema.ts';
import { openSession } from './session-state.ts';
import { hashJson } from './stream.ts';

/** Sessions whose copies would be there now, had Redis not lost them; in the order of their ids. */
export async function hotSessionIdsAfter(
  tx: TenantTx,
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const { sessionHeads: heads } = gameTables(tx);
  const since = new Date(tx.now.getTime() - KEPT_SECONDS * 1_000);
  const rows = await tx
    .select({ id: heads.id })
    .from(heads)
    .where(and(gte(heads.updatedAt, since), after === undefined ? undefined : gt(heads.id, after)))
    .orderBy(asc(heads.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** @returns false without Redis; a copy that is as new already stays */
export async function rebuildHotSession(tx: TenantTx, cache: Cache, sessionId: string): Promise<boolean> {
  const { session, state } = await openSession(tx, sessionId);
  const [last] = await readTail(tx, session, state.sequence - 1, state.sequence);
  if (!last) return true;
  return (await keepState(cache, copyOf(tx, sessionId), state, last.id)) !== undefined;
}

/**
 * Compares a session's copy with the state that its events lead to.
 *
 * @returns what is wrong, in words; null when nothing is; undefined where there is no copy that this release would use
 */
export async function verifyHotSession(
  tx: TenantTx,
  cache: Cache,
  sessionId: string,
): Promise<string | null | undefined> {
  const known = await readHotState(cache, copyOf(tx, sessionId));
  if (!known) return undefined;
  if (known === 'unreadable') return 'was not written by the platform, or was changed since';
  const { sequence, eventId, state } = known;
  try {
    const right = await openSession(tx, sessionId, sequence);
    const [own] = await readTail(tx, right.session, sequence - 1, sequence);
    if (own?.id !== eventId)
      return `ends with an event that the session does not have at sequence ${sequence}`;
    const same = hashJson(state) === hashJson(right.state);
    return same ? null : `is not the state that the events lead to at sequence ${sequence}`;
  } catch (error) {
    if (isDmzError(error, 'GAME_SESSION_UNKNOWN')) return 'is of a session that is not there';
    if (isDmzError(error, 'GAME_SEQUENCE_OUT_OF_RANGE'))
      return `is ahead of the session, at sequence ${sequence}`;
    throw error;
  }
}

/** Removes the copies of all sessions of a person. @returns whether Redis did so */
export async function forgetHotSessions(tx: TenantTx, cache: Cache, playerId: string): Promise<boolean> {
  const { sessions } = gameTables(tx);
  const rows = await tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.playerId, playerId));
  const copies = rows.map(({ id }) => copyOf(tx, id));
  return forgetLatest(cache, copies);
}
