import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useDatabase } from '../../test/harness/database.ts';
import { startedSession } from '../../test/harness/play.ts';
import { simulate } from '../simulate/index.ts';
import { whileConsuming } from './while-consuming.ts';

const TENANT = 'small-company';

describe('a command that plays, with the consumers behind it', () => {
  const db = useDatabase();
  afterEach(() => vi.restoreAllMocks());

  it('ends when they have read what it has played, and says that they are behind with what others have', async () => {
    const { sessionId } = await startedSession(db.platform, TENANT);
    await db.platform.consumers.settle(TENANT);
    await db.platform.game.act(TENANT, { sessionId, actionId: uuidv7(), action: { type: 'pause' } });
    // As far behind as they can be: whoever holds these does not let go of them.
    const admin = await db.connectAsAdmin();
    await admin.query('BEGIN');
    await admin.query('SELECT FROM analytics.projection_cursors WHERE session_id = $1 FOR UPDATE', [
      sessionId,
    ]);

    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const played: string[] = [];
    const told: string[] = [];
    const report = await whileConsuming(
      db.platform,
      TENANT,
      (follow) =>
        simulate(db.platform, {
          ...{ tenant: TENANT, players: 3, seed: 1, days: 5, actions: 60 },
          onStarted: (id) => {
            played.push(id);
            follow(id);
          },
        }),
      (line) => told.push(line),
    );
    expect(report).toMatchObject({ actions: 60, failed: 0 });
    expect(played).toHaveLength(report.sessions);
    expect(told.at(-1)).toMatch(/^read models of earlier sessions follow/);
    expect(said).toEqual([expect.stringMatching(/^Read models of earlier sessions are behind/)]);
    const { rows } = await admin.query(
      `SELECT count(*)::int AS cursors, count(*) FILTER (WHERE c.sequence < h.sequence)::int AS behind
       FROM analytics.projection_cursors AS c JOIN game.session_heads AS h ON h.id = c.session_id
       WHERE h.id = ANY ($1)`,
      [played],
    );
    expect(rows[0]).toEqual({ cursors: played.length * db.platform.consumers.readers.length, behind: 0 });

    await admin.query('ROLLBACK');
    said.length = 0;
    await whileConsuming(db.platform, TENANT, async () => {});
    expect(said).toEqual([]);
    expect(await db.platform.consumers.settle(TENANT)).toBe(0);
  });
});
