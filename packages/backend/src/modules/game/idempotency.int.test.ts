/** The second promise: an action is accepted once. Sent again, whenever and by however many, it answers the same. */

import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { countGameRows, streamOf } from '../../../test/harness/game-rows.ts';
import { somePlayer, startedSession } from '../../../test/harness/play.ts';
import { listPlayers } from '../auth/index.ts';
import type { AcceptedAction } from './index.ts';

const CALLERS = 50;
const acknowledge = { type: 'acknowledge_day' };

describe('an action that is sent again', () => {
  const db = useDatabase();
  let admin: SqlClient;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
  });

  it('answers the same and writes nothing', async () => {
    const { sessionId } = await startedSession(db.platform, 'consumers');
    const request = { sessionId, actionId: uuidv7(), action: acknowledge, clientTime: new Date() };
    const first = await db.platform.game.act('consumers', request);
    const written = await countGameRows(admin);
    const later = { ...request, clientTime: new Date(), expectedSequence: 1 };
    expect(await db.platform.game.act('consumers', request)).toEqual(first);
    expect(await db.platform.game.act('consumers', later)).toEqual(first);
    expect(await countGameRows(admin)).toEqual(written);
  });

  it('answers the same to fifty callers at once, and writes once', async () => {
    const { sessionId, lastSequence } = await startedSession(db.platform, 'consumers');
    const actionId = uuidv7();
    const platforms = [db.open({ poolSize: CALLERS / 2 }), db.open({ poolSize: CALLERS / 2 })];
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, (_, at) =>
        platforms[at % 2]!.game.act('consumers', { sessionId, actionId, action: acknowledge }),
      ),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const stream = await streamOf(admin, sessionId);
    expect(stream).toHaveLength(answers[0]!.lastSequence);
    expect(new Set(stream.slice(lastSequence).map((row) => row.actionId))).toEqual(new Set([actionId]));
    expect((await db.platform.game.replay('consumers', sessionId)).mismatches).toEqual([]);
  });

  it('answers the same whether its ids are written in upper or lower case', async () => {
    const { sessionId } = await startedSession(db.platform, 'consumers');
    const request = { sessionId, actionId: uuidv7(), action: acknowledge };
    const first = await db.platform.game.act('consumers', request);
    const shouted = {
      ...request,
      sessionId: sessionId.toUpperCase(),
      actionId: request.actionId.toUpperCase(),
    };
    expect(await db.platform.game.act('consumers', shouted)).toEqual(first);
  });

  it('answers the same to fifty callers who all insist on the sequence that they saw', async () => {
    const { sessionId, lastSequence } = await startedSession(db.platform, 'consumers');
    const request = { sessionId, actionId: uuidv7(), action: acknowledge, expectedSequence: lastSequence };
    const platform = db.open({ poolSize: CALLERS / 2 });
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, () => platform.game.act('consumers', request)),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('is refused when it starts a game for somebody else', async () => {
    const [first, second] = await db.platform.tenancy.run('consumers', (tx) => listPlayers(tx, 2));
    const request = { actionId: uuidv7(), seed: 1, days: 10 };
    await db.platform.game.start('consumers', { ...request, playerId: first!.id });
    const repeated = db.platform.game.start('consumers', { ...request, playerId: second!.id });
    await expect(repeated).rejects.toMatchObject({ code: 'GAME_ACTION_ID_REUSED' });
  });

  it('starts one session for fifty callers at once', async () => {
    const before = await countGameRows(admin);
    const playerId = await somePlayer(db.platform, 'consumers');
    const platform = db.open({ poolSize: CALLERS });
    const request = { actionId: uuidv7(), playerId, seed: 11, days: 10 };
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, () => platform.game.start('consumers', request)),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const after = await countGameRows(admin);
    expect(after['game.sessions']! - before['game.sessions']!).toBe(1);
    expect(after['game.actions']! - before['game.actions']!).toBe(1);
    expect(after['admin.audit_log']! - before['admin.audit_log']!).toBe(1);
    expect(await db.platform.game.start('consumers', request)).toEqual(answers[0]);
    expect(await countGameRows(admin)).toEqual(after);
  });

  it.each([
    [
      'a partition of its own',
      ['2029-03-31T23:59:59.998Z', '2029-04-01T00:00:00.001Z'],
      ['2029-03-01', '2029-04-01'],
    ],
    ['the default partition', ['2031-07-31T23:59:59.998Z', '2031-08-01T00:00:00.001Z'], ['2031-07-01']],
  ])('answers the same after the end of a month, into %s', async (_, times, months) => {
    const owner = await db.connectAsOwner();
    for (const month of months) await owner.query("SELECT dmz.ensure_partition('game.events', $1)", [month]);
    let now = new Date(times[0]!);
    const platform = db.open({ clock: { now: () => now } });
    const started = await startedSession(platform, 'consumers');
    const { sessionId } = started;
    const request = { sessionId, actionId: uuidv7(), action: acknowledge };
    const first = await platform.game.act('consumers', request);
    now = new Date(times[1]!);
    const written = await countGameRows(admin);
    expect(await platform.game.act('consumers', request)).toEqual(first);
    expect(await countGameRows(admin)).toEqual(written);
    // The session goes on in the new month, and is read and replayed across it.
    await platform.game.act('consumers', { sessionId, actionId: uuidv7(), action: { type: 'pause' } });
    const stream = await streamOf(admin, sessionId);
    expect(new Set(stream.map(({ partition }) => partition)).size).toBe(2);
    expect(stream.map(({ sequence }) => sequence)).toEqual(stream.map((_, at) => at + 1));
    expect(await platform.game.replay('consumers', sessionId)).toMatchObject({
      events: stream.length,
      mismatches: [],
    });
  });

  it('is refused when its id stands for something else: another content, another session, another kind', async () => {
    const { game } = db.platform;
    const [one, two] = [
      await startedSession(db.platform, 'consumers'),
      await startedSession(db.platform, 'consumers'),
    ];
    const actionId = uuidv7();
    await game.act('consumers', { sessionId: one.sessionId, actionId, action: acknowledge });
    const written = await countGameRows(admin);
    const playerId = await somePlayer(db.platform, 'consumers');
    const reuses: (() => Promise<AcceptedAction>)[] = [
      () => game.act('consumers', { sessionId: one.sessionId, actionId, action: { type: 'pause' } }),
      () => game.act('consumers', { sessionId: two.sessionId, actionId, action: acknowledge }),
      () => game.act('consumers', { sessionId: one.sessionId, actionId: one.actionId, action: acknowledge }),
      () => game.start('consumers', { actionId, playerId, seed: 7, days: 10 }),
      () => game.start('consumers', { actionId: one.actionId, playerId, seed: 8, days: 10 }),
    ];
    for (const reuse of reuses) {
      await expect(reuse()).rejects.toMatchObject({ code: 'GAME_ACTION_ID_REUSED', retryable: false });
    }
    expect(await countGameRows(admin)).toEqual(written);
  });

  it('may have the id of another tenant’s action', async () => {
    const actionId = uuidv7();
    const [one, two] = [
      await startedSession(db.platform, 'consumers'),
      await startedSession(db.platform, 'small-company'),
    ];
    const first = await db.platform.game.act('consumers', { ...one, actionId, action: acknowledge });
    const second = await db.platform.game.act('small-company', { ...two, actionId, action: acknowledge });
    expect(second).toMatchObject({ sessionId: two.sessionId, actionId });
    expect(first.sessionId).toBe(one.sessionId);
  });
});

describe('an action that is refused', () => {
  const db = useDatabase();

  it('writes nothing at all, whatever it is refused for', async () => {
    const admin = await db.connectAsAdmin();
    const { sessionId, lastSequence } = await startedSession(db.platform, 'consumers');
    const foreign = await startedSession(db.platform, 'small-company');
    const written = await countGameRows(admin);
    const refused = async (action: unknown, more: object = {}) => {
      const request = { sessionId, actionId: uuidv7(), action, ...more };
      const error = await db.platform.game.act('consumers', request).catch(({ code }) => code);
      expect(await countGameRows(admin)).toEqual(written);
      return error;
    };
    expect(await refused({ type: 'fly' })).toBe('GAME_ACTION_INVALID');
    expect(await refused(null)).toBe('GAME_ACTION_INVALID');
    expect(await refused({ ...acknowledge, note: 'free text' })).toBe('GAME_ACTION_INVALID');
    expect(await refused({ type: 'process_threats' })).toMatch(/^GAME_/);
    expect(await refused(acknowledge, { sessionId: uuidv7() })).toBe('GAME_SESSION_UNKNOWN');
    expect(await refused(acknowledge, { sessionId: foreign.sessionId })).toBe('GAME_SESSION_UNKNOWN');
    expect(await refused(acknowledge, { expectedSequence: lastSequence - 1 })).toBe('GAME_SEQUENCE_CONFLICT');
    expect(await refused(acknowledge, { expectedSequence: lastSequence + 1 })).toBe('GAME_SEQUENCE_CONFLICT');
    const start = { actionId: uuidv7(), playerId: uuidv7(), seed: 1, days: 10 };
    const unknown = db.platform.game.start('consumers', start);
    await expect(unknown).rejects.toMatchObject({ code: 'GAME_PLAYER_UNKNOWN' });
    expect(await countGameRows(admin)).toEqual(written);
  });
});
