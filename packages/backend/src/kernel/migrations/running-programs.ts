/**
 * The programs that run, in `public.running_programs` of the control database. Each reports the number of the last
 * migration that it knows; who has been silent for long is taken for dead, and is no reason to wait.
 */
import type pg from 'pg';

/** Missing four in a row is no hiccup any more. */
export const STALE_AFTER_SECONDS = 300;

export interface RunningProgram {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Number of the last migration that it knows. */
  readonly schemaNumber: number;
  /** Machine and process. */
  readonly host: string;
  readonly seenAt: Date;
  readonly stale: boolean;
}

/** @param client  works as the owner, or as an administrator; a database from before there were reports has none */
export async function listPrograms(client: pg.Client): Promise<RunningProgram[]> {
  const { rows: known } = await client.query(
    "SELECT to_regclass('public.running_programs') IS NOT NULL AS known",
  );
  if (!known[0].known) return [];
  const { rows } = await client.query<RunningProgram>(
    `SELECT id, name, program_version AS version, schema_number AS "schemaNumber", host, seen_at AS "seenAt",
       seen_at <= now() - make_interval(secs => $1) AS stale
     FROM public.running_programs ORDER BY name, host, id`,
    [STALE_AFTER_SECONDS],
  );
  return rows;
}

/** Forgets programs that are stale. One that was not dead after all reports itself again. @returns how many */
export async function dismissStale(client: pg.Client): Promise<number> {
  const { rowCount } = await client.query(
    'DELETE FROM public.running_programs WHERE seen_at <= now() - make_interval(secs => $1)',
    [STALE_AFTER_SECONDS],
  );
  return rowCount ?? 0;
}
