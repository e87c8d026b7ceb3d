/**
 * A machine that vanishes while it moves a tenant: the server notices by itself, soon, for every session of the move, so
 * that no lock outlives it. What the kernel does then is its own promise; here it is held to having been told.
 */
import type pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { asRunner } from '../../src/kernel/migrations/runner-lock.ts';
import { Attempt } from '../../src/kernel/mover/attempt.ts';
import { rollBackMove, runMove } from '../../src/kernel/mover/index.ts';
import { useDatabase } from '../harness/database.ts';
import { optionsFor, placeOf, plannedMove } from '../harness/mover.ts';
import { askedInSeconds, CAN_READ_TIMERS } from '../harness/tcp-timers.ts';

const TENANT = 'small-company';

describe('a machine that vanishes', { timeout: 120_000 }, () => {
  const db = useDatabase({ instances: { second: { from: 'empty' } } });
  const toSecond = () => plannedMove(db, TENANT, placeOf('instance', 'second'));
  const patienceWith = async (session: pg.Client) =>
    (await session.query('SHOW tcp_user_timeout')).rows[0].tcp_user_timeout;

  it('has fifteen seconds to answer, in each of a move’s sessions', async () => {
    const move = await toSecond();
    const attempt = await Attempt.take(optionsFor(db), move.id);
    try {
      const { control, source, target } = attempt;
      const sessions = [control.client, source.owner.client, target.owner.client];
      sessions.push(await source.connect({ replication: true }), await target.connect());
      for (const session of sessions) expect(await patienceWith(session)).toBe('15000');
    } finally {
      await attempt.close();
    }
    await rollBackMove(optionsFor(db), move.id);
  });

  it('has as long where it works alone: as who migrates, and makes and drops schemas', async () => {
    const patience = await asRunner(db.adminUrl, async ({ client, besides }) => [
      await patienceWith(client),
      await besides(patienceWith),
    ]);
    expect(patience).toEqual(['15000', '15000']);
  });

  it.runIf(CAN_READ_TIMERS)('is asked every five seconds whether it is still there', async () => {
    const admin = await db.connectAsAdmin();
    const names = [db.adminUrl, db.instance('second').adminUrl].map((url) => new URL(url).pathname.slice(1));
    const seen = new Set<string>();
    const expectAsked = async () => {
      const { rows } = await admin.query<{ kind: string; port: number }>(
        `SELECT backend_type AS kind, client_port AS port FROM pg_stat_activity
         WHERE application_name LIKE 'dmz-move %' AND datname = ANY ($1)`,
        [names],
      );
      const asked = askedInSeconds(Number(new URL(db.adminUrl).port));
      expect(
        rows.map(({ port }) => asked.get(port) ?? Number.POSITIVE_INFINITY).filter((s) => s > 5),
      ).toEqual([]);
      for (const { kind } of rows) seen.add(kind);
    };
    // What is on its way at that moment is waited for.
    const onStep = () => vi.waitFor(expectAsked, { timeout: 2_000, interval: 20 });
    expect(await runMove(optionsFor(db, { onStep }), (await toSecond()).id)).toMatchObject({
      step: 'completed',
    });
    expect([...seen].sort()).toEqual(['client backend', 'walsender']);
  });
});
