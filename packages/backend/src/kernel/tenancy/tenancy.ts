/**
 * Runs work inside one tenant. BEGIN and the entry into the tenant go out in one round trip; the context ends with the
 * transaction, so a pooled connection carries nothing from one tenant to the next. Work that failed for a passing
 * reason is run again from the start, as long as running it twice can do no harm.
 */
import pg from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { databaseErrorOf, type StateErrors, translateDriverError } from '../db/database-errors.ts';
import { DmzError, isDmzError } from '../errors/index.ts';
import { bind, unbind } from './connection.ts';
import { tenancyErrors } from './errors.ts';
import { type RunOptions, repeatWork } from './repeat-work.ts';
import { Router, type TenantLocation } from './router.ts';
import { callOf, type TenantFunction } from './tenant-function.ts';
import type { TenantTx } from './tenant-tx.ts';

/** A statement that takes longer holds locks that others wait for; none of ours comes near it. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** A transaction that waits for its program this long has lost it; its locks, and the fence, must not outlive that. */
const IDLE_IN_TRANSACTION_MS = 30_000;
/** Who waits longer for a lock is told so while the statement may still be tried again. */
const LOCK_TIMEOUT_MS = 10_000;
/** The server would have given up by then; a connection that stays silent for longer has lost it. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** SQLSTATE of dmz.enter_tenant when the context is already another tenant's. */
const OTHER_TENANT_ENTERED = 'ZD004';
const BEGIN_SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY';

export interface TenancyOptions {
  /** URL of the application role. */
  readonly appUrl: string;
  readonly poolSize: number;
  /** How long work is tried again while the database is away or contended, in ms. */
  readonly retryMs: number;
  /** Replaces the database's clock as the time of transactions; for tests that turn a month. */
  readonly clock?: Clock;
  readonly applicationName?: string;
  readonly log: Logger;
  /** Errors of modules, by the SQLSTATE that their triggers raise. */
  readonly states?: StateErrors;
}

export interface Tenancy {
  /**
   * @param reference  the tenant's id or slug
   * @throws TENANCY_UNKNOWN_TENANT, TENANCY_NOT_SERVED, TENANCY_COMMIT_UNKNOWN, DATABASE_*, and what the work throws
   */
  run<Result>(
    reference: string,
    work: (tx: TenantTx) => Promise<Result>,
    options?: RunOptions,
  ): Promise<Result>;
  /**
   * Calls a database function that is a whole tenant transaction, in one round trip. It must be harmless to repeat: it is
   * called again also when nobody knows whether it was committed.
   */
  call<Values extends readonly unknown[], Row>(
    reference: string,
    fn: TenantFunction<Values, Row>,
    values: Values,
    options?: Pick<RunOptions, 'surface' | 'onRetry'>,
  ): Promise<Row>;
  /** Repeats work of several transactions, each of them in `run` or `call`, as `run` repeats its own. */
  repeat<Result>(work: () => Promise<Result>, options?: RunOptions): Promise<Result>;
  locate(reference: string): Promise<TenantLocation>;
  /** Tells listeners on a channel, outside of any tenant: a payload must mean nothing to who may not know it. */
  notify(channel: string, payloads: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function createTenancy(options: TenancyOptions): Tenancy {
  const pool = createPool(options);
  const router = new Router(pool);

  async function attempt<Result>(
    reference: string,
    work: (tx: TenantTx) => Promise<Result>,
    { snapshot = false }: RunOptions,
  ): Promise<Result> {
    const location = await router.locate(reference);
    const client = await pool.connect().catch(failDriver);
    const begin = snapshot ? BEGIN_SNAPSHOT : 'BEGIN';
    return withTransaction(
      client,
      async () => {
        const now = await enter(client, location, begin);
        return bind(client, location, options.clock?.now() ?? now, options.log);
      },
      work,
    );
  }

  const repeat = <Result>(work: () => Promise<Result>, runOptions: RunOptions = {}, reference?: string) =>
    repeatWork(work, runOptions, { ...options, onFailure: (error) => forget(reference, error) });

  function forget(reference: string | undefined, error: unknown): void {
    if (reference !== undefined && isOfPlace(error)) router.forget(reference);
  }

  return {
    run: (reference, work, runOptions = {}) =>
      repeat(() => attempt(reference, work, runOptions), runOptions, reference),
    call: (reference, fn, values, callOptions) =>
      repeat(
        async () => callOnce(pool, await router.locate(reference), fn, values, options.clock),
        { ...callOptions, idempotent: true },
        reference,
      ),
    repeat,
    locate: (reference) => router.locate(reference),
    notify: (channel, payloads) => notify(pool, channel, payloads),
    close: () => pool.end(),
  };
}

async function callOnce<Values extends readonly unknown[], Row>(
  pool: pg.Pool,
  location: TenantLocation,
  fn: TenantFunction<Values, Row>,
  values: Values,
  clock: Clock | undefined,
): Promise<Row> {
  const { rows } = await pool
    .query({
      ...callOf(fn, location),
      values: [location.id, location.epoch, clock?.now() ?? null, ...values],
    })
    // What the database itself says is translated by `repeat`, as that of any statement is.
    .catch((error: unknown) => (databaseErrorOf(error) ? Promise.reject(error) : failDriver(error)));
  return rows[0];
}

async function notify(pool: pg.Pool, channel: string, payloads: readonly string[]): Promise<void> {
  const text = 'SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload';
  await pool.query({ name: 'notify', text, values: [channel, payloads] }).catch(failDriver);
}

function createPool({ appUrl, poolSize, applicationName }: TenancyOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: appUrl,
    max: poolSize,
    pipeline: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    application_name: applicationName ?? 'dmz',
  } as pg.PoolConfig);
  // An idle connection that the server closes is replaced by the pool; the next user of it notices nothing.
  pool.on('error', () => {});
  // A connection lost at work tells its statements, and itself once more; unheard, that would end the program.
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}

/** Nothing but the driver was at work, so what it fails with is the database's. */
function failDriver(error: unknown): never {
  throw translateDriverError(error);
}

/** Gives the work a transaction, ends it, and the connection back. */
async function withTransaction<Result>(
  client: pg.PoolClient,
  begin: () => Promise<TenantTx>,
  work: (tx: TenantTx) => Promise<Result>,
): Promise<Result> {
  let tx: TenantTx | undefined;
  let broken: Error | undefined;
  try {
    tx = await begin();
    const result = await work(tx);
    unbind(tx);
    await commit(client);
    return result;
  } catch (error) {
    if (tx) unbind(tx);
    broken = await rollBack(client, error);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** @returns the time of the transaction */
async function enter(client: pg.PoolClient, { id, epoch }: TenantLocation, begin: string): Promise<Date> {
  try {
    const [, entered] = await Promise.all([
      client.query(begin),
      client.query({
        name: 'enter_tenant',
        text: 'SELECT dmz.enter_tenant($1, $2) AS now',
        values: [id, epoch],
      }),
    ]);
    return entered.rows[0].now;
  } catch (error) {
    if (databaseErrorOf(error)?.code === OTHER_TENANT_ENTERED)
      throw tenancyErrors.TENANCY_CONNECTION_TAINTED({ cause: error });
    return failDriver(error);
  }
}

/** Deferred triggers run here; what PostgreSQL refuses is translated by `run`, as that of any statement is. */
async function commit(client: pg.PoolClient): Promise<void> {
  let answer: pg.QueryResult;
  try {
    answer = await client.query('COMMIT');
  } catch (error) {
    throw isDmzError(translateDriverError(error), 'DATABASE_UNAVAILABLE')
      ? tenancyErrors.TENANCY_COMMIT_UNKNOWN({ cause: error })
      : error;
  }
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK: the work swallowed an error.
  if (answer.command !== 'COMMIT') throw tenancyErrors.TENANCY_ROLLED_BACK();
}

/** @returns the error that makes the connection unfit for another use, if it is */
async function rollBack(client: pg.PoolClient, cause: unknown): Promise<Error | undefined> {
  if (isDmzError(cause, 'TENANCY_COMMIT_UNKNOWN') || isDmzError(cause, 'TENANCY_CONNECTION_TAINTED'))
    return cause;
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The instance does not serve the tenant, or no longer: what the router remembers of it may be what is wrong. */
function isOfPlace(error: unknown): boolean {
  return (
    error instanceof DmzError &&
    ['TENANCY_MOVED', 'TENANCY_NOT_SERVED', 'TENANCY_UNKNOWN_TENANT'].includes(error.code)
  );
}
