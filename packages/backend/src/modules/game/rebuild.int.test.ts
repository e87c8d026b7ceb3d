/** Read models can be lost: rebuilt from the events, they are what they were when they were written one by one. */
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTenant, type SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { type PlayedGame, playedGame, startedSession } from '../../../test/harness/play.ts';
import { READ_MODELS, sessionState } from './index.ts';

const TRUTH = ['events', 'actions', 'snapshots', 'session_heads'];
/** The rows' own times; and the ids that the database makes for what hangs on an e-mail. */
const GENERATED = ['created_at', 'updated_at'];
const WITHOUT_ID_OF_EVENT = ['game.email_headers', 'game.email_attachments', 'game.verification_artifacts'];

describe('the read models of a session', () => {
  const db = useDatabase();
  let admin: SqlClient;
  const played: PlayedGame[] = [];
  const settle = () => db.platform.consumers.settle('consumers');
  const rebuild = async (tenant: string, sessionId: string, { consumers } = db.platform) =>
    (await consumers.rebuild(tenant, READ_MODELS, { sessionId })).events;

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    played.push(await playedGame(db.platform, 'consumers', { seed: 5, days: 8, skill: 'expert' }));
    played.push(await playedGame(db.platform, 'consumers', { seed: 6, days: 8, skill: 'reckless' }));
  });

  it('are all written to by a whole game', async () => {
    const models = await readModels(admin);
    expect(Object.keys(models).length).toBeGreaterThanOrEqual(13);
    for (const [name, rows] of Object.entries(models)) expect(rows, name).not.toEqual([]);
  });

  it('are the same when they are emptied and rebuilt', async () => {
    const written = await readModels(admin);
    for (const { sessionId, state } of played) {
      await empty(sessionId);
      expect(await rebuild('consumers', sessionId)).toBe(state.sequence);
    }
    expect(await readModels(admin)).toEqual(written);
  });

  it('are the same when they are rebuilt twice over what is there, and the other tenants’ are left alone', async () => {
    const written = await readModels(admin);
    const truth = await checksumsOf(TRUTH);
    for (const { sessionId } of played) {
      await rebuild('consumers', sessionId);
      await rebuild('consumers', sessionId);
    }
    expect(await readModels(admin)).toEqual(written);
    expect(await checksumsOf(TRUTH)).toEqual(truth);
  });

  it('are the same whether they were derived action by action or all at once', async () => {
    const game = { seed: 21, days: 5, skill: 'novice', actionsPerSettling: 1 } as const;
    const { sessionId, state } = await playedGame(db.platform, 'mid-company', game);
    const written = await readModels(admin);
    expect(await rebuild('mid-company', sessionId)).toBe(state.sequence);
    expect(await readModels(admin)).toEqual(written);
  });

  it('are the same for a game that was rebuilt half way and then went on', async () => {
    const half = await playedGame(db.platform, 'small-company', { seed: 9, days: 4, events: 120 });
    const written = await readModels(admin);
    await rebuild('small-company', half.sessionId);
    expect(await readModels(admin)).toEqual(written);
    await expect(rebuild('consumers', half.sessionId)).rejects.toMatchObject({
      code: 'CONSUMER_SESSION_UNKNOWN',
    });
  });

  it('stay right while the session is played on, and no action fails for it', async () => {
    const { sessionId } = await startedSession(db.platform, 'consumers', 11);
    const other = db.open({ poolSize: 2 });
    let over = false;
    const rebuilding = (async () => {
      while (!over) await rebuild('consumers', sessionId, other);
    })();
    const act = (action: unknown) =>
      db.platform.game.act('consumers', { sessionId, actionId: uuidv7(), action });
    await act({ type: 'acknowledge_day' });
    const { inbox } = await db.platform.tenancy.run('consumers', (tx) => sessionState(tx, sessionId));
    for (const { emailKey } of inbox) {
      await act({ type: 'open_email', emailKey });
      await act({ type: 'submit_decision', emailKey, decision: 'deny', timeSpentMs: 5 });
    }
    over = true;
    await rebuilding;
    await settle();
    const written = await readModels(admin);
    await rebuild('consumers', sessionId);
    expect(await readModels(admin)).toEqual(written);
  });

  /** As the application: what is derived is its own to empty. */
  async function empty(sessionId: string): Promise<void> {
    const app = await db.connectAsApp();
    const { id } = await db.platform.tenancy.locate('consumers');
    await inTenant(app, id, async () => {
      for (const table of ['emails', 'day_summaries', 'threat_assessments'])
        await app.query(`DELETE FROM game.${table} WHERE session_id = $1`, [sessionId]);
    });
    await app.end();
  }

  async function checksumsOf(tables: readonly string[]) {
    const sums: Record<string, string> = {};
    for (const table of tables) {
      const { rows } = await admin.query(
        `SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) AS sum FROM game.${table} AS t`,
      );
      sums[table] = rows[0].sum;
    }
    return sums;
  }
});

/** Every derived table of the game, found in the catalogue, with all that a rebuild must give again. */
async function readModels(admin: SqlClient): Promise<Record<string, unknown[]>> {
  const { rows } = await admin.query(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'game'::regnamespace AND relkind = 'r'
       AND NOT relispartition AND relname <> ALL ($1) ORDER BY 1`,
    [TRUTH],
  );
  const models: Record<string, unknown[]> = {};
  for (const { name } of rows) {
    const left = WITHOUT_ID_OF_EVENT.includes(name) ? [...GENERATED, 'id'] : GENERATED;
    const found = await admin.query(
      `SELECT to_jsonb(t) - $1::text[] AS row FROM ${name} AS t ORDER BY (to_jsonb(t) - $1::text[])::text`,
      [left],
    );
    models[name] = found.rows.map(({ row }) => row);
  }
  return models;
}
