/** What follows from play in other modules: each event once, by pseudonym, in balance, and the same when read again. */
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTenant, type SqlClient } from './harness/by-hand.ts';
import { useDatabase } from './harness/database.ts';
import { type PlayedGame, playedGame, startedSession } from './harness/play.ts';

const TENANT = 'consumers';
const FOLLOWED = [
  'analytics.events',
  'economy.transactions',
  'economy.ledger_entries',
  'economy.wallet_balances',
  'social.leaderboard_entries',
  'integration.outbox',
];

describe('what follows from play', () => {
  const db = useDatabase();
  let admin: SqlClient;
  const games: PlayedGame[] = [];

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    await subscribe('active', 'game.day.ended');
    await subscribe('paused', 'game.email.opened');
    for (const [seed, days] of [
      [5, 3],
      [6, 2],
    ] as const)
      games.push(await playedGame(db.platform, TENANT, { seed, days }));
  }, 60_000);

  async function subscribe(status: string, eventType: string): Promise<void> {
    const app = await db.connectAsApp();
    const { id } = await db.platform.tenancy.locate(TENANT);
    await inTenant(app, id, () =>
      app.query(
        `WITH made AS (
           INSERT INTO integration.webhook_subscriptions (tenant_id, name, url, status, secret_ciphertext, key_reference)
           VALUES ($1, $2, 'https://example.org/hook', $2, 'dmz:1:tenant:00000000-0000-7000-8000-000000000000:x', 'x') RETURNING tenant_id, id)
         INSERT INTO integration.webhook_subscription_events (tenant_id, subscription_id, event_type)
         SELECT tenant_id, id, $3 FROM made`,
        [id, status, eventType],
      ),
    );
  }

  const countOf = async (query: string, values: unknown[] = []): Promise<number> =>
    Number((await admin.query(`SELECT count(*) AS n FROM ${query}`, values)).rows[0].n);

  async function rowsOf(table: string): Promise<unknown[]> {
    const { rows } = await admin.query(
      `SELECT to_jsonb(t) - 'created_at' - 'updated_at' AS row FROM ${table} AS t ORDER BY 1`,
    );
    return rows.map(({ row }) => row);
  }

  it('reaches the analysts’ log, each event once and by pseudonym', async () => {
    const events = games.reduce((sum, { state }) => sum + state.sequence, 0);
    expect(await countOf('analytics.events')).toBe(events);
    expect(
      await countOf(
        'analytics.events AS seen JOIN game.events AS event ON event.id = seen.source_id AND event.event_type = seen.event_type',
      ),
    ).toBe(events);
    const { rows } = await admin.query('SELECT DISTINCT pseudonym_id FROM analytics.events');
    expect(rows).toHaveLength(1);
    expect(await countOf('auth.users WHERE id = $1', [rows[0].pseudonym_id])).toBe(0);
    expect(
      await countOf("governance.pseudonyms WHERE pseudonym_id = $1 AND purpose = 'analytics'", [
        rows[0].pseudonym_id,
      ]),
    ).toBe(1);
  });

  const sumsOf = async (sessionId: string): Promise<Record<string, number>> => {
    const { rows } = await admin.query(
      `SELECT coalesce(wallet.system_account, 'player') AS account, sum(amount)::int AS credits
       FROM economy.ledger_entries AS entry
       JOIN economy.transactions AS booked ON booked.id = entry.transaction_id
       JOIN economy.wallets AS wallet ON wallet.id = entry.wallet_id
       WHERE booked.session_id = $1 GROUP BY 1`,
      [sessionId],
    );
    return Object.fromEntries(rows.map(({ account, credits }) => [account, credits]));
  };
  const correct = (sessionId: string, creditsDelta: number) =>
    db.platform.game.correct(TENANT, {
      ...{ sessionId, actionId: uuidv7(), sequence: 1 },
      ...{ reason: 'wrong_scoring', creditsDelta },
    });

  it('is booked in balance: escrow is empty after a game, and the player has what was left', async () => {
    for (const { sessionId, state } of games) {
      const sums = await sumsOf(sessionId);
      expect(sums).toMatchObject({ escrow: 0, player: state.credits });
      expect(Object.values(sums).reduce((sum, credits) => sum + credits, 0)).toBe(0);
    }
  });

  it('raises the player’s place to the best of all days', async () => {
    const { rows } = await admin.query(
      `SELECT max((event_data->>'score')::int) AS best FROM game.events WHERE event_type = 'game.day.ended'`,
    );
    const places = await admin.query('SELECT score::int FROM social.leaderboard_entries');
    expect(places.rows).toEqual([{ score: rows[0].best }]);
  });

  it('goes out to webhooks where an active subscription asks for it, and not otherwise', async () => {
    const { rows } = await admin.query(
      'SELECT event_type, count(*)::int AS n FROM integration.outbox GROUP BY 1',
    );
    expect(rows).toEqual([{ event_type: 'game.day.ended', n: 5 }]);
  });

  it('is made good by corrections, from the player’s wallet once the game has been paid out', async () => {
    const [game] = games;
    const { sessionId, state } = game!;
    await correct(sessionId, 7);
    await db.platform.consumers.settle(TENANT);
    expect(await sumsOf(sessionId)).toMatchObject({ escrow: 0, player: state.credits + 7 });
    await correct(sessionId, -state.credits);
    await db.platform.consumers.settle(TENANT);
    expect(await sumsOf(sessionId)).toMatchObject({ escrow: 0, player: 7 });
  });

  it('is the same when every consumer reads everything again', async () => {
    const before = await Promise.all(FOLLOWED.map(rowsOf));
    for (const { name } of db.platform.consumers.readers) {
      const { sessions } = await db.platform.consumers.rebuild(TENANT, name);
      expect(sessions, name).toBe(games.length);
    }
    expect(await Promise.all(FOLLOWED.map(rowsOf))).toEqual(before);
    const statuses = await db.platform.consumers.status(TENANT);
    expect(statuses.map(({ eventsBehind, parked, toRebuild }) => [eventsBehind, parked, toRebuild])).toEqual(
      statuses.map(() => [0, 0, 0]),
    );
  });

  it('is made good by corrections while the game goes on, in escrow', async () => {
    const { sessionId } = await startedSession(db.platform, TENANT);
    await db.platform.consumers.settle(TENANT);
    const { escrow } = await sumsOf(sessionId);
    await correct(sessionId, 9);
    await correct(sessionId, -4);
    await db.platform.consumers.settle(TENANT);
    expect((await sumsOf(sessionId)).escrow).toBe(escrow! + 5);
  });
});
