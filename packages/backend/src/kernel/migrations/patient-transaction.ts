/** Transactions that change tables which others work with: they wait for locks a short time, and try again. */
import pg from 'pg';

/** A waiting DDL statement makes every later writer wait behind it, so it gives up soon; the work is tried again. */
const LOCK_TIMEOUT_MS = 3_000;
const ATTEMPTS = 5;
/** lock_not_available, deadlock_detected */
const LOCK_STATES = ['55P03', '40P01'];

/** Runs work in a transaction that waits for locks a short time only, and tries it again where that was too short. */
export async function inPatientTransaction(client: pg.Client, work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query('BEGIN');
      await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
      await work();
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      const inTheWay = error instanceof pg.DatabaseError && LOCK_STATES.includes(error.code ?? '');
      if (!inTheWay || attempt >= ATTEMPTS) throw error;
    }
  }
}
