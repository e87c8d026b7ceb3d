/**
 * What a session keeps when a transaction has ended: settings, its role, cursors held open, channels listened to, locks of
 * its own, places in sequences. The work of one tenant must leave none of it to the next, so it is cleared on the heels of
 * COMMIT or ROLLBACK, in the same round trip; a connection that cannot be cleared is not lent again.
 */
import type pg from 'pg';

/**
 * DISCARD ALL but for the prepared statements, whose names are secret and which are worth keeping. Settings go back to what
 * the connection was opened with, its time limits among them. They go first: they decide how the rest is read.
 */
const CLEAR =
  'RESET ALL; RESET ROLE; CLOSE ALL; UNLISTEN *; DISCARD SEQUENCES; SELECT pg_catalog.pg_advisory_unlock_all()';

/**
 * @param discard  told when the session may have kept something
 * @returns when the connection can be lent again or was discarded; it never rejects
 */
export async function clearSession(client: pg.PoolClient, discard: (why: Error) => void): Promise<void> {
  await client.query(CLEAR).catch(discard);
}
