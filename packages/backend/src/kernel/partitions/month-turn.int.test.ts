/**
 * A month ends while people play, and its successor has no partition: what they do is kept in the default one, the
 * month is made under their hands, and no move is lost, doubled or changed. No lock that a writer waits for outlasts a
 * tenth of a second: the server itself sees to that, so it does not depend on what else the machine is at.
 */
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { cuttingProxy } from '../../../test/harness/cutting-proxy.ts';
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
/** What a writer may have to wait for a lock, as promised. */
const LONGEST_WAIT_MS = 100;

describe('the turn of a month', () => {
  const db = useDatabase();
  let admin: pg.Client;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    await noteLocks(admin);
  });

  it('loses and delays nothing, though its partition is made only when rows are in the default one', async () => {
    await ensurePartitions(sharedPlace(db.adminUrl), { now: BEFORE, monthsAhead: 0 });
    let now = BEFORE;
    const platform = db.open({ clock: { now: () => now }, poolSize: PLAYERS });
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

    expect(report.made.map(({ log }) => log)).toContain('game.events');
    expect(report.moved.find(({ log }) => log === 'game.events')?.rows).toBeGreaterThanOrEqual(
      PLAYERS * EVENTS_WITHOUT_MONTH,
    );
    // They played on, before, through and after the change.
    expect(await count('game.events_y2051m04')).toBeGreaterThan(rowsAtAttach);
    expect(await count('game.events_default')).toBe(0);
    for (const game of games) await expectWhole(game);
    await expectShortLocks(report.made.length);
  });

  it('releases its locks at once, also when the program that makes the month is held up', async () => {
    const proxy = await cuttingProxy(sharedPlace(db.adminUrl).maintenanceUrl);
    try {
      const { letGo } = proxy.holdAnswersTo('dmz.attach_month');
      const place = { ...sharedPlace(db.adminUrl), maintenanceUrl: proxy.url };
      const options = { now: new Date('2052-07-15T00:00:00Z'), monthsAhead: 0 };
      const making = ensurePartitions(place, options);
      // A month that others see attached has been committed, and its locks are gone.
      const attached = () =>
        admin.query("SELECT FROM pg_inherits WHERE inhrelid::regclass::text ~ '_y2052m07$'");
      await expect.poll(async () => (await attached()).rowCount, { timeout: 20_000 }).toBe(1);
      expect(await locksThatBlock()).toEqual([]);
      letGo();
      expect((await making).made.length).toBeGreaterThan(2);
    } finally {
      await proxy.close();
    }
  });

  /** Of whoever holds one on a log, the writers aside. */
  async function locksThatBlock() {
    const { rows } = await admin.query(
      `SELECT mode, relation::regclass::text FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE granted AND mode = ANY ($1) AND datname = current_database() AND relation IN (SELECT partrelid FROM pg_partitioned_table)`,
      [BLOCKING],
    );
    return rows;
  }

  /** Each was taken by one statement that the server would have ended in time, wait and hold together. */
  async function expectShortLocks(attaches: number): Promise<void> {
    const { rows } = await admin.query('SELECT * FROM public.noted_locks');
    const noted = new Set(rows.map(({ statement }) => statement));
    expect(noted).toEqual(new Set(['SELECT dmz.attach_month($1, $2) AS result']));
    expect(rows.length).toBeGreaterThanOrEqual(attaches);
    for (const { statement_ms, lock_ms } of rows) {
      expect(statement_ms).toBeGreaterThan(lock_ms);
      expect(statement_ms).toBeLessThan(LONGEST_WAIT_MS);
      expect(lock_ms).toBeGreaterThan(0);
    }
  }

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

/** Modes that a writer, who locks in ROW EXCLUSIVE mode, waits for. */
const BLOCKING = ['ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'];

/** Has every statement that holds such a lock on a log, or on an attached partition, noted with the limits it runs under. */
async function noteLocks(client: pg.Client): Promise<void> {
  await client.query(`
    CREATE TABLE public.noted_locks (statement text, lock_ms int, statement_ms int);
    CREATE FUNCTION public.note_locks() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        INSERT INTO public.noted_locks
        SELECT current_query(), extract(epoch FROM current_setting('lock_timeout')::interval) * 1000,
          extract(epoch FROM current_setting('statement_timeout')::interval) * 1000
        WHERE EXISTS (SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND granted AND mode = ANY ('{${BLOCKING}}')
          AND relation IN (SELECT partrelid FROM pg_partitioned_table UNION ALL SELECT inhrelid FROM pg_inherits));
      END $$;
    CREATE EVENT TRIGGER note_locks ON ddl_command_end EXECUTE FUNCTION public.note_locks()`);
}
