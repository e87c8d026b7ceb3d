/** What a later release has written is refused by this one, with both versions named; and nothing is written. */
import { ENGINE_VERSION, EVENT_SCHEMAS, type GameEvent, RULES_VERSION } from '@archive-gate/game-engine';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTenant, type SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { countGameRows } from '../../../test/harness/game-rows.ts';
import { startedSession } from '../../../test/harness/play.ts';
import { tamperWith } from '../../../test/harness/tamper.ts';
import { hashJson, sessionState } from './index.ts';

const TENANT = 'consumers';

interface Written {
  readonly type: string;
  readonly version: number;
}

describe('a session that a later release has worked on', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let app: SqlClient;
  let tenantId: string;
  let sessionId: string;
  let lastSequence: number;

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    app = await db.connectAsApp();
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
  });
  beforeEach(async () => {
    ({ sessionId, lastSequence } = await startedSession(db.platform, TENANT));
  });

  const act = () =>
    db.platform.game.act(TENANT, { sessionId, actionId: uuidv7(), action: { type: 'acknowledge_day' } });

  const writeEvent = ({ type, version }: Written) =>
    inTenant(app, tenantId, () =>
      app.query(
        `INSERT INTO game.events (tenant_id, session_id, sequence, event_type, version, event_data, action_id, server_time)
         VALUES ($1, $2, $3, $4, $5, '{"day": 1, "mood": "calm"}', $6, now())`,
        [tenantId, sessionId, lastSequence + 1, type, version, uuidv7()],
      ),
    );

  /** The state after the event, as the program would have left it that wrote the event. */
  async function writeSnapshot(eventSchemas: number): Promise<void> {
    const before = await db.platform.tenancy.run(TENANT, (tx) => sessionState(tx, sessionId, lastSequence));
    const state = { ...before, sequence: lastSequence + 1 };
    await inTenant(app, tenantId, () =>
      app.query(
        `INSERT INTO game.snapshots (tenant_id, session_id, sequence, reducer_version, event_schemas, day, state, state_sha256)
         VALUES ($1, $2, $3, 1, $4, $5, $6, $7)`,
        [
          tenantId,
          sessionId,
          state.sequence,
          eventSchemas,
          state.day,
          JSON.stringify(state),
          hashJson(state),
        ],
      ),
    );
  }

  const updateSession = (assignment: string) =>
    admin.query(`UPDATE game.sessions SET ${assignment} WHERE id = $1`, [sessionId]);

  async function stored(): Promise<unknown> {
    const { rows } = await admin.query(
      `SELECT h.sequence, s.status, s.day, s.updated_at FROM game.session_heads h JOIN game.sessions s USING (tenant_id, id)
       WHERE h.id = $1`,
      [sessionId],
    );
    return { session: rows[0], rows: await countGameRows(admin) };
  }

  async function expectRefused(code: string, found: string, expected: string): Promise<void> {
    const before = await stored();
    await expect(act()).rejects.toMatchObject({ code, found, expected, exitCode: 1, retryable: false });
    expect(await stored()).toEqual(before);
  }

  const laterVersion = { type: 'game.session.paused', version: 99 };
  const laterType = { type: 'game.weather.changed', version: 3 };
  const unsupported = [
    'GAME_EVENT_VERSION_UNSUPPORTED',
    'game.session.paused version 99',
    'a version from 1 to 1',
  ] as const;
  const unknown = [
    'GAME_EVENT_TYPE_UNKNOWN',
    'game.weather.changed version 3',
    `one of the ${EVENT_SCHEMAS} types of engine ${ENGINE_VERSION}`,
  ] as const;

  it.each<[string, Written, readonly [string, string, string]]>([
    ['a later version of a known type', laterVersion, unsupported],
    ['a type that is not known here', laterType, unknown],
  ])('is refused for %s', async (_, event, refusal) => {
    await writeEvent(event);
    await expectRefused(...refusal);
  });

  it.each<[string, Written, readonly [string, string, string]]>([
    ['a later version of a known type', laterVersion, unsupported],
    ['a type that is not known here', laterType, unknown],
  ])('is refused for %s that a snapshot of that release stands behind', async (_, event, refusal) => {
    await writeEvent(event);
    await writeSnapshot(EVENT_SCHEMAS + 1);
    await expectRefused(...refusal);
  });

  it('is known by the snapshot: behind one of this release, no event is read again', async () => {
    await writeEvent(laterVersion);
    await writeSnapshot(EVENT_SCHEMAS);
    expect(await act()).toMatchObject({ firstSequence: lastSequence + 2 });
  });

  it('is refused for a later engine, for play and for replay', async () => {
    const tampering = await tamperWith(admin, sessionId);
    await tampering.change(
      `UPDATE game.sessions SET engine_version = '1.10.0' WHERE id = $1`,
      `UPDATE game.events SET event_data = jsonb_set(event_data, '{engineVersion}', '"1.10.0"')
       WHERE session_id = $1 AND sequence = 1`,
    );
    const refusal = ['engine 1.10.0', `engine ${ENGINE_VERSION}, or an earlier one`] as const;
    await expectRefused('GAME_ENGINE_VERSION_UNSUPPORTED', ...refusal);
    await expect(db.platform.game.replay(TENANT, sessionId)).rejects.toMatchObject({
      code: 'GAME_ENGINE_VERSION_UNSUPPORTED',
      found: refusal[0],
      expected: refusal[1],
    });
  });

  it('is refused for later rules', async () => {
    await updateSession(`rules_version = ${RULES_VERSION + 1}`);
    await expectRefused(
      'GAME_RULES_VERSION_UNKNOWN',
      `rules version ${RULES_VERSION + 1}`,
      `version ${RULES_VERSION}`,
    );
  });

  it('is played on once it is of an earlier engine', async () => {
    await updateSession(`engine_version = '0.9'`);
    await expect(act()).resolves.toMatchObject({ sessionId });
  });

  it.each<[string, object, string]>([
    [
      'of a later version',
      { type: 'game.session.paused', version: 2, data: { day: 1 } },
      'GAME_EVENT_VERSION_UNSUPPORTED',
    ],
    ['of no known type', { type: 'game.weather.changed', version: 1, data: {} }, 'GAME_EVENT_TYPE_UNKNOWN'],
    ['without a field', { type: 'game.session.paused', version: 1, data: {} }, 'GAME_EVENT_DATA_INVALID'],
    [
      'with an e-mail address in a field of its own',
      { type: 'game.session.paused', version: 1, data: { day: 1, email: 'jo@example.com' } },
      'GAME_EVENT_DATA_INVALID',
    ],
    [
      'with an e-mail address in a key',
      { type: 'game.email.opened', version: 1, data: { emailKey: 'jo@example.com' } },
      'GAME_EVENT_DATA_INVALID',
    ],
  ])('takes no event %s', async (_, event, code) => {
    const before = await stored();
    const append = db.platform.game.append(TENANT, {
      sessionId,
      expectedSequence: lastSequence,
      actionId: uuidv7(),
      action: { type: 'pause' },
      events: [event as GameEvent],
      clientTime: null,
    });
    await expect(append).rejects.toMatchObject({ code });
    expect(await stored()).toEqual(before);
  });
});
