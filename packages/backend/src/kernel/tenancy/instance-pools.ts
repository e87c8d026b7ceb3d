/**
 * The connections of a program: one pool an instance, made when the instance is first needed and closed when it has not
 * been for a while. Each instance has its limit, so that one which hangs keeps none of the others waiting; all of them
 * together have another, which idle connections elsewhere make room for.
 */
import pg from 'pg';
import { databaseErrorOf, translateDriverError } from '../db/database-errors.ts';
import { tenancyErrors } from './errors.ts';
import { Slots } from './slots.ts';
import { haveStatementsGone, hideStatementNames } from './statement-names.ts';

/** A statement that takes longer holds locks that others wait for; none of ours comes near it. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** A transaction that waits for its program this long has lost it; its locks, and the fence, must not outlive that. */
const IDLE_IN_TRANSACTION_MS = 30_000;
/** Who waits longer for a lock is told so while the statement may still be tried again. */
const LOCK_TIMEOUT_MS = 10_000;
/** The server would have given up by then; a connection that stays silent for longer has lost it. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** For a place in the pool and a connection together; the work is then tried again, as long as its time lasts. */
const SLOT_TIMEOUT_MS = 5_000;
/** Connecting takes some 10 ms, and a server has at most a few hundred connections for all programs. */
const IDLE_POOL_MS = 60_000;

export interface PoolLimits {
  /** Connections to one instance. */
  readonly poolSize: number;
  /** Connections to all instances together. */
  readonly poolTotal?: number;
  /** A pool that has served nobody for so long is closed, in ms. */
  readonly idlePoolMs?: number;
}

export interface PoolOptions extends PoolLimits {
  /** URL of the application's role at an instance. @throws INSTANCE_UNKNOWN, INSTANCE_DOWN */
  readonly appUrlOf: (instance: string) => Promise<string>;
  readonly applicationName?: string;
}

interface InstancePool {
  readonly name: string;
  readonly pool: pg.Pool;
  readonly slots: Slots;
  usedAt: number;
}

/** How the connections to an instance stand. */
export interface PoolState {
  readonly instance: string;
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

export class InstancePools {
  readonly #options: PoolOptions;
  readonly #pools = new Map<string, Promise<InstancePool>>();
  /** Those that are made, for whoever looks for idle connections. */
  readonly #made = new Map<string, InstancePool>();
  readonly #total: Slots;
  readonly #most: number;
  readonly #sweeping: NodeJS.Timeout;
  readonly #closing = new Set<Promise<void>>();

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#most = Math.max(options.poolTotal ?? Number.MAX_SAFE_INTEGER, options.poolSize);
    this.#total = new Slots(this.#most);
    const idleMs = options.idlePoolMs ?? IDLE_POOL_MS;
    this.#sweeping = setInterval(() => this.#closeUnused(idleMs), idleMs / 2).unref();
  }

  /**
   * Lends a connection to work, and takes it back however the work ends.
   *
   * @param work  calls `discard` to have the connection closed instead of used again
   * @throws TENANCY_POOL_EXHAUSTED, DATABASE_UNAVAILABLE, INSTANCE_UNKNOWN, INSTANCE_DOWN, and what the work throws
   */
  async lend<Result>(
    instance: string,
    work: (client: pg.PoolClient, discard: (why: Error) => void) => Promise<Result>,
  ): Promise<Result> {
    const of = await this.#poolOf(instance);
    const deadline = performance.now() + SLOT_TIMEOUT_MS;
    // Its own instance first: who waits for one that hangs must not hold a place that another instance could use.
    await this.#enter(of.slots, SLOT_TIMEOUT_MS, instance);
    try {
      await this.#enter(this.#total, Math.max(0, deadline - performance.now()), instance);
      try {
        return await this.#use(of, work);
      } finally {
        this.#total.leave();
      }
    } finally {
      of.usedAt = performance.now();
      of.slots.leave();
    }
  }

  states(): PoolState[] {
    return [...this.#made.values()].map(({ name, pool, slots }) => ({
      instance: name,
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: slots.waiting,
    }));
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeping);
    const pools = [...this.#made.values()];
    this.#pools.clear();
    this.#made.clear();
    await Promise.all([...this.#closing, ...pools.map(({ pool }) => pool.end())]);
  }

  async #enter(slots: Slots, timeoutMs: number, instance: string): Promise<void> {
    if (await slots.enter(timeoutMs)) return;
    throw tenancyErrors.TENANCY_POOL_EXHAUSTED({
      found: `${slots.taken} connections at work, ${slots.waiting} more callers waiting for instance ${instance}`,
      expected: `one of them within ${SLOT_TIMEOUT_MS} ms`,
    });
  }

  async #use<Result>(
    { pool }: InstancePool,
    work: (client: pg.PoolClient, discard: (why: Error) => void) => Promise<Result>,
  ): Promise<Result> {
    if (pool.idleCount === 0) await this.#makeRoom();
    const client = await pool.connect().catch(failDriver);
    let broken: Error | undefined;
    try {
      return await work(client, (why) => {
        broken = why;
      });
    } catch (error) {
      if (haveStatementsGone(error)) broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** An idle connection of the instance that was used least of late gives way to one that is needed now. */
  async #makeRoom(): Promise<void> {
    const pools = [...this.#made.values()];
    while (pools.reduce((sum, { pool }) => sum + pool.totalCount, 0) >= this.#most) {
      const [longest] = pools
        .filter(({ pool }) => pool.idleCount > 0)
        .sort((one, other) => one.usedAt - other.usedAt);
      if (!longest) return;
      const client = await longest.pool.connect().catch(failDriver);
      client.release(new Error('another instance needs the connection'));
    }
  }

  #poolOf(instance: string): Promise<InstancePool> {
    const known = this.#pools.get(instance);
    if (known) return known;
    const made = this.#make(instance);
    this.#pools.set(instance, made);
    // Whatever kept it from being made may have passed by the next call.
    made.catch(() => this.#pools.delete(instance));
    return made;
  }

  async #make(name: string): Promise<InstancePool> {
    const { appUrlOf, poolSize, applicationName } = this.#options;
    const pool = openPool(await appUrlOf(name), poolSize, applicationName ?? 'dmz');
    const made = { name, pool, slots: new Slots(poolSize), usedAt: performance.now() };
    this.#made.set(name, made);
    return made;
  }

  /** Nobody can borrow from a pool between its being found unused and its being forgotten. */
  #closeUnused(idleMs: number): void {
    const since = performance.now() - idleMs;
    for (const { name, pool, usedAt, slots } of [...this.#made.values()]) {
      if (usedAt >= since || slots.taken > 0) continue;
      this.#pools.delete(name);
      this.#made.delete(name);
      const closing = pool.end().finally(() => this.#closing.delete(closing));
      this.#closing.add(closing);
    }
  }
}

function openPool(appUrl: string, max: number, applicationName: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: appUrl,
    max,
    pipeline: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    application_name: applicationName,
  } as pg.PoolConfig);
  // An idle connection that the server closes is replaced by the pool; the next user of it notices nothing.
  pool.on('error', () => {});
  // A connection lost at work tells its statements, and itself once more; unheard, that would end the program.
  pool.on('connect', (client) => {
    client.on('error', () => {});
    hideStatementNames(client);
  });
  return pool;
}

/** Nothing but the driver was at work, so what it fails with is the database's. */
export function failDriver(error: unknown): never {
  throw translateDriverError(error);
}

/** What the database said is left to whoever repeats the work, who knows what modules make of it. */
export function failStatement(error: unknown): never {
  if (databaseErrorOf(error)) throw error;
  return failDriver(error);
}
