/** The event store's first promise: a session is one contiguous stream, whoever writes to it and by whatever means. */

import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  insertEvents,
  insertSession,
  inTenant,
  mergeEvents,
  refusalOfSql,
  type SqlClient,
} from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { startedSession } from '../../../test/harness/play.ts';
import { enterTenant } from '../../kernel/isolation/enter-tenant.ts';
import { appendAll } from './append-events.ts';

const WRITERS = 200;
const paused = { type: 'game.session.paused', version: 1, data: { day: 1 } } as const;

describe('appending to a session', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let app: SqlClient;
  let tenantId: string;
  let sessionId: string;

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    app = await db.connectAsApp();
    tenantId = (await db.platform.tenancy.locate('consumers')).id;
  });
  beforeEach(async () => {
    sessionId = await insertSession(app, tenantId);
  });

  const append = (...numbers: number[]) =>
    inTenant(app, tenantId, () => insertEvents(app, tenantId, events(...numbers)));
  const events = (...numbers: number[]) => numbers.map((sequence) => ({ sessionId, sequence }));

  async function sequences(ofSession = sessionId): Promise<number[]> {
    const { rows } = await admin.query(
      'SELECT sequence::int FROM game.events WHERE session_id = $1 ORDER BY sequence',
      [ofSession],
    );
    return rows.map(({ sequence }) => sequence);
  }
  async function head(ofSession = sessionId): Promise<number> {
    const { rows } = await admin.query('SELECT sequence::int FROM game.session_heads WHERE id = $1', [
      ofSession,
    ]);
    return rows[0].sequence;
  }

  it('finds the head by its key among many that nobody has analysed', async () => {
    for (let others = 0; others < 100; others += 1) await insertSession(app, tenantId);
    const read = await inTenant(app, tenantId, async () => {
      await insertEvents(app, tenantId, events(1));
      const { rows } = await app.query(
        `SELECT pg_stat_get_xact_tuples_returned('game.session_heads'::regclass)::int AS in_scans,
           pg_stat_get_xact_tuples_returned('game.session_heads_pkey'::regclass)::int AS by_key`,
      );
      return rows[0];
    });
    expect(read).toEqual({ in_scans: 0, by_key: 1 });
  });

  it('lets one of two hundred writers win that expect the same sequence, and tells the others what is there', async () => {
    const started = await startedSession(db.platform, 'consumers');
    const platform = db.open({ poolSize: 100, retryMs: 0 });
    const { sessionId: inSession, lastSequence: expectedSequence } = started;
    const action = { type: 'pause' } as const;
    const request = { sessionId: inSession, expectedSequence, action, events: [paused], clientTime: null };
    const results = await Promise.allSettled(
      Array.from({ length: WRITERS }, () =>
        appendAll(platform.tenancy, 'consumers', [{ ...request, actionId: uuidv7() }]),
      ),
    );
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).toHaveLength(WRITERS - 1);
    for (const error of refused) {
      expect(error).toMatchObject({
        code: 'GAME_SEQUENCE_CONFLICT',
        retryable: true,
        data: { expected: started.lastSequence, actual: started.lastSequence + 1 },
      });
    }
    expect(await sequences(started.sessionId)).toEqual(
      Array.from({ length: started.lastSequence + 1 }, (_, at) => at + 1),
    );
  });

  it('lets one of two hundred plain INSERTs win, and gives the others ZD020 with what they expected and what is', async () => {
    const clients = await Promise.all(Array.from({ length: WRITERS }, () => db.connectAsApp()));
    await append(1, 2);
    const refusals = await Promise.all(
      clients.map((client) =>
        refusalOfSql(inTenant(client, tenantId, () => insertEvents(client, tenantId, events(3)))),
      ),
    );
    await Promise.all(clients.map((client) => client.end()));
    expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(1);
    for (const refusal of refusals.filter((each) => each !== undefined)) {
      expect(refusal).toMatchObject({ state: 'ZD020', detail: { sessionId, expected: 2, actual: 3 } });
    }
    expect(await sequences()).toEqual([1, 2, 3]);
    expect(await head()).toBe(3);
  });

  it.each([
    ['a gap', [4], 'ZD020'],
    ['a gap within the batch', [3, 5], 'ZD020'],
    ['a fork', [2], 'ZD020'],
    ['a fork from the very beginning', [1], 'ZD020'],
    ['a batch that overlaps', [2, 3, 4], 'ZD020'],
    ['sequence 0', [0], '23514'],
    ['a negative sequence', [-1, 0, 1, 2, 3], '23514'],
    ['a sequence beyond what a number holds exactly', [2 ** 53], 'ZD020'],
  ])('refuses %s, and writes nothing', async (_, numbers, state) => {
    await append(1, 2);
    expect(await refusalOfSql(append(...numbers))).toMatchObject({ state });
    expect(await sequences()).toEqual([1, 2]);
    expect(await head()).toBe(2);
  });

  it('refuses a sequence twice in one batch, whatever times the two carry', async () => {
    const twice = ['2090-01-01T00:00:00Z', '2090-01-02T00:00:00Z'].map((serverTime) => ({
      sessionId,
      sequence: 1,
      serverTime,
    }));
    const refusal = refusalOfSql(inTenant(app, tenantId, () => insertEvents(app, tenantId, twice)));
    expect(await refusal).toMatchObject({ state: 'ZD020', detail: { events: 2, first: 1, last: 1 } });
    expect(await sequences()).toEqual([]);
  });

  it('takes a batch in any order, and a long one', async () => {
    await append(3, 1, 2);
    await append(...Array.from({ length: 5_000 }, (_, at) => 5_003 - at));
    expect(await head()).toBe(5_003);
    expect(await sequences()).toHaveLength(5_003);
  });

  it('refuses a statement for several sessions as a whole, when one of them is wrong', async () => {
    const other = await insertSession(app, tenantId);
    const together = (sequence: number) =>
      inTenant(app, tenantId, () =>
        insertEvents(app, tenantId, [...events(1, 2), { sessionId: other, sequence }]),
      );
    expect(await refusalOfSql(together(2))).toMatchObject({
      state: 'ZD020',
      detail: { sessionId: other, expected: 1, actual: 0 },
    });
    expect([await sequences(), await sequences(other)]).toEqual([[], []]);
    await together(1);
    expect([await head(), await head(other)]).toEqual([2, 1]);
  });

  it('lets an INSERT of no rows pass', async () => {
    expect((await append()).rowCount).toBe(0);
    expect(await head()).toBe(0);
  });

  it('holds MERGE to the same', async () => {
    const merge = (...numbers: number[]) =>
      inTenant(app, tenantId, () => mergeEvents(app, tenantId, events(...numbers)));
    await merge(1, 2);
    expect(await refusalOfSql(merge(2))).toMatchObject({ state: 'ZD020' });
    expect(await refusalOfSql(merge(4))).toMatchObject({ state: 'ZD020' });
    await merge(3);
    expect(await sequences()).toEqual([1, 2, 3]);
  });

  it('holds a superuser, the owner and COPY to the same', async () => {
    const owner = await db.connectAsOwner();
    await inTenant(owner, tenantId, () => insertEvents(owner, tenantId, events(1)));
    for (const client of [owner, admin]) {
      const again = inTenant(client, tenantId, () => insertEvents(client, tenantId, events(1)));
      expect(await refusalOfSql(again)).toMatchObject({ state: 'ZD020' });
    }
    const copied = inTenant(app, tenantId, () => app.query('COPY game.events FROM STDIN'));
    expect(await refusalOfSql(copied)).toMatchObject({ state: '0A000' });
    expect(await sequences()).toEqual([1]);
  });

  it('knows neither a session that does not exist nor one of another tenant', async () => {
    const foreignTenant = (await db.platform.tenancy.locate('small-company')).id;
    const foreign = await insertSession(app, foreignTenant);
    for (const unknown of [uuidv7(), foreign]) {
      const refusal = refusalOfSql(
        inTenant(app, tenantId, () => insertEvents(app, tenantId, [{ sessionId: unknown, sequence: 1 }])),
      );
      expect(await refusal).toEqual({ state: 'ZD021', detail: { sessionId: unknown } });
    }
    expect(await sequences(foreign)).toEqual([]);
    expect(await head(foreign)).toBe(0);
  });

  it('takes two appends in one transaction, and forgets what a savepoint or the transaction rolled back', async () => {
    await inTenant(app, tenantId, async () => {
      await insertEvents(app, tenantId, events(1));
      await app.query('SAVEPOINT here');
      await insertEvents(app, tenantId, events(2, 3));
      await app.query('ROLLBACK TO SAVEPOINT here');
      await insertEvents(app, tenantId, events(2));
    });
    expect([await sequences(), await head()]).toEqual([[1, 2], 2]);

    const abandoned = inTenant(app, tenantId, async () => {
      await insertEvents(app, tenantId, events(3));
      throw new RangeError('changed its mind');
    });
    await expect(abandoned).rejects.toThrow(RangeError);
    expect([await sequences(), await head()]).toEqual([[1, 2], 2]);
    await append(3);
    expect([await sequences(), await head()]).toEqual([[1, 2, 3], 3]);
  });

  it('makes a writer wait for one that has not ended, and lets it win when that one rolls back', async () => {
    const second = await db.connectAsApp();
    await app.query('BEGIN');
    await enterTenant(app, tenantId);
    await insertEvents(app, tenantId, events(1));
    const waiting = inTenant(second, tenantId, () => insertEvents(second, tenantId, events(1)));
    await app.query('ROLLBACK');
    expect((await waiting).rowCount).toBe(1);
    expect(await sequences()).toEqual([1]);
  });

  it('gives two writers of the very same time the conflict, not a duplicate key', async () => {
    const serverTime = new Date().toISOString();
    const write = () =>
      inTenant(app, tenantId, () => insertEvents(app, tenantId, [{ sessionId, sequence: 1, serverTime }]));
    await write();
    expect(await refusalOfSql(write())).toMatchObject({ state: 'ZD020', detail: { expected: 0, actual: 1 } });
  });

  it('refuses an event that is dated before its session, where no reader would look for it', async () => {
    const old = { sessionId, sequence: 1, serverTime: '2020-01-01T00:00:00Z' };
    const write = inTenant(app, tenantId, () => insertEvents(app, tenantId, [old]));
    expect(await refusalOfSql(write)).toMatchObject({ state: 'ZD022' });
    expect([await sequences(), await head()]).toEqual([[], 0]);
  });
});
