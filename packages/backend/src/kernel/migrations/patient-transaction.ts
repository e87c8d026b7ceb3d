/**
 * Transactions that change tables which others work with. A statement that waits for a lock makes every later writer
 * wait behind it, so all statements of a transaction together may wait for a short time only; then everything is let go,
 * those behind pass, and the work is tried again after a pause.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface Patience {
  /** How long a transaction may wait for locks, all its statements together, in ms: the longest that a writer waits behind it. */
  readonly lockTimeoutMs: number;
  readonly attempts: number;
}

/**
 * A second is what a player may notice and nobody complains of. Twelve attempts, with the pauses between them, take half
 * a minute to two: longer than a request lasts, and short enough that somebody is still looking when it is given up.
 */
export const PATIENCE: Patience = { lockTimeoutMs: 1_000, attempts: 12 };

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;
/** When the budget is spent a statement may still wait as long as a short transaction takes; 0 would be for ever. */
const LEAST_TIMEOUT_MS = 10;
/** lock_not_available, deadlock_detected */
const LOCK_STATES = ['55P03', '40P01'];

/** Sends statements of a transaction, each with what is left of the time for waiting. */
export type Send = (statement: string) => Promise<unknown>;

/** Runs work in a transaction that waits for locks a short time only, and tries it again where that was too short. */
export async function inPatientTransaction(
  client: pg.Client,
  work: (send: Send) => Promise<unknown>,
  { lockTimeoutMs, attempts }: Patience = PATIENCE,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const startedAt = performance.now();
    const send: Send = (statement) => {
      const left = Math.round(lockTimeoutMs - (performance.now() - startedAt));
      return client.query(`SET LOCAL lock_timeout = ${Math.max(left, LEAST_TIMEOUT_MS)}; ${statement}`);
    };
    try {
      await client.query(`BEGIN; SET LOCAL lock_timeout = ${lockTimeoutMs}`);
      await work(send);
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      if (!isLockFailure(error) || attempt >= attempts) throw error;
      await sleep(pauseMs(attempt));
    }
  }
}

export const isLockFailure = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && LOCK_STATES.includes(error.code ?? '');

/** Twice as long each time, and never the same for two: those that met once would meet again. */
function pauseMs(attempt: number): number {
  const most = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
  return most / 2 + (Math.random() * most) / 2;
}
