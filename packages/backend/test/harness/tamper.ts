/**
 * Changes what is append-only, as only somebody with the server in hand can: a superuser with triggers off. What a
 * session had stored is kept aside and put back, so that each test tampers with an honest session.
 */
import pg from 'pg';

const STORED = {
  events: 'session_id',
  actions: 'session_id',
  snapshots: 'session_id',
  session_heads: 'id',
  sessions: 'id',
};

export interface Tampering {
  /** Runs statements with triggers off and commits them. `$1` is the session. */
  change(...statements: string[]): Promise<void>;
  restore(): Promise<void>;
  /** The sequence of the middle one of the session's events of a type. */
  sequenceOf(eventType: string): Promise<number>;
}

export async function tamperWith(admin: pg.Client, sessionId: string): Promise<Tampering> {
  const copies = new Map<string, string>();
  for (const [table, key] of Object.entries(STORED)) {
    const { rows } = await admin.query(
      `SELECT coalesce(jsonb_agg(t), '[]')::text AS all_rows FROM game.${table} AS t WHERE ${key} = $1`,
      [sessionId],
    );
    copies.set(table, rows[0].all_rows);
  }
  const withoutTriggers = async (work: () => Promise<void>) => {
    await admin.query('BEGIN');
    await admin.query('SET LOCAL session_replication_role = replica');
    await work();
    await admin.query('COMMIT');
  };
  return {
    change: (...statements) =>
      withoutTriggers(async () => {
        for (const statement of statements) {
          const { rowCount } = await admin.query(statement.replaceAll('$1', pg.escapeLiteral(sessionId)));
          if (rowCount === 0) throw new Error(`Nothing was changed by: ${statement}`);
        }
      }),
    restore: () =>
      withoutTriggers(async () => {
        for (const [table, key] of Object.entries(STORED)) {
          await admin.query(`DELETE FROM game.${table} WHERE ${key} = $1`, [sessionId]);
          await admin.query(
            `INSERT INTO game.${table} SELECT * FROM jsonb_populate_recordset(NULL::game.${table}, $1)`,
            [copies.get(table)],
          );
        }
      }),
    async sequenceOf(eventType) {
      const { rows } = await admin.query(
        'SELECT sequence::int FROM game.events WHERE session_id = $1 AND event_type = $2 ORDER BY sequence',
        [sessionId, eventType],
      );
      return rows[Math.floor(rows.length / 2)].sequence;
    },
  };
}
