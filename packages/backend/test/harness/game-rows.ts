/** What a game has written, as a superuser sees it: for tests that say what must not have been written. */
import type pg from 'pg';

/** Rows of every table of the game's, and of the audit log, by table. */
export async function countGameRows(admin: pg.Client): Promise<Record<string, number>> {
  const { rows } = await admin.query(
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE (relnamespace = 'game'::regnamespace OR oid = 'admin.audit_log'::regclass)
       AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const counted = await admin.query(`SELECT count(*)::int AS n FROM ${name}`);
    counts[name] = counted.rows[0].n;
  }
  return counts;
}

export interface StreamRow {
  readonly sequence: number;
  readonly actionId: string;
  readonly partition: string;
}

export async function streamOf(admin: pg.Client, sessionId: string): Promise<StreamRow[]> {
  const { rows } = await admin.query(
    `SELECT sequence::int, action_id AS "actionId", tableoid::regclass::text AS partition
     FROM game.events WHERE session_id = $1 ORDER BY sequence`,
    [sessionId],
  );
  return rows;
}
