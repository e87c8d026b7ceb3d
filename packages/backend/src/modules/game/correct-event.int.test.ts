/** A correction: a new event and an entry in the audit log, together or not at all; what is derived follows behind. */
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { countGameRows } from '../../../test/harness/game-rows.ts';
import { startedSession } from '../../../test/harness/play.ts';
import { type CorrectionRequest, changesBetween, daySummaries, READ_MODELS, sessionState } from './index.ts';

const TENANT = 'consumers';
const HOUR_MS = 3_600_000;

describe('a correction', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let sessionId: string;
  let head: number;

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
  });
  beforeEach(async () => {
    ({ sessionId, lastSequence: head } = await startedSession(db.platform, TENANT));
  });

  const asked = (given: Partial<CorrectionRequest> = {}): CorrectionRequest => ({
    sessionId,
    actionId: uuidv7(),
    sequence: 2,
    reason: 'wrong_scoring',
    intelDelta: 3,
    ...given,
  });
  const correct = (given: Partial<CorrectionRequest> = {}, { game } = db.platform) =>
    game.correct(TENANT, asked(given));
  const act = (action: unknown, { game } = db.platform) =>
    game.act(TENANT, { sessionId, actionId: uuidv7(), action });
  const stateNow = () => db.platform.tenancy.run(TENANT, (tx) => sessionState(tx, sessionId));

  async function storedEvents() {
    const { rows } = await admin.query(
      'SELECT sequence::int, event_type, event_data, id FROM game.events WHERE session_id = $1 ORDER BY sequence',
      [sessionId],
    );
    return rows;
  }

  async function auditEntries() {
    const { rows } = await admin.query(
      `SELECT actor_kind, actor_id, details FROM admin.audit_log
       WHERE subject_id = $1 AND action = 'game.event.corrected'`,
      [sessionId],
    );
    return rows;
  }

  it('is a new event that refers to the wrong one, which stays as it was, and replays', async () => {
    const before = await storedEvents();
    const { firstSequence, lastSequence } = await correct({ trustDelta: -500 });
    expect([firstSequence, lastSequence]).toEqual([head + 1, head + 1]);
    const after = await storedEvents();
    expect(after.slice(0, -1)).toEqual(before);
    const { trust } = await db.platform.tenancy.run(TENANT, (tx) => sessionState(tx, sessionId, head));
    const written = { sequence: 2, reason: 'wrong_scoring', intelDelta: 3, creditsDelta: 0 };
    expect(after.at(-1)).toMatchObject({
      event_type: 'game.event.corrected',
      event_data: { ...written, trustDelta: -100 - trust },
    });
    const difference = await db.platform.tenancy.run(TENANT, (tx) =>
      changesBetween(tx, sessionId, head, head + 1),
    );
    expect(difference.changes.map(({ path }) => path)).toEqual(['sequence', 'trust', 'intel']);
    await db.platform.consumers.settle(TENANT);
    const report = await db.platform.game.replay(TENANT, sessionId);
    expect(report).toMatchObject({ events: head + 1, mismatches: [] });
  });

  it('is entered in the audit log with who did it, whom the event does not name', async () => {
    const actorId = uuidv7();
    await correct({ actorId: actorId.toUpperCase() });
    await correct({ intelDelta: 1 });
    const details = { sequence: 2, reason: 'wrong_scoring', intelDelta: 3, correctedBySequence: head + 1 };
    expect(await auditEntries()).toMatchObject([
      { actor_kind: 'person', actor_id: actorId, details },
      { actor_kind: 'operator', actor_id: null },
    ]);
    expect(JSON.stringify(await storedEvents())).not.toContain(actorId);
  });

  it('is not made when its entry in the audit log cannot be', async () => {
    const before = await countGameRows(admin);
    await admin.query('REVOKE INSERT ON admin.audit_log FROM dmz_app');
    try {
      await expect(correct()).rejects.toThrow();
    } finally {
      await admin.query('GRANT INSERT ON admin.audit_log TO dmz_app');
    }
    expect(await countGameRows(admin)).toEqual(before);
    expect((await correct()).lastSequence).toBe(head + 1);
  });

  it('is made once, however often it is sent, and at the same time', async () => {
    const same = asked();
    const send = () => db.platform.game.correct(TENANT, same);
    const first = await Promise.all([send(), send(), send()]);
    expect([...first, await send()]).toEqual(Array(4).fill(first[0]));
    expect(await storedEvents()).toHaveLength(head + 1);
    expect(await auditEntries()).toHaveLength(1);
    const reused = correct({ actionId: same.actionId, intelDelta: 4 });
    await expect(reused).rejects.toMatchObject({ code: 'GAME_ACTION_ID_REUSED' });
  });

  it('finds its place beside a player who goes on', async () => {
    const played = act({ type: 'acknowledge_day' });
    const corrected = await Promise.all([correct(), correct({ sequence: 1 }), played]);
    const firsts = corrected.map(({ firstSequence }) => firstSequence);
    expect(new Set(firsts).size).toBe(3);
    expect((await db.platform.game.replay(TENANT, sessionId)).mismatches).toEqual([]);
  });

  it.each<[string, Partial<CorrectionRequest>, string]>([
    ['an event beyond the last', { sequence: 99 }, 'GAME_CORRECTED_EVENT_UNKNOWN'],
    ['no event', { sequence: 0 }, 'GAME_ACTION_INVALID'],
    ['nothing', { intelDelta: 0 }, 'GAME_CORRECTION_EMPTY'],
    ['half a fragment of intel', { intelDelta: -0.5 }, 'GAME_ACTION_INVALID'],
    ['an unknown session', { sessionId: uuidv7() }, 'GAME_SESSION_UNKNOWN'],
    ['an event by somebody without an id', { actorId: 'root' }, 'GAME_ACTION_INVALID'],
  ])('of %s is refused, and nothing is written', async (_, given, code) => {
    const before = await countGameRows(admin);
    await expect(correct(given)).rejects.toMatchObject({ code });
    expect(await countGameRows(admin)).toEqual(before);
  });

  it('is nothing that a player can ask for', async () => {
    const { sequence, reason } = asked();
    const wish = act({ type: 'correct', sequence, reason, creditsDelta: 1_000 });
    await expect(wish).rejects.toMatchObject({ code: 'GAME_ACTION_INVALID' });
    expect(await storedEvents()).toHaveLength(head);
  });

  it('is in the reports of the days behind it', async () => {
    const { intel } = await stateNow();
    await correct();
    await playIdleDay();
    await db.platform.consumers.settle(TENANT);
    const [report] = await db.platform.tenancy.run(TENANT, (tx) => daySummaries(tx, sessionId));
    expect(report).toMatchObject({ day: 1, intel: intel + 3 });
  });

  it('of a session that is over leaves when and how it ended, also where all is read again', async () => {
    let now = Date.now();
    const platform = db.open({ clock: { now: () => new Date(now) }, poolSize: 2 });
    const { serverTime } = await act({ type: 'abandon' }, platform);
    now += 40 * 24 * HOUR_MS;
    await correct({}, platform);
    const ended = async () =>
      (await admin.query('SELECT status, day, ended_at FROM game.sessions WHERE id = $1', [sessionId]))
        .rows[0];
    const expected = { status: 'abandoned', day: 1, ended_at: serverTime };
    await platform.consumers.settle(TENANT);
    expect(await ended()).toEqual(expected);
    await platform.consumers.rebuild(TENANT, READ_MODELS, { sessionId });
    expect(await ended()).toEqual(expected);
    expect((await stateNow()).sequence).toBe(head + 2);
    expect((await platform.game.replay(TENANT, sessionId)).mismatches).toEqual([]);
  });

  /** Nobody looks at an e-mail, so nothing but the correction changes the intel. */
  async function playIdleDay(): Promise<void> {
    for (let state = await stateNow(); state.day === 1; state = await stateNow()) {
      const [incident] = state.incidents;
      if (incident)
        await act({ type: 'resolve_incident', incidentKey: incident.incidentKey, response: 'ignore' });
      else if (state.phase === 'day_start') await act({ type: 'acknowledge_day' });
      else await act({ type: state.phase === 'threats' ? 'process_threats' : 'advance_day' });
    }
  }
});
