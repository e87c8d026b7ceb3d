/**
 * A month ends while people play, and its successor has no partition: what they do is kept in the default one, the
 * month is made under their hands, and no move is lost, doubled, changed or noticeably delayed.
 */
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { type PlayedGame, playedGame } from '../../../test/harness/play.ts';
import { ensurePartitions, sharedPlace } from './index.ts';

const PLAYERS = 4;
const BEFORE = new Date('2051-03-31T23:59:58.000Z');
const AFTER = new Date('2051-04-01T00:00:00.000Z');
/** Of each game: before the month ends, then until its successor is made; the rest is played into that one. */
const EVENTS_BEFORE_TURN = 50;
const EVENTS_WITHOUT_MONTH = 30;
const EVENTS = 160;
/** As promised; what the machine's other work adds comes on top. */
const LONGEST_WAIT_MS = 100;
const NOISE_MS = 150;

describe('the turn of a month', () => {
  const db = useDatabase();
  let admin: pg.Client;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
  });

  it('loses and delays nothing, though its partition is made only when rows are in the default one', async () => {
    await ensurePartitions(sharedPlace(db.adminUrl), { now: BEFORE, monthsAhead: 0 });
    let now = BEFORE;
    const platform = db.open({ clock: { now: () => now }, poolSize: PLAYERS });
    const watch = await watchWaits(await db.connectAsAdmin());
    const playing = Promise.all(
      Array.from({ length: PLAYERS }, (_, seed) =>
        playedGame(platform, 'consumers', { seed, events: EVENTS }),
      ),
    );
    const reached = (table: string, rows: number) => Promise.race([rowsIn(table, rows), playing]);
    await reached('game.events_y2051m03', PLAYERS * EVENTS_BEFORE_TURN);
    now = AFTER;
    await reached('game.events_default', PLAYERS * EVENTS_WITHOUT_MONTH);
    const report = await ensurePartitions(sharedPlace(db.adminUrl), { now, monthsAhead: 0 });
    const rowsAtAttach = await count('game.events_y2051m04');
    const games = await playing;
    const waits = await watch.stop();

    expect(report.made.map(({ log }) => log)).toContain('game.events');
    expect(report.moved.find(({ log }) => log === 'game.events')?.rows).toBeGreaterThanOrEqual(
      PLAYERS * EVENTS_WITHOUT_MONTH,
    );
    // They played on, before, through and after the change.
    expect(await count('game.events_y2051m04')).toBeGreaterThan(rowsAtAttach);
    expect(await count('game.events_default')).toBe(0);
    for (const game of games) await expectWhole(game);
    expect(Math.max(0, ...waits)).toBeLessThan(LONGEST_WAIT_MS + NOISE_MS);
  });

  /** The stream is what was acknowledged, in both months, without a gap; and it replays. */
  async function expectWhole({ sessionId, state, accepted }: PlayedGame): Promise<void> {
    const { rows } = await admin.query(
      'SELECT sequence::int, tableoid::regclass::text AS part FROM game.events WHERE session_id = $1 ORDER BY sequence',
      [sessionId],
    );
    expect(rows.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: state.sequence }, (_, at) => at + 1),
    );
    expect(new Set(rows.map(({ part }) => part))).toEqual(
      new Set(['game.events_y2051m03', 'game.events_y2051m04']),
    );
    expect(accepted.at(-1)?.lastSequence).toBe(state.sequence);
    expect(await db.platform.game.replay('consumers', sessionId)).toMatchObject({
      events: state.sequence,
      mismatches: [],
    });
  }

  async function count(table: string): Promise<number> {
    const { rows } = await admin.query(`SELECT count(*)::int AS n FROM ${table}`);
    return rows[0].n;
  }

  async function rowsIn(table: string, wanted: number): Promise<void> {
    while ((await count(table)) < wanted) await new Promise((resolve) => setTimeout(resolve, 10));
  }
});

/** How long players waited for locks of tables, as PostgreSQL itself tells: it knows when each wait began. */
async function watchWaits(client: pg.Client) {
  const waits: number[] = [];
  let over = false;
  const watching = (async () => {
    while (!over) {
      const { rows } = await client.query(
        `SELECT extract(epoch FROM clock_timestamp() - waitstart)::float8 * 1000 AS ms
         FROM pg_locks JOIN pg_stat_activity USING (pid)
         WHERE NOT granted AND locktype = 'relation' AND usename = 'dmz_app' AND datname = current_database()`,
      );
      waits.push(...rows.map(({ ms }) => ms));
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  })();
  return {
    async stop() {
      over = true;
      await watching;
      return waits;
    },
  };
}
