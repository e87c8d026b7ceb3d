/**
 * The connection of those who keep the platform: an administrator who works as `dmz_owner`. It reaches the register of
 * tenants and the reference data; tenants' rows are closed to it too, as long as it has not entered the tenant.
 */
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { explainConnectionError } from '../stack/index.ts';
import { translateDatabaseError } from './database-errors.ts';
import type { Queries } from './queries.ts';
import { END_WHEN_VANISHED } from './vanished-program.ts';

export type OwnerTx = Queries;

export interface OwnerOptions {
  /** Everything is undone at the end: for asking what the work would do. */
  readonly rehearsal?: boolean;
}

/**
 * Runs work in one transaction as the owner.
 *
 * @throws DATABASE_NOT_MIGRATED  when the roles or tables are not there yet
 */
export async function runAsOwner<Result>(
  adminUrl: string,
  work: (tx: OwnerTx) => Promise<Result>,
  options: OwnerOptions = {},
): Promise<Result> {
  const owner = await openAsOwner(adminUrl);
  try {
    return await owner.run(work, options);
  } finally {
    await owner.close();
  }
}

/** A connection that is kept, for who works as the owner again and again or holds a lock meanwhile. */
export interface OwnerConnection {
  /** The administrator's connection itself; between transactions it works as the administrator. */
  readonly client: pg.Client;
  /** Runs work in a transaction as the owner, also for what is no query of tables; what is asked for meanwhile waits. */
  run<Result>(
    work: (tx: OwnerTx, client: pg.Client) => Promise<Result>,
    options?: OwnerOptions,
  ): Promise<Result>;
  close(): Promise<void>;
}

/** @throws STACK_*  saying what keeps it from connecting */
export async function openAsOwner(adminUrl: string, applicationName?: string): Promise<OwnerConnection> {
  const client = await connectAsAdministrator(adminUrl, applicationName);
  let last: Promise<unknown> = Promise.resolve();
  return {
    client,
    run(work, options = {}) {
      const turn = last.then(() => runOn(client, work, options));
      last = turn.catch(() => {});
      return turn;
    },
    // Ends the transaction too, where it has not been committed.
    close: () => client.end(),
  };
}

async function runOn<Result>(
  client: pg.Client,
  work: (tx: OwnerTx, client: pg.Client) => Promise<Result>,
  { rehearsal = false }: OwnerOptions,
): Promise<Result> {
  try {
    await client.query('BEGIN; SET LOCAL ROLE dmz_owner');
    const result = await work(drizzle(client), client);
    await client.query(rehearsal ? 'ROLLBACK' : 'COMMIT');
    return result;
  } catch (error) {
    // A connection that was lost has no transaction any more.
    await client.query('ROLLBACK').catch(() => {});
    throw translateDatabaseError(error);
  }
}

/**
 * Runs work while nobody else runs work under the same lock on this database; whoever comes second waits.
 *
 * @param lock  key of a session-level advisory lock, which neither a killed program nor a vanished machine leaves behind
 */
export async function exclusively<Result>(
  adminUrl: string,
  lock: number,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = await connectAsAdministrator(adminUrl);
  try {
    await client.query(END_WHEN_VANISHED);
    await client.query('SELECT pg_advisory_lock($1)', [lock]);
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @throws STACK_*  saying what keeps it from connecting */
export async function connectAsAdministrator(
  adminUrl: string,
  applicationName = 'dmz-admin',
): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: applicationName });
  // A server that goes away between statements is reported by the statement that meets it.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw explainConnectionError(error, adminUrl);
  }
  return client;
}
