/**
 * Runs a command up to a chosen write in the database, and kills it there: a trigger holds the write up until the process
 * is gone. What the command had committed by then is all that it leaves.
 */
import { expect } from 'vitest';
import type { SqlClient } from './by-hand.ts';
import { ended, startDmz } from './run-dmz.ts';

const KEY = 0x5741_4954;

export interface StallPoint {
  /** As schema.table. */
  readonly table: string;
  readonly event: 'INSERT' | 'UPDATE' | 'DELETE';
  /** A condition on NEW or OLD; every row when undefined. */
  readonly when?: string;
}

/**
 * @param holder  an administrator's connection to the database of the write, used by nobody else meanwhile
 * @returns what the command had printed
 */
export async function killAt(
  holder: SqlClient,
  { table, event, when = 'true' }: StallPoint,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  await holder.query(`
    CREATE OR REPLACE FUNCTION public.stall() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock(${KEY}); RETURN coalesce(NEW, OLD); END $$;
    GRANT EXECUTE ON FUNCTION public.stall() TO PUBLIC;
    CREATE TRIGGER stall BEFORE ${event} ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION public.stall();`);
  await holder.query(`SELECT pg_advisory_lock(${KEY})`);
  try {
    const command = startDmz(args, environment);
    const end = ended(command);
    await expect
      .poll(() => Promise.race([isStalled(holder), end.then(({ err }) => err)]), {
        timeout: 60_000,
        interval: 25,
      })
      .toBe(true);
    command.kill('SIGKILL');
    return (await end).out;
  } finally {
    await holder.query(`SELECT pg_advisory_unlock(${KEY})`);
    await holder.query(`DROP TRIGGER stall ON ${table}; DROP FUNCTION public.stall()`);
  }
}

/** The server shows the locks of every database, and other tests stall commands at the same time. */
async function isStalled(holder: SqlClient): Promise<boolean> {
  const { rows } = await holder.query(
    `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [KEY],
  );
  return rows.length > 0;
}
