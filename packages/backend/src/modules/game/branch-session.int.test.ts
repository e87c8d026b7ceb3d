/** What-if copies of sessions: identical to their origin up to the branch, independent of it behind. */
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { countGameRows } from '../../../test/harness/game-rows.ts';
import { type PlayedGame, playedGame } from '../../../test/harness/play.ts';
import { startDmz } from '../../../test/harness/run-dmz.ts';
import { listSessions, sessionState } from './index.ts';

const TENANT = 'consumers';

describe('a branch of a session', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let origin: PlayedGame;

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    origin = await playedGame(db.platform, TENANT, { days: 6, skill: 'trained' });
    await db.platform.consumers.settle(TENANT);
  });

  const branchAt = async (at: number, sessionId = origin.sessionId) => {
    const branch = await db.platform.game.branch(TENANT, { sessionId, at, branchId: uuidv7() });
    return branch.sessionId;
  };
  /** The last sequence of the action in the middle of what was played. */
  const middle = () => origin.accepted[origin.accepted.length >> 1]!.lastSequence;
  const stateOf = (sessionId: string, at?: number) =>
    db.platform.tenancy.run(TENANT, (tx) => sessionState(tx, sessionId, at));
  const actionsBehind = async (sequence: number) => {
    const { rows } = await admin.query(
      'SELECT payload, events_sha256 FROM game.actions WHERE session_id = $1 AND first_sequence > $2 ORDER BY first_sequence',
      [origin.sessionId, sequence],
    );
    return rows as { payload: Record<string, unknown>; events_sha256: string }[];
  };

  it('stands where its origin stood, says where it comes from, and is replayed identically', async () => {
    const before = await db.platform.game.replay(TENANT, origin.sessionId);
    const id = await branchAt(middle());
    expect(await stateOf(id)).toEqual(await stateOf(origin.sessionId, middle()));
    expect(await stateOf(id, 60)).toEqual(await stateOf(origin.sessionId, 60));
    const report = await db.platform.game.replay(TENANT, id);
    expect(report).toMatchObject({ events: middle(), mismatches: [] });
    expect(report.snapshotsVerified).toBeGreaterThan(1);
    const [summary] = await db.platform.tenancy.run(TENANT, (tx) => listSessions(tx, { id }));
    expect(summary).toMatchObject({ branchedFromId: origin.sessionId, branchedAtSequence: middle() });
    expect(await db.platform.game.replay(TENANT, origin.sessionId)).toEqual(before);
  });

  it('leads to the same events by the same actions, and elsewhere by others', async () => {
    const id = await branchAt(middle());
    const actions = await actionsBehind(middle());
    expect(actions.length).toBeGreaterThan(20);
    for (const { payload, events_sha256 } of actions) {
      const accepted = await db.platform.game.act(TENANT, {
        sessionId: id,
        actionId: uuidv7(),
        action: payload,
      });
      expect(accepted.eventsSha256).toBe(events_sha256);
    }
    expect(await stateOf(id)).toEqual(await stateOf(origin.sessionId));
    const other = await branchAt(middle());
    await db.platform.game.act(TENANT, { sessionId: other, actionId: uuidv7(), action: { type: 'abandon' } });
    expect((await stateOf(other)).status).toBe('abandoned');
    expect((await stateOf(origin.sessionId)).status).toBe('completed');
    await db.platform.consumers.settle(TENANT);
    for (const each of [id, other])
      expect((await db.platform.game.replay(TENANT, each)).mismatches).toEqual([]);
  });

  it('counts for nothing: no report, no ledger, no board, no webhook, though it has read models', async () => {
    const count = async (schemas: string) => {
      const { rows } = await admin.query(
        `SELECT coalesce(sum((xpath('//n/text()', query_to_xml(format('SELECT count(*) AS n FROM %s', oid::regclass), true, false, '')))[1]::text::int), 0)::int AS n
         FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND (${schemas})`,
      );
      return rows[0].n as number;
    };
    const outside =
      "relnamespace IN ('economy'::regnamespace, 'social'::regnamespace, 'integration'::regnamespace) OR oid = 'analytics.events'::regclass";
    const readModels = "oid = 'game.day_summaries'::regclass";
    await db.platform.consumers.settle(TENANT);
    const before = { outside: await count(outside), readModels: await count(readModels) };
    expect(before.outside).toBeGreaterThan(0);
    await branchAt(origin.state.sequence);
    await db.platform.consumers.settle(TENANT);
    expect(await count(outside)).toBe(before.outside);
    expect(await count(readModels)).toBe(before.readModels + origin.state.day);
  });

  it('can itself be branched, and can be a copy of the whole', async () => {
    const first = await branchAt(origin.state.sequence);
    expect(await stateOf(first)).toEqual(origin.state);
    const second = await branchAt(middle(), first);
    expect(await stateOf(second)).toEqual(await stateOf(origin.sessionId, middle()));
    for (const each of [first, second])
      expect((await db.platform.game.replay(TENANT, each)).mismatches).toEqual([]);
  });

  it('is refused inside an action, naming where the action before it and the action itself end', async () => {
    const action = origin.accepted.find(
      ({ firstSequence, lastSequence }) => firstSequence > 1 && lastSequence > firstSequence,
    )!;
    const { firstSequence, lastSequence } = action;
    const rows = await countGameRows(admin);
    await expect(branchAt(firstSequence)).rejects.toMatchObject({
      code: 'GAME_BRANCH_INSIDE_ACTION',
      expected: `an action’s last sequence, such as ${firstSequence - 1} or ${lastSequence}`,
    });
    for (const at of [0, -1, 1.5, origin.state.sequence + 1, 2 ** 53])
      await expect(branchAt(at)).rejects.toMatchObject({ code: 'GAME_SEQUENCE_OUT_OF_RANGE' });
    await expect(branchAt(5, uuidv7())).rejects.toMatchObject({ code: 'GAME_SESSION_UNKNOWN' });
    const elsewhere = db.platform.game.branch('mid-company', {
      sessionId: origin.sessionId,
      at: middle(),
      branchId: uuidv7(),
    });
    await expect(elsewhere).rejects.toMatchObject({ code: 'GAME_SESSION_UNKNOWN' });
    expect(await countGameRows(admin)).toEqual(rows);
  });

  it('is the same one when it is asked for again', async () => {
    const request = { sessionId: origin.sessionId, at: middle(), branchId: uuidv7() };
    const branch = await db.platform.game.branch(TENANT, request);
    const rows = await countGameRows(admin);
    expect(await db.platform.game.branch(TENANT, request)).toEqual(branch);
    expect(await countGameRows(admin)).toEqual(rows);
  });

  it('is there whole or not at all when its program is killed half way', async () => {
    const rows = await countGameRows(admin);
    // Snapshots are copied behind the events, so a program that waits for them has written those.
    await admin.query('BEGIN; LOCK TABLE game.snapshots IN SHARE MODE');
    const program = startDmz(['session', 'branch', origin.sessionId, '--at', String(middle())], {
      DATABASE_URL: db.adminUrl,
    });
    const ended = new Promise((resolve) => program.once('close', resolve));
    const waiting = "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'game.snapshots'::regclass";
    while ((await admin.query(waiting)).rowCount === 0)
      await new Promise((resolve) => setTimeout(resolve, 50));
    program.kill('SIGKILL');
    await ended;
    await admin.query('COMMIT');
    const working = `SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND usename = 'dmz_app' AND xact_start IS NOT NULL`;
    while ((await admin.query(working)).rowCount !== 0)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await countGameRows(admin)).toEqual(rows);
    expect(await stateOf(await branchAt(middle()))).toEqual(await stateOf(origin.sessionId, middle()));
  });
});
