/**
 * Migrations and moves exclude each other: what a move has copied fits the tables as they were. A move is under way longer
 * than any lock can be held, so it leaves a row in `public.move_ends`, while no runner is at work, and the runner heeds it.
 */
import type pg from 'pg';
import { migrationErrors } from './errors.ts';
import { RUNNER_LOCK, WORKERS_LOCK } from './runner-lock.ts';

/**
 * Runs work while no migration runs, and keeps any from beginning meanwhile.
 *
 * @returns false, without having run it, where one does
 */
export async function runUnlessMigrating(client: pg.Client, work: () => Promise<void>): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT pg_try_advisory_lock_shared($1) AS free, NOT EXISTS (
       SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = $2 AND objsubid = 1
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS quiet`,
    [RUNNER_LOCK, WORKERS_LOCK],
  );
  const { free, quiet } = rows[0];
  if (!free) return false;
  try {
    if (quiet) await work();
    return quiet;
  } finally {
    await client.query('SELECT pg_advisory_unlock_shared($1)', [RUNNER_LOCK]);
  }
}

/** @throws MIGRATION_TENANT_MOVING  naming the tenants that move to or from this database */
export async function refuseWhileMoving(client: pg.Client): Promise<void> {
  const { rows } = await client.query("SELECT to_regclass('public.move_ends') IS NOT NULL AS known");
  if (!rows[0].known) return;
  const ends = await client.query<{ slug: string }>(
    'SELECT DISTINCT tenant_slug AS slug FROM public.move_ends ORDER BY slug',
  );
  if (ends.rows.length > 0)
    throw migrationErrors.MIGRATION_TENANT_MOVING({ found: ends.rows.map(({ slug }) => slug).join(', ') });
}
