/** Appends that arrive together share a transaction, and each keeps its own outcome. */
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertSession, type SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { streamOf } from '../../../test/harness/game-rows.ts';
import { startedSession } from '../../../test/harness/play.ts';
import { type Append, eventId } from './append-events.ts';
import { GroupAppend } from './group-append.ts';

const SESSIONS = 12;
const paused = { type: 'game.session.paused', version: 1, data: { day: 1 } } as const;
const resumed = { type: 'game.session.resumed', version: 1, data: { day: 1 } } as const;

describe('appends of many sessions at once', () => {
  const db = useDatabase();
  let admin: SqlClient;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
  });

  async function appendsTo(count: number): Promise<Append[]> {
    const started = await Promise.all(
      Array.from({ length: count }, () => startedSession(db.platform, 'consumers')),
    );
    return started.map(({ sessionId, lastSequence }) => ({
      sessionId,
      actionId: uuidv7(),
      action: { type: 'pause' },
      events: [paused, resumed],
      expectedSequence: lastSequence,
      clientTime: null,
    }));
  }

  /** Transactions that wrote the given actions. */
  async function transactionsOf(appends: readonly Append[]): Promise<number> {
    const { rows } = await admin.query(
      'SELECT count(DISTINCT xmin::text)::int AS n FROM game.actions WHERE id = ANY ($1)',
      [appends.map(({ actionId }) => actionId)],
    );
    return rows[0].n;
  }

  const sendAll = (group: GroupAppend, appends: readonly Append[]) =>
    Promise.allSettled(appends.map((append) => group.append('consumers', append)));

  it('share few transactions, and each is answered with its own sequences and stored as answered', async () => {
    const group = new GroupAppend(db.platform.tenancy);
    const appends = await appendsTo(SESSIONS);
    const answers = await Promise.all(appends.map((append) => group.append('consumers', append)));
    expect(await transactionsOf(appends)).toBeLessThan(SESSIONS / 2);
    for (const [at, { sessionId, actionId, expectedSequence }] of appends.entries()) {
      expect(answers[at]).toMatchObject({
        sessionId,
        actionId,
        firstSequence: expectedSequence + 1,
        lastSequence: expectedSequence + 2,
      });
      const stream = await streamOf(admin, sessionId);
      expect(stream.slice(expectedSequence).map((row) => row.actionId)).toEqual([actionId, actionId]);
    }
  });

  it('fail one by one: a conflict, an unknown session and a reused id leave the others accepted', async () => {
    const group = new GroupAppend(db.platform.tenancy);
    const appends = await appendsTo(SESSIONS);
    const [conflicting, homeless, reusing, repeated] = appends as [Append, Append, Append, Append];
    const wrong: Append[] = [
      { ...conflicting, expectedSequence: conflicting.expectedSequence - 1 },
      { ...homeless, sessionId: uuidv7() },
      reusing,
      repeated,
      ...appends.slice(4),
    ];
    await sendAll(group, [{ ...reusing, action: { type: 'resume' } }, repeated]);
    const results = await sendAll(group, wrong);
    expect(results.slice(0, 3)).toMatchObject([
      { reason: { code: 'GAME_SEQUENCE_CONFLICT' } },
      { reason: { code: 'GAME_SESSION_UNKNOWN' } },
      { reason: { code: 'GAME_ACTION_ID_REUSED' } },
    ]);
    expect(results.slice(3).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await streamOf(admin, conflicting.sessionId)).toHaveLength(conflicting.expectedSequence);
    for (const { sessionId, expectedSequence } of appends.slice(2))
      expect(await streamOf(admin, sessionId)).toHaveLength(expectedSequence + 2);
  });

  it('are not refused for one among them that cannot even be written down', async () => {
    const group = new GroupAppend(db.platform.tenancy);
    const appends = await appendsTo(4);
    const results = await sendAll(group, [
      { ...appends[0]!, actionId: 'nothing' },
      { ...appends[1]!, clientTime: new Date(Number.NaN) },
      ...appends.slice(2),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
  });

  it('are known by their ids in upper case too, and are refused where an id is none', async () => {
    const [append] = (await appendsTo(1)) as [Append];
    const first = await db.platform.game.append('consumers', append);
    const shouted = {
      ...append,
      sessionId: append.sessionId.toUpperCase(),
      actionId: append.actionId.toUpperCase(),
    };
    expect(await db.platform.game.append('consumers', shouted)).toEqual(first);
    const wrong = [{ actionId: 'nothing' }, { sessionId: '' }, { expectedSequence: 1.5 }];
    for (const part of wrong) {
      await expect(db.platform.game.append('consumers', { ...append, ...part })).rejects.toMatchObject({
        code: 'GAME_ACTION_INVALID',
      });
    }
  });

  it('of one session follow one another: the first is accepted, the others meet its conflict', async () => {
    const group = new GroupAppend(db.platform.tenancy);
    const [append] = (await appendsTo(1)) as [Append];
    const rivals = Array.from({ length: 5 }, () => ({ ...append, actionId: uuidv7() }));
    const results = await sendAll(group, rivals);
    expect(results.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      ...Array.from({ length: 4 }, () => 'rejected'),
    ]);
    expect(await streamOf(admin, append.sessionId)).toHaveLength(append.expectedSequence + 2);
  });

  it('of one action id are one acceptance, also from two programs at once', async () => {
    const groups = [new GroupAppend(db.platform.tenancy), new GroupAppend(db.open({}).tenancy)];
    const [append] = (await appendsTo(1)) as [Append];
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, at) => groups[at % 2]!.append('consumers', append)),
    );
    for (const result of results) expect(result).toEqual(results[0]);
    expect(await streamOf(admin, append.sessionId)).toHaveLength(append.expectedSequence + 2);
  });

  it('of one action id and different payloads are never answered with each other’s result', async () => {
    const groups = [new GroupAppend(db.platform.tenancy), new GroupAppend(db.open({}).tenancy)];
    const [one, other] = (await appendsTo(2)) as [Append, Append];
    const rivals: Append[] = [
      one,
      { ...one, action: { type: 'resume' } },
      { ...other, actionId: one.actionId },
    ];
    const results = await Promise.allSettled(
      rivals.map((rival, at) => groups[at % 2]!.append('consumers', rival)),
    );
    const accepted = results.filter(({ status }) => status === 'fulfilled');
    expect(accepted).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'GAME_ACTION_ID_REUSED' });
    }
    const { rows } = await admin.query('SELECT session_id, action_type FROM game.actions WHERE id = $1', [
      one.actionId,
    ]);
    const winner = rivals[results.findIndex(({ status }) => status === 'fulfilled')]!;
    expect(rows).toEqual([{ session_id: winner.sessionId, action_type: winner.action.type }]);
  });

  it('are given ids by the database that follow from their action and place', async () => {
    const group = new GroupAppend(db.platform.tenancy);
    const [append] = (await appendsTo(1)) as [Append];
    const { serverTime } = await group.append('consumers', append);
    const { rows } = await admin.query(
      'SELECT id, server_time FROM game.events WHERE action_id = $1 ORDER BY sequence',
      [append.actionId],
    );
    expect(rows).toEqual(
      [0, 1].map((at) => ({ id: eventId(append.actionId, serverTime, at), server_time: serverTime })),
    );
  });
});

describe('an action that says how it expects the stream', () => {
  const db = useDatabase();

  it.each([
    ['the exact sequence', (head: number) => head, 'accepted'],
    ['one before it', (head: number) => head - 1, 'GAME_SEQUENCE_CONFLICT'],
    ['one after it', (head: number) => head + 1, 'GAME_SEQUENCE_CONFLICT'],
    ['zero', () => 0, 'GAME_SEQUENCE_CONFLICT'],
    ['an existing stream', () => 'existing' as const, 'accepted'],
    ['a new stream', () => 'new' as const, 'GAME_STREAM_UNEXPECTED'],
    ['a word that is none', () => 'any' as never, 'GAME_ACTION_INVALID'],
    ['half a sequence', () => 1.5, 'GAME_ACTION_INVALID'],
    ['a sequence that no number holds', () => 2 ** 53, 'GAME_ACTION_INVALID'],
  ])('as %s', async (_, expected, outcome) => {
    const { sessionId, lastSequence } = await startedSession(db.platform, 'consumers');
    const request = { sessionId, actionId: uuidv7(), action: { type: 'pause' } };
    const answer = await db.platform.game
      .act('consumers', { ...request, expectedSequence: expected(lastSequence) })
      .then(
        () => 'accepted',
        ({ code }) => code,
      );
    expect(answer).toBe(outcome);
  });

  it('as existing is refused where the session has no event, and as new accepted', async () => {
    const { sessionId } = await emptySession();
    const { game } = db.platform;
    const events = [paused];
    const append = { sessionId, action: { type: 'pause' } as const, events, clientTime: null };
    const existing = game.append('consumers', {
      ...append,
      actionId: uuidv7(),
      expectedSequence: 'existing',
    });
    await expect(existing).rejects.toMatchObject({ code: 'GAME_STREAM_UNEXPECTED', data: { actual: 0 } });
    const first = await game.append('consumers', { ...append, actionId: uuidv7(), expectedSequence: 'new' });
    expect(first).toMatchObject({ firstSequence: 1, lastSequence: 1 });
    const second = await game.append('consumers', {
      ...append,
      actionId: uuidv7(),
      expectedSequence: 'existing',
    });
    expect(second).toMatchObject({ firstSequence: 2, lastSequence: 2 });
    const again = game.append('consumers', { ...append, actionId: uuidv7(), expectedSequence: 'new' });
    await expect(again).rejects.toMatchObject({ code: 'GAME_STREAM_UNEXPECTED' });
  });

  async function emptySession(): Promise<{ sessionId: string }> {
    const app = await db.connectAsApp();
    const { id } = await db.platform.tenancy.locate('consumers');
    return { sessionId: await insertSession(app, id) };
  }
});
