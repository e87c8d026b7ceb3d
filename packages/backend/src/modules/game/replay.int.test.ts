/** The third promise: a replay proves that what is stored is what happened, and names the place where it is not. */
import { performance } from 'node:perf_hooks';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { type PlayedGame, playedGame } from '../../../test/harness/play.ts';
import { type Tampering, tamperWith } from '../../../test/harness/tamper.ts';
import { hashJson, listSessions, type ReplayReport } from './index.ts';

const LONG_SESSION = 5_000;

describe('the replay of a long session', () => {
  const db = useDatabase();

  it('finds five thousand events and every snapshot as they were played', { timeout: 120_000 }, async () => {
    const admin = await db.connectAsAdmin();
    const start = performance.now();
    // Somebody who decides without reading makes the most events of the fewest actions.
    const long = { days: 100, skill: 'reckless', events: LONG_SESSION } as const;
    const { sessionId, state } = await playedGame(db.platform, 'consumers', long);
    const played = performance.now();
    const report = await db.platform.game.replay('consumers', sessionId);
    const seconds = [played - start, performance.now() - played].map((ms) => (ms / 1000).toFixed(1));
    console.info(`${state.sequence} events: played in ${seconds[0]} s, replayed in ${seconds[1]} s`);
    expect(state.sequence).toBeGreaterThanOrEqual(LONG_SESSION);
    const { rows } = await admin.query(
      'SELECT count(*)::int AS n, max(sequence)::int AS last FROM game.snapshots WHERE session_id = $1',
      [sessionId],
    );
    expect(report).toEqual({ events: state.sequence, snapshotsVerified: rows[0].n, mismatches: [] });
    expect(rows[0].n).toBeGreaterThanOrEqual(LONG_SESSION / 50);
    expect(rows[0].last).toBeGreaterThan(state.sequence - 100);
  });
});

describe('the replay of a session that is being played', () => {
  const db = useDatabase();

  it('finds nothing wrong at any moment of it', { timeout: 120_000 }, async () => {
    const watcher = db.open({ poolSize: 2 });
    watcher.consumers.start({ tenants: async () => ['consumers'] });
    let playing = true;
    const play = playedGame(db.platform, 'consumers', { seed: 3, days: 3 }).finally(() => {
      playing = false;
    });
    const reports: ReplayReport[] = [];
    while (playing) {
      for (const { id } of await watcher.tenancy.run('consumers', (tx) => listSessions(tx)))
        reports.push(await watcher.game.replay('consumers', id));
    }
    const { state } = await play;
    expect(new Set(reports.map(({ events }) => events)).size).toBeGreaterThan(10);
    expect(reports.at(-1)?.events).toBeLessThanOrEqual(state.sequence);
    expect(reports.flatMap(({ mismatches }) => mismatches)).toEqual([]);
  });
});

interface Case {
  readonly name: string;
  /** Type of the event in whose middle occurrence something is changed; `:at` is its sequence. */
  readonly event: string;
  readonly statements: readonly string[];
  /** Where the replay must find it, relative to `:at`; `:at` itself by default. */
  readonly found?: number;
}

const AT = 'WHERE session_id = $1 AND sequence = :at';
const change = (name: string, event: string, set: string): Case => ({
  name,
  event,
  statements: [`UPDATE game.events SET ${set} ${AT}`],
});
const put = (path: string, value: string) => `event_data = jsonb_set(event_data, '{${path}}', ${value})`;
const ACTION = 'WHERE session_id = $1 AND :at BETWEEN first_sequence AND last_sequence';

const CASES: Case[] = [
  change(
    'a number in an event',
    'game.day.ended',
    put('credits', "to_jsonb((event_data->>'credits')::int + 1)"),
  ),
  change('a string in an event', 'game.threat.assessed', put('threatTier', `'"severe"'`)),
  change(
    'a value deep in an event',
    'game.day.ended',
    put('tally,correct', "to_jsonb((event_data#>>'{tally,correct}')::int + 1)"),
  ),
  change(
    'a boolean in an event',
    'game.indicator.marked',
    put('correct', "to_jsonb(NOT (event_data->>'correct')::boolean)"),
  ),
  change('a field added to an event', 'game.email.opened', `event_data = event_data || '{"note": 1}'`),
  change('a field removed from an event', 'game.day.ended', "event_data = event_data - 'credits'"),
  change('the type of an event', 'game.email.opened', "event_type = 'game.email.deferred'"),
  change('the version of an event', 'game.email.opened', 'version = 99'),
  change(
    'the time of an event',
    'game.email.decided',
    "server_time = server_time + interval '1 millisecond'",
  ),
  change(
    'a microsecond of the time of an event',
    'game.email.decided',
    "server_time = server_time + interval '1 microsecond'",
  ),
  change('the id of an event', 'game.email.decided', 'id = uuidv7()'),
  change('the client’s time of an event', 'game.email.decided', 'client_time = now()'),
  {
    name: 'a second event of the same sequence, dated earlier',
    event: 'game.email.decided',
    statements: [
      `INSERT INTO game.events SELECT tenant_id, uuidv7(), session_id, sequence, event_type, event_data, action_id,
       server_time - interval '400 days', client_time, version FROM game.events ${AT}`,
    ],
  },
  change('the action of an event', 'game.email.decided', 'action_id = uuidv7()'),
  {
    name: 'two neighbouring events that changed places',
    event: 'game.email.received',
    statements: [
      `UPDATE game.events SET sequence = 900000 ${AT}`,
      'UPDATE game.events SET sequence = :at WHERE session_id = $1 AND sequence = :at + 1',
      'UPDATE game.events SET sequence = :at + 1 WHERE session_id = $1 AND sequence = 900000',
    ],
  },
  {
    name: 'an event that is gone',
    event: 'game.email.decided',
    statements: [`DELETE FROM game.events ${AT}`],
  },
  {
    name: 'the first event gone',
    event: 'game.session.started',
    statements: [`DELETE FROM game.events ${AT}`],
  },
  {
    name: 'the last event gone',
    event: 'game.session.completed',
    statements: [`DELETE FROM game.events ${AT}`],
  },
  {
    name: 'an event added at the end',
    event: 'game.session.completed',
    statements: [
      `INSERT INTO game.events SELECT tenant_id, uuidv7(), session_id, sequence + 1, event_type, event_data, action_id,
         server_time, client_time, version FROM game.events ${AT}`,
      'UPDATE game.session_heads SET sequence = sequence + 1 WHERE id = $1',
    ],
    found: 1,
  },
  {
    name: 'the payload of an action',
    event: 'game.email.decided',
    statements: [`UPDATE game.actions SET payload = jsonb_set(payload, '{timeSpentMs}', '1') ${ACTION}`],
  },
  {
    name: 'the recorded hash of an action’s events',
    event: 'game.email.decided',
    statements: [`UPDATE game.actions SET events_sha256 = repeat('0', 64) ${ACTION}`],
  },
  {
    name: 'the time of an action',
    event: 'game.email.opened',
    statements: [`UPDATE game.actions SET server_time = server_time + interval '1 second' ${ACTION}`],
  },
  {
    name: 'an action that is gone',
    event: 'game.email.decided',
    statements: [`DELETE FROM game.actions ${ACTION}`],
  },
  {
    name: 'the last action gone',
    event: 'game.session.completed',
    statements: [`DELETE FROM game.actions ${ACTION}`],
  },
  {
    name: 'a second event at the same place',
    event: 'game.email.decided',
    statements: [
      `INSERT INTO game.events SELECT tenant_id, uuidv7(), session_id, sequence, event_type, event_data, action_id,
         server_time + interval '1 second', client_time, version FROM game.events ${AT}`,
    ],
  },
  {
    name: 'a snapshot’s state',
    event: 'game.day.ended',
    statements: [
      `UPDATE game.snapshots SET state = jsonb_set(state, '{credits}', '424242') WHERE session_id = $1 AND sequence = :snapshot`,
    ],
  },
  {
    name: 'a snapshot’s hash',
    event: 'game.day.ended',
    statements: [
      `UPDATE game.snapshots SET state_sha256 = repeat('0', 64) WHERE session_id = $1 AND sequence = :snapshot`,
    ],
  },
];

describe('a replay', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let game: PlayedGame;
  let tampering: Tampering;

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    game = await playedGame(db.platform, 'consumers', { seed: 3, days: 6 });
    tampering = await tamperWith(admin, game.sessionId);
  });
  afterEach(async () => {
    await tampering.restore();
    expect((await replay()).mismatches).toEqual([]);
  });

  const replay = (): Promise<ReplayReport> => db.platform.game.replay('consumers', game.sessionId);
  const lastSequence = () => game.state.sequence;

  it.each(CASES)('names the place of $name', async ({ event, statements, found = 0 }) => {
    const at = await tampering.sequenceOf(event);
    const snapshot = await snapshotAfter(at);
    const filled = statements.map((text) =>
      text.replaceAll(':at', `${at}`).replaceAll(':snapshot', `${snapshot}`),
    );
    await tampering.change(...filled);
    const { mismatches } = await replay();
    const expected = filled.some((text) => text.includes('game.snapshots')) ? snapshot : at + found;
    expect(mismatches[0]).toMatchObject({ sessionId: game.sessionId });
    const named = mismatches.map(({ sequence }) => sequence);
    const place = filled[0]?.includes('game.actions') ? await firstOfAction(expected) : expected;
    expect(named[0], JSON.stringify(mismatches.slice(0, 3))).toBe(place);
  });

  it('names a snapshot whose state and hash were both changed to fit each other', async () => {
    const at = await snapshotAfter(await tampering.sequenceOf('game.day.ended'));
    const { rows } = await admin.query(
      `SELECT jsonb_set(state, '{credits}', '424242') AS state FROM game.snapshots WHERE session_id = $1 AND sequence = $2`,
      [game.sessionId, at],
    );
    await tampering.change(
      `UPDATE game.snapshots SET state = '${JSON.stringify(rows[0].state)}', state_sha256 = '${hashJson(rows[0].state)}'
       WHERE session_id = $1 AND sequence = ${at}`,
    );
    const { mismatches } = await replay();
    expect(mismatches).toHaveLength(1);
    expect(mismatches[0]).toMatchObject({ sequence: at, reason: expect.stringContaining('credits') });
  });

  it.each([-1, 1])('finds a head that is off by %i', async (by) => {
    await tampering.change(`UPDATE game.session_heads SET sequence = sequence + ${by} WHERE id = $1`);
    expect((await replay()).mismatches).toMatchObject([{ sequence: lastSequence() + by }]);
  });

  it.each([
    "status = 'active'",
    'day = day - 1',
    'seed = seed + 1',
    'days = days + 1',
    "engine_version = '99'",
  ])('finds a session’s row that says %s', async (set) => {
    await tampering.change(`UPDATE game.sessions SET ${set} WHERE id = $1`);
    expect((await replay()).mismatches).toMatchObject([{ sequence: lastSequence() }]);
  });

  it('finds a session whose end, or whose whole history, was cut off without a trace', async () => {
    const { firstSequence } = game.accepted.at(-1)!;
    for (const [from, events] of [
      [firstSequence, firstSequence - 1],
      [1, 0],
    ] as const) {
      await tampering.change(
        `DELETE FROM game.events WHERE session_id = $1 AND sequence >= ${from}`,
        `DELETE FROM game.snapshots WHERE session_id = $1 AND sequence >= ${from}`,
        `DELETE FROM game.actions WHERE session_id = $1 AND first_sequence >= ${from}`,
        `UPDATE game.session_heads SET sequence = ${events} WHERE id = $1`,
      );
      const { mismatches } = await replay();
      expect(mismatches[0]).toMatchObject({
        sequence: events,
        reason: expect.stringContaining('row says completed'),
      });
      await tampering.restore();
    }
  });

  async function snapshotAfter(sequence: number): Promise<number> {
    const { rows } = await admin.query(
      'SELECT min(sequence)::int AS at FROM game.snapshots WHERE session_id = $1 AND sequence >= $2',
      [game.sessionId, sequence],
    );
    return rows[0].at;
  }

  /** An action’s own faults are named at its first event. */
  async function firstOfAction(sequence: number): Promise<number> {
    const accepted = game.accepted.find(({ lastSequence: last }) => last >= sequence);
    return accepted?.firstSequence ?? sequence;
  }
});
