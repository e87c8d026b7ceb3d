/** A worker of the consumers, as people run it, killed where it hurts most: nothing of its work is lost or done twice. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from './harness/by-hand.ts';
import { useDatabase } from './harness/database.ts';
import { type PlayedGame, playedGame } from './harness/play.ts';
import { dmzProgram } from './harness/run-dmz.ts';

const TENANT = 'consumers';
/** Any number that nothing else in the platform locks. */
const GATE = 4242;

describe('a worker that is killed with SIGKILL between its effect and its cursor', {
  timeout: 90_000,
}, () => {
  const db = useDatabase();
  const workers: ChildProcess[] = [];
  let admin: SqlClient;
  let game: PlayedGame;

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    // Effects are written before cursors are moved, so whoever waits at this gate is between the two.
    await admin.query(`
      CREATE FUNCTION public.wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock(${GATE}); RETURN NEW; END $$;
      CREATE TRIGGER wait_at_gate BEFORE UPDATE OF sequence ON analytics.projection_cursors
        FOR EACH ROW EXECUTE FUNCTION public.wait_at_gate()`);
    const unfollowed = db.open({ consumers: [] });
    game = await playedGame(unfollowed, TENANT, { seed: 12, days: 2 });
  }, 60_000);
  afterAll(() => {
    for (const worker of workers) worker.kill('SIGKILL');
  });

  function startWorker(): ChildProcess {
    const env = { ...process.env, ...db.environment };
    const worker = spawn(process.execPath, [dmzProgram, 'consumers', 'run'], { env, stdio: 'ignore' });
    workers.push(worker);
    return worker;
  }

  /** The server's process that waits at the gate, with what it has written to by then. */
  async function waitingAtGate() {
    const { rows } = await admin.query(
      `SELECT waiting.pid, activity.usename, (SELECT array_agg(DISTINCT written.relation::regclass::text)
         FROM pg_locks AS written WHERE written.pid = waiting.pid AND written.mode = 'RowExclusiveLock'
          AND written.relation IN ('game.emails'::regclass, 'economy.ledger_entries'::regclass)) AS written
       FROM pg_locks AS waiting JOIN pg_stat_activity AS activity USING (pid)
       WHERE waiting.locktype = 'advisory' AND NOT waiting.granted AND waiting.objid = ${GATE}`,
    );
    return rows[0];
  }

  async function followed() {
    const { sessionId } = game;
    const { rows } = await admin.query(
      `SELECT (SELECT count(*)::int FROM analytics.events WHERE session_id = $1) AS analysed,
         (SELECT count(DISTINCT source_id)::int FROM analytics.events WHERE session_id = $1) AS distinctly,
         (SELECT count(*)::int FROM game.emails WHERE session_id = $1) AS emails,
         (SELECT count(*)::int FROM economy.transactions WHERE session_id = $1) AS booked,
         (SELECT coalesce(sum(amount), 0)::int FROM economy.ledger_entries AS entry
          JOIN economy.transactions AS booked ON booked.id = entry.transaction_id
          JOIN economy.wallets AS wallet ON wallet.id = entry.wallet_id AND wallet.user_id IS NOT NULL
          WHERE booked.session_id = $1) AS paid,
         (SELECT coalesce(max(sequence), 0)::int FROM analytics.projection_cursors WHERE session_id = $1) AS reached`,
      [sessionId],
    );
    return rows[0];
  }

  const nothing = { analysed: 0, distinctly: 0, emails: 0, booked: 0, paid: 0, reached: 0 };

  it('leaves neither of the two', async () => {
    await admin.query('SELECT pg_advisory_lock($1)', [GATE]);
    const worker = startWorker();
    await expect.poll(waitingAtGate, { timeout: 60_000, interval: 50 }).toBeDefined();
    const { pid, usename, written } = await waitingAtGate();
    expect(usename).toBe('dmz_app');
    expect(written.sort()).toEqual(['economy.ledger_entries', 'game.emails']);

    worker.kill('SIGKILL');
    expect(await once(worker, 'exit')).toEqual([null, 'SIGKILL']);
    await admin.query('SELECT pg_advisory_unlock($1)', [GATE]);
    const gone = () => admin.query('SELECT FROM pg_stat_activity WHERE pid = $1', [pid]);
    await expect.poll(async () => (await gone()).rowCount, { timeout: 20_000 }).toBe(0);
    expect(await followed()).toEqual(nothing);
  });

  it('is followed by one that does both, once, and ends when it is told to', async () => {
    const worker = startWorker();
    const { sequence, credits } = game.state;
    await expect.poll(async () => (await followed()).reached, { timeout: 60_000 }).toBe(sequence);
    worker.kill('SIGTERM');
    expect(await once(worker, 'exit')).toEqual([0, null]);
    expect(await followed()).toMatchObject({ analysed: sequence, distinctly: sequence, paid: credits });

    const before = await followed();
    for (const { name } of db.platform.consumers.readers) await db.platform.consumers.rebuild(TENANT, name);
    expect(await followed()).toEqual(before);
  });
});
