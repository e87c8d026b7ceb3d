/**
 * One pooled connection while it serves one transaction after another. What a transaction hands out ends with it: a `tx`
 * that somebody kept would otherwise work on inside the next tenant's transaction on the same connection.
 */
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { Logger } from 'pino';
import { databaseErrorOf, translateDriverError } from '../db/database-errors.ts';
import type { Queries } from '../db/index.ts';
import { takingPlainValues } from '../db/plain-values.ts';
import { requireSendable } from '../db/sendable-values.ts';
import { tenancyErrors } from './errors.ts';
import type { TenantLocation } from './router.ts';
import { callInside, type TenantFunction } from './tenant-function.ts';
import type { TenantTx } from './tenant-tx.ts';

/** What a connection keeps between transactions: statements that were built on it, which carry nothing of a tenant. */
interface Connection {
  readonly database: NodePgDatabase;
  readonly statements: Map<string, unknown>;
}

interface Binding {
  readonly connection: Connection;
  readonly client: pg.PoolClient;
  readonly location: TenantLocation;
  readonly seesOneMoment: boolean;
  open: boolean;
  readonly last: (() => Promise<void>)[];
  readonly afterwards: (() => void)[];
}

const connectionOfClient = new WeakMap<pg.PoolClient, Connection>();
const bindingOfTx = new WeakMap<object, Binding>();

interface Begun {
  readonly now: Date;
  readonly log: Logger;
  /** Whether its statements see the tenant as it was at the first of them. */
  readonly snapshot: boolean;
}

/** Gives a transaction that has begun on a connection to the work, until `unbind`. */
export function bind(
  client: pg.PoolClient,
  location: TenantLocation,
  { now, log, snapshot }: Begun,
): TenantTx {
  const { id, schema } = location;
  const binding: Binding = {
    ...{ connection: connectionOf(client), client, location, seesOneMoment: snapshot },
    ...{ open: true, last: [], afterwards: [] },
  };
  const gate = {
    query(...args: unknown[]) {
      if (!binding.open) return Promise.reject(tenancyErrors.TENANCY_TRANSACTION_ENDED());
      const [query, ...rest] = args;
      requireSendable(rest[0]);
      return (client.query as (...all: unknown[]) => Promise<unknown>).call(client, asOne(query), ...rest);
    },
  };
  const tx = Object.assign(takingPlainValues(drizzle(gate as unknown as pg.PoolClient)), {
    tenantId: id,
    placement: { schema },
    now,
    log,
    beforeCommit: (work: () => Promise<void>) => void binding.last.push(work),
    afterCommit: (work: () => void) => void binding.afterwards.push(work),
  });
  bindingOfTx.set(tx, binding);
  return tx;
}

/** By the extended protocol a text is one statement, so nothing that gets into it can end it and begin another. */
function asOne(query: unknown): unknown {
  if (typeof query === 'string') return { text: query, queryMode: 'extended' };
  const isStream = typeof query === 'object' && query !== null && 'submit' in query;
  return isStream ? query : { ...(query as pg.QueryConfig), queryMode: 'extended' };
}

/** Does what was put off to the end, in the order in which it was; that may put off more. */
export async function finish(tx: TenantTx): Promise<void> {
  const { last } = bindingOf(tx);
  for (let work = last.shift(); work; work = last.shift()) await work();
}

/** Tells whom it may concern that the transaction was committed. */
export function announceCommit(tx: TenantTx): void {
  for (const work of bindingOf(tx).afterwards) work();
}

/**
 * Where the transaction is: which tenant, at which placement.
 *
 * @throws TENANCY_TRANSACTION_ENDED  when the transaction is over
 */
export function locationIn(tx: TenantTx): TenantLocation {
  const { location, open } = bindingOf(tx);
  if (!open) throw tenancyErrors.TENANCY_TRANSACTION_ENDED();
  return location;
}

/** Whether what was committed since its first statement is hidden from it. */
export const seesOneMoment = (tx: TenantTx): boolean => bindingOf(tx).seesOneMoment;

export function unbind(tx: TenantTx): void {
  bindingOf(tx).open = false;
}

function connectionOf(client: pg.PoolClient): Connection {
  let connection = connectionOfClient.get(client);
  if (!connection) {
    const gate = {
      query(query: pg.QueryConfig, values?: unknown[]) {
        requireSendable(values);
        return client.query(query, values);
      },
    };
    connection = { database: drizzle(gate as unknown as pg.PoolClient), statements: new Map() };
    connectionOfClient.set(client, connection);
  }
  return connection;
}

function bindingOf(tx: TenantTx): Binding {
  const binding = bindingOfTx.get(tx);
  if (!binding) throw new Error('This transaction was not given by tenancy.run.');
  return binding;
}

interface Statement<Values, Result> {
  execute(values?: Values): Promise<Result>;
}

/**
 * A prepared statement of a hot path. Drizzle builds and PostgreSQL plans it once a connection; a tenant's context is
 * not part of a plan, so one statement serves every tenant at the same placement.
 *
 * @param name   unique among the platform's prepared statements
 * @param build  makes the statement on the database that it is given, `query.prepare(name)`
 * @throws TENANCY_TRANSACTION_ENDED  when the transaction is over
 */
export function prepared<Values, Result>(
  tx: TenantTx,
  name: string,
  build: (database: Queries, name: string) => Statement<Values, Result>,
): Statement<Values, Result> {
  const { connection, open } = bindingOf(tx);
  if (!open) throw tenancyErrors.TENANCY_TRANSACTION_ENDED();
  const key = tx.placement.schema === null ? name : `${tx.placement.schema}.${name}`;
  const known = connection.statements.get(key) as Statement<Values, Result> | undefined;
  if (known) return known;
  const built = build(connection.database, key);
  connection.statements.set(key, built);
  return built;
}

/**
 * Calls a tenant function inside a transaction that has begun already, at that transaction's time.
 *
 * @throws TENANCY_TRANSACTION_ENDED  when the transaction is over, and what the function raises
 */
export async function callIn<Values extends readonly unknown[], Row>(
  tx: TenantTx,
  fn: TenantFunction<Values, Row>,
  values: Values,
): Promise<Row> {
  const { client, location, open } = bindingOf(tx);
  if (!open) throw tenancyErrors.TENANCY_TRANSACTION_ENDED();
  const { rows } = await send(client, {
    ...callInside(fn, location),
    values: [location.id, location.epoch, tx.now, ...values],
  });
  return rows[0];
}

const nameOfText = new Map<string, string>();

/**
 * Runs a statement that the kernel has written, planned once a connection.
 *
 * @throws TENANCY_TRANSACTION_ENDED  when the transaction is over
 */
export function queryIn(tx: TenantTx, text: string, values: unknown[]): Promise<pg.QueryResult> {
  // PostgreSQL knows a prepared statement by 63 characters, which the texts of two can share.
  const name = nameOfText.get(text) ?? `kernel_${nameOfText.size}`;
  nameOfText.set(text, name);
  return sendIn(tx, { name, text, values });
}

/** The same for statements that are not used again. */
export function sendIn(tx: TenantTx, query: pg.QueryConfig): Promise<pg.QueryResult> {
  const { client, open } = bindingOf(tx);
  if (!open) return Promise.reject(tenancyErrors.TENANCY_TRANSACTION_ENDED());
  return send(client, query);
}

/** Drizzle marks what its statements fail with; without a mark, a lost connection would pass for the work's own error. */
async function send(client: pg.PoolClient, query: pg.QueryConfig): Promise<pg.QueryResult> {
  requireSendable(query.values);
  return client.query(query).catch((error: unknown) => {
    throw databaseErrorOf(error) ? error : translateDriverError(error);
  });
}
