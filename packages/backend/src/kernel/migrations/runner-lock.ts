/**
 * One runner at a time a database. The lock belongs to one connection; the connections that work beside it hold another
 * one, shared, and who becomes the runner waits until nobody has that any more: a killed program's last statements run
 * on in the server for a while, and the next runner must not meet them.
 */
import type pg from 'pg';
import { connectAsAdministrator, END_WHEN_VANISHED } from '../db/index.ts';
import { migrationErrors } from './errors.ts';

/** Any constants will do that nothing else in the platform locks. */
export const RUNNER_LOCK = 0x646d7a01;
export const WORKERS_LOCK = 0x646d7a02;

export interface Runner {
  /** The connection that holds the lock. */
  readonly client: pg.Client;
  /** Gives work a connection of its own beside it, for as long as the lock is held. */
  besides<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result>;
}

/**
 * Runs work as the runner of a database; whoever comes second waits.
 *
 * @param onWait  called once when another runner is at work
 * @throws MIGRATION_RUNNER_LOST  when the lock was lost, for then another runner may be at work; STACK_*
 */
export async function asRunner<Result>(
  adminUrl: string,
  work: (runner: Runner) => Promise<Result>,
  onWait: () => void = () => {},
): Promise<Result> {
  const client = await connectAsAdministrator(adminUrl, 'dmz-migrate');
  const workers = new Set<pg.Client>();
  let lost = false;
  let done = false;
  client.once('end', () => {
    if (done) return;
    lost = true;
    for (const worker of workers) void worker.end().catch(() => {});
  });
  const besides: Runner['besides'] = async (work) => {
    const worker = await connectAsAdministrator(adminUrl, 'dmz-migrate');
    workers.add(worker);
    try {
      await worker.query(END_WHEN_VANISHED);
      await worker.query('SELECT pg_advisory_lock_shared($1)', [WORKERS_LOCK]);
      if (lost) throw migrationErrors.MIGRATION_RUNNER_LOST();
      return await work(worker);
    } finally {
      workers.delete(worker);
      await worker.end().catch(() => {});
    }
  };
  try {
    await client.query(END_WHEN_VANISHED);
    await becomeRunner(client, onWait);
    return await work({ client, besides });
  } catch (error) {
    throw lost ? migrationErrors.MIGRATION_RUNNER_LOST({ cause: error }) : error;
  } finally {
    done = true;
    await client.end().catch(() => {});
  }
}

async function becomeRunner(client: pg.Client, onWait: () => void): Promise<void> {
  let told = false;
  for (const lock of [RUNNER_LOCK, WORKERS_LOCK]) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS free', [lock]);
    if (rows[0].free) continue;
    if (!told) onWait();
    told = true;
    await client.query('SELECT pg_advisory_lock($1)', [lock]);
  }
  await client.query('SELECT pg_advisory_unlock($1)', [WORKERS_LOCK]);
}
