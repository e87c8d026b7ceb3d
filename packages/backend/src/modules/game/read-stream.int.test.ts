/** Reading a stream in every direction, and looking into the months of the session's life alone. */
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { inTenant, type SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { playedGame, startedSession } from '../../../test/harness/play.ts';
import {
  eventsPage,
  examineClaims,
  listSessions,
  type StoredEvent,
  sessionEvents,
  sessionState,
} from './index.ts';
import type { StreamQuery } from './read-stream.ts';

const TENANT = 'consumers';

describe('reading a stream', () => {
  const db = useDatabase();
  let sessionId: string;
  let all: StoredEvent[];

  const read = (query: StreamQuery = {}) =>
    db.platform.tenancy.run(TENANT, async (tx) => {
      const events = [];
      for await (const event of sessionEvents(tx, sessionId, query)) events.push(event);
      return events;
    });

  beforeAll(async () => {
    ({ sessionId } = await playedGame(db.platform, TENANT, { days: 4, skill: 'trained' }));
    all = await read();
  });

  it('goes forwards from a sequence and backwards to it, as far as it was asked', async () => {
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, at) => at + 1));
    expect(await read({ from: 10, to: 20 })).toEqual(all.slice(9, 20));
    expect(await read({ from: 10, to: 20, backwards: true })).toEqual(all.slice(9, 20).reverse());
    expect(await read({ backwards: true, limit: 3 })).toEqual(all.slice(-3).reverse());
    expect(await read({ from: all.length + 1 })).toEqual([]);
    expect(await read({ to: all.length + 1_000 })).toEqual(all);
  });

  it('keeps to the types it was asked for, in both directions, and counts only them against its limit', async () => {
    const types = ['game.day.ended', 'game.email.decided'];
    const wanted = all.filter(({ type }) => types.includes(type));
    expect(wanted.length).toBeGreaterThan(8);
    expect(await read({ types })).toEqual(wanted);
    expect(await read({ types, backwards: true, limit: 5 })).toEqual(wanted.slice(-5).reverse());
    expect(await read({ types: ['game.session.abandoned'] })).toEqual([]);
  });

  it.each([false, true])(
    'hands out pages that join without a gap or a repetition; backwards: %s',
    async (backwards) => {
      const joined: StoredEvent[] = [];
      let place: number | null = backwards ? all.length : 1;
      while (place !== null) {
        const query: StreamQuery = backwards ? { to: place, backwards } : { from: place };
        const { events, next } = await db.platform.tenancy.run(TENANT, (tx) =>
          eventsPage(tx, sessionId, { ...query, limit: 37 }),
        );
        expect(events.length).toBe(next === null ? all.length % 37 || 37 : 37);
        joined.push(...events);
        place = next;
      }
      expect(joined).toEqual(backwards ? all.toReversed() : all);
    },
  );
});

interface Sent {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Collects what the platform sends to PostgreSQL about events, as it is sent. */
async function statementsOn(table: string, work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const query = pg.Client.prototype.query;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const config = args[0] as { text?: string; values?: unknown[] };
    if (config.text?.startsWith('select') && config.text.includes(table))
      sent.push({ text: config.text, values: (config.values ?? args[1]) as unknown[] });
    return (query as (...all: unknown[]) => unknown).apply(this, args);
  } as never);
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return sent;
}

interface Plan {
  readonly 'Relation Name'?: string;
  readonly 'Subplans Removed'?: number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

describe('the months that a reader looks into', () => {
  const db = useDatabase();
  let now = new Date('2026-03-20T12:00:00Z');
  const clock = { now: () => now };
  let app: SqlClient;
  let tenantId: string;
  let sessionId: string;

  beforeAll(async () => {
    app = await db.connectAsApp();
    const owner = await db.connectAsOwner();
    for (let month = 1; month <= 10; month += 1)
      await owner.query("SELECT dmz.ensure_partition('game.events', make_date(2026, $1, 1))", [month]);
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
    const platform = db.open({ clock });
    ({ sessionId } = await startedSession(platform, TENANT));
    for (const [time, type] of [
      ['2026-03-21T12:00:00Z', 'acknowledge_day'],
      ['2026-04-20T12:00:00Z', 'pause'],
    ] as const) {
      now = new Date(time);
      await platform.game.act(TENANT, { sessionId, actionId: uuidv7(), action: { type } });
    }
  });

  const partitionsIn = (plan: Plan) => [
    ...new Set(
      nodesOf(plan).flatMap((node) => {
        const name = node['Relation Name'];
        return name?.startsWith('events') ? [name] : [];
      }),
    ),
  ];

  const explain = (statement: string, values: readonly unknown[] = []) =>
    inTenant(app, tenantId, async () => {
      const { rows } = await app.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`, [...values]);
      return rows[0]['QUERY PLAN'][0].Plan as Plan;
    });

  async function reading(): Promise<Sent[]> {
    const reader = db.open({ clock });
    return statementsOn('"game"."events"', () =>
      reader.tenancy.run(TENANT, async (tx) => {
        expect((await sessionState(tx, sessionId)).sequence).toBeGreaterThan(5);
        await sessionState(tx, sessionId, 3);
        await sessionState(tx, sessionId, new Date('2026-04-01T00:00:00Z'));
        for await (const _ of sessionEvents(tx, sessionId)) break;
        for await (const _ of sessionEvents(tx, sessionId, { types: ['game.day.started'] })) break;
        const claim = { actionId: uuidv7(), firstSequence: 1, lastSequence: 1, eventsSha256: '' };
        expect((await examineClaims(tx, sessionId, [claim]))[0]?.problem?.kind).toBe('missing');
      }),
    );
  }

  it('are those of the session’s life, of a running session and of one that has ended, whatever it reads', async () => {
    const platform = db.open({ clock });
    for (const ended of [false, true]) {
      if (ended)
        await platform.game.act(TENANT, { sessionId, actionId: uuidv7(), action: { type: 'abandon' } });
      // The session's own row says that it has ended as soon as its read models are that far.
      await platform.consumers.settle(TENANT);
      now = new Date(ended ? '2026-09-01T00:00:00Z' : now);
      const sent = await reading();
      expect(sent.length).toBeGreaterThanOrEqual(10);
      for (const { text, values } of sent) {
        const scanned = partitionsIn(await explain(text, values));
        expect(scanned.length).toBeGreaterThan(0);
        expect(['events_y2026m03', 'events_y2026m04']).toEqual(expect.arrayContaining(scanned));
      }
    }
  });

  it('are pruned at run time too, where PostgreSQL has settled on a plan for every session', async () => {
    const [tail] = (await reading()).filter(({ text }) => !text.includes('limit') && !text.includes('count'));
    const { rows } = await app.query(
      "SELECT count(*)::int AS n FROM pg_inherits WHERE inhparent = 'game.events'::regclass",
    );
    await app.query('SET plan_cache_mode = force_generic_plan');
    await app.query(`PREPARE tail AS ${tail!.text}`);
    const literals = tail!.values.map((value) =>
      pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value)),
    );
    const plan = await explain(`EXECUTE tail(${literals.join(', ')})`);
    expect(partitionsIn(plan)).toEqual(['events_y2026m03', 'events_y2026m04']);
    const removed = nodesOf(plan).map((node) => node['Subplans Removed'] ?? 0);
    expect(Math.max(...removed)).toBe(rows[0].n - 2);
  });

  it('hide no event of a writer whose clock is months ahead, nor one in the default partition', async () => {
    const ahead = { now: () => new Date('2026-08-15T00:00:00Z') };
    const farAhead = { now: () => new Date('2044-02-15T00:00:00Z') };
    now = new Date('2026-04-20T12:00:00Z');
    const here = db.open({ clock });
    const started = await startedSession(here, TENANT, 8);
    const [first, second] = [db.open({ clock: ahead }), db.open({ clock: farAhead })];
    const play = { sessionId: started.sessionId };
    await first.game.act(TENANT, { ...play, actionId: uuidv7(), action: { type: 'acknowledge_day' } });
    await second.game.act(TENANT, { ...play, actionId: uuidv7(), action: { type: 'pause' } });
    await here.game.act(TENANT, { ...play, actionId: uuidv7(), action: { type: 'resume' } });
    await here.tenancy.run(TENANT, async (tx) => {
      const [{ events: head } = { events: 0 }] = await listSessions(tx, { id: started.sessionId });
      const sequences = [];
      for await (const { sequence } of sessionEvents(tx, started.sessionId)) sequences.push(sequence);
      expect(sequences).toEqual(Array.from({ length: head }, (_, at) => at + 1));
      const paused = [];
      for await (const { type } of sessionEvents(tx, started.sessionId, { types: ['game.session.paused'] }))
        paused.push(type);
      expect(paused).toEqual(['game.session.paused']);
      expect(await sessionState(tx, started.sessionId)).toMatchObject({ sequence: head, status: 'active' });
      expect(await sessionState(tx, started.sessionId, head - 1)).toMatchObject({ status: 'paused' });
    });
  });
});
