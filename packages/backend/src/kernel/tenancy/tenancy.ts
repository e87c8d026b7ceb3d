/**
 * Runs work inside one tenant. BEGIN and the entry into the tenant go out in one round trip; the context ends with the
 * transaction, so a pooled connection carries nothing from one tenant to the next. Work that failed for a passing
 * reason is run again from the start, as long as running it twice can do no harm.
 */
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { Signer } from '../context/index.ts';
import { databaseErrorOf, type StateErrors, translateDriverError } from '../db/database-errors.ts';
import { isDmzError } from '../errors/index.ts';
import { announceCommit, bind, finish, unbind } from './connection.ts';
import { callAlone, enter } from './enter.ts';
import { tenancyErrors } from './errors.ts';
import {
  failDriver,
  failStatement,
  InstancePools,
  type PoolLimits,
  type PoolState,
} from './instance-pools.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { type RunOptions, repeatWork } from './repeat-work.ts';
import { Router, type TenantLocation } from './router.ts';
import { clearSession } from './session.ts';
import type { TenantFunction } from './tenant-function.ts';
import type { TenantTx } from './tenant-tx.ts';

const BEGIN_SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY';

export interface TenancyOptions extends PoolLimits {
  /** URL of the application's role at an instance; that of `main` leads to the control database. */
  readonly appUrlOf: (instance: string) => Promise<string>;
  /** How long work is tried again while the database is away or contended, in ms. */
  readonly retryMs: number;
  /** Replaces the database's clock as the time of transactions; for tests that turn a month. */
  readonly clock?: Clock;
  readonly applicationName?: string;
  readonly log: Logger;
  /** Errors of modules, by the SQLSTATE that their triggers raise. */
  readonly states?: StateErrors;
  /** Told of what the database refused a tenant's transaction, once that is rolled back. */
  readonly onRefusal?: (reference: string, refusal: Refusal) => void;
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
  /** Tells listeners at a tenant's instance, outside of the tenant: a payload must mean nothing to who may not know it. */
  notify(reference: string, channel: string, payloads: readonly string[]): Promise<void>;
  /** The connections that there are at present. */
  pools(): PoolState[];
  close(): Promise<void>;
}

export function createTenancy(options: TenancyOptions): Tenancy {
  const pools = new InstancePools(options);
  const signer = new Signer();
  const router = new Router(pools, signer);

  /** Asks where the tenant lives, and works there; what the place refuses may be the router's fault. */
  async function at<Result>(
    reference: string,
    work: (client: pg.PoolClient, location: TenantLocation, discard: (why: Error) => void) => Promise<Result>,
  ): Promise<Result> {
    const location = await router.locate(reference);
    try {
      return await pools.lend(location.instance, (client, discard) => work(client, location, discard));
    } catch (error) {
      throw await router.explainRefusal(reference, location, error);
    }
  }

  const attempt = <Result>(
    reference: string,
    work: (tx: TenantTx) => Promise<Result>,
    { snapshot = false }: RunOptions,
  ): Promise<Result> =>
    at(reference, (client, location, discard) => {
      const begin = async () => {
        const now = await enter(client, location, signer, snapshot ? BEGIN_SNAPSHOT : 'BEGIN');
        return bind(client, location, { now: options.clock?.now() ?? now, log: options.log, snapshot });
      };
      return withTransaction({ client, discard }, begin, work);
    });

  const callOnce = <Values extends readonly unknown[], Row>(
    reference: string,
    fn: TenantFunction<Values, Row>,
    values: Values,
  ): Promise<Row> =>
    at(reference, async (client, location, discard) => {
      const call = { fn, values, time: options.clock?.now() };
      const { rows } = await callAlone(client, location, signer, call).catch((error: unknown) =>
        failStatement(closeUnlessRefused(error, discard)),
      );
      return rows[0];
    });

  const repeat = <Result>(work: () => Promise<Result>, runOptions: RunOptions = {}, reference?: string) =>
    repeatWork(work, runOptions, {
      ...options,
      onFailure: (error) => {
        if (reference === undefined) return;
        router.heed(reference, error);
        const refusal = refusalOf(error);
        if (refusal !== undefined) options.onRefusal?.(reference, refusal);
      },
    });

  return {
    run: (reference, work, runOptions = {}) =>
      repeat(() => attempt(reference, work, runOptions), runOptions, reference),
    call: (reference, fn, values, callOptions) =>
      repeat(() => callOnce(reference, fn, values), { ...callOptions, idempotent: true }, reference),
    repeat,
    locate: (reference) => router.locate(reference),
    notify: (reference, channel, payloads) =>
      at(reference, (client, _, discard) => notify({ client, discard }, channel, payloads)),
    pools: () => pools.states(),
    close: () => pools.close(),
  };
}

interface Borrowed {
  readonly client: pg.PoolClient;
  /** Has the connection closed instead of lent again. */
  readonly discard: (why: Error) => void;
}

async function notify(
  { client, discard }: Borrowed,
  channel: string,
  payloads: readonly string[],
): Promise<void> {
  const text = 'SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload';
  await client
    .query({ name: 'notify', text, values: [channel, payloads] })
    .catch((error: unknown) => failDriver(closeUnlessRefused(error, discard)));
}

/** A statement that the database refused leaves its connection as it was; where it said nothing, it may still run. */
function closeUnlessRefused(error: unknown, discard: Borrowed['discard']): unknown {
  if (!databaseErrorOf(error)) discard(error instanceof Error ? error : new Error(String(error)));
  return error;
}

/** Gives the work a transaction, and ends it. */
async function withTransaction<Result>(
  { client, discard }: Borrowed,
  begin: () => Promise<TenantTx>,
  work: (tx: TenantTx) => Promise<Result>,
): Promise<Result> {
  let tx: TenantTx | undefined;
  try {
    tx = await begin();
    const result = await work(tx);
    await finish(tx);
    unbind(tx);
    const [committed] = await Promise.allSettled([commit(client), clearSession(client, discard)]);
    if (committed.status === 'rejected') throw committed.reason;
    announceCommit(tx);
    return result;
  } catch (error) {
    if (tx) unbind(tx);
    const [broken] = await Promise.all([rollBack(client, error), clearSession(client, discard)]);
    if (broken) discard(broken);
    throw error;
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
  if (isDmzError(cause, 'TENANCY_COMMIT_UNKNOWN')) return cause;
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
