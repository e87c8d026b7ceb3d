/**
 * The fence of a tenant at its source: an advisory lock that every transaction of the tenant shares and a move takes for
 * itself. While it is waited for, and as long as it is held, new transactions wait. It belongs to the session that changes
 * who is served, so that what is written under it cannot be written without it.
 */
import pg from 'pg';
import type { OwnerConnection } from '../db/index.ts';
import type { Attempt } from './attempt.ts';
import { openOwner } from './ends.ts';

const FENCE = `hashtextextended('fence:' || $1, 0)`;
const LOCK_NOT_AVAILABLE = '55P03';
/** Who has the fence and says nothing for longer than any pause has gone for good, machine and all. */
const SILENT_MS = 5_000;
/** No one would tell the server that a machine is gone; so it ends the session itself, and the tenant goes on. */
const endWhenSilentFor = (ms: number): string =>
  `SET idle_session_timeout = ${ms}; SET idle_in_transaction_session_timeout = ${ms}`;

/** Locks of the fence, of this database. */
const OF_FENCE = `locktype = 'advisory' AND objsubid = 1 AND (classid::int8 << 32) | objid::int8 = ${FENCE}
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

export class Fence {
  readonly #attempt: Attempt;
  /** A second session at the source, for looking at who waits while the first one does. */
  readonly #beside: OwnerConnection;

  private constructor(attempt: Attempt, beside: OwnerConnection) {
    this.#attempt = attempt;
    this.#beside = beside;
  }

  static async open(attempt: Attempt): Promise<Fence> {
    const { source, move } = attempt;
    return new Fence(attempt, await openOwner(source.urls.adminUrl, move.id));
  }

  close(): Promise<void> {
    return this.#beside.close();
  }

  /**
   * Waits until the transactions that are under way have ended.
   *
   * @param timeoutMs      after which everybody is let pass again
   * @param cancelAfterMs  after which statements that still run are cancelled; never, unless given
   * @returns false when it could not be had
   */
  async take(timeoutMs: number, cancelAfterMs?: number): Promise<boolean> {
    const { source, move } = this.#attempt;
    let cancelled = Promise.resolve();
    const timer = setTimeout(() => {
      cancelled = this.#cancelHolders();
    }, cancelAfterMs ?? timeoutMs);
    if (cancelAfterMs === undefined) clearTimeout(timer);
    try {
      await source.owner.client.query(
        `SET lock_timeout = ${Math.max(1, Math.round(timeoutMs))}; ${endWhenSilentFor(move.maxPauseMs + SILENT_MS)}`,
      );
      await source.owner.client.query(`SELECT pg_advisory_lock(${FENCE})`, [move.tenantId]);
      return true;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE)) throw error;
      await source.owner.client.query(endWhenSilentFor(0));
      return false;
    } finally {
      clearTimeout(timer);
      await cancelled;
      await source.owner.client.query('SET lock_timeout = 0');
    }
  }

  async release(): Promise<void> {
    const { source, move } = this.#attempt;
    await source.owner.client.query(`SELECT pg_advisory_unlock(${FENCE})`, [move.tenantId]);
    await source.owner.client.query(endWhenSilentFor(0));
  }

  /** How long the transaction has waited that came first, in ms; 0 when nobody waits. */
  async longestWaitMs(): Promise<number> {
    const { rows } = await this.#beside.client.query(
      `SELECT coalesce(max(extract(epoch FROM clock_timestamp() - waitstart)) * 1000, 0)::float8 AS ms
       FROM pg_locks WHERE NOT granted AND ${OF_FENCE}`,
      [this.#attempt.move.tenantId],
    );
    return rows[0].ms;
  }

  /**
   * Whoever is cancelled finds it announced, and does its work again. What is idle between two statements cannot be
   * cancelled; the server ends it after half a minute.
   */
  async #cancelHolders(): Promise<void> {
    const { move, options } = this.#attempt;
    await this.#beside.run((tx) => options.instances.announceInterruption(tx, move.tenantId));
    await this.#beside.client.query(
      `SELECT pg_cancel_backend(pid) FROM pg_locks JOIN pg_stat_activity AS a USING (pid)
       WHERE granted AND mode = 'ShareLock' AND a.state = 'active' AND ${OF_FENCE}`,
      [move.tenantId],
    );
  }
}
