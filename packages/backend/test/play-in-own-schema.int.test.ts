/** A game in a schema of the tenant's own is the same game: same events, same rows behind them, same replay, same refusals. */
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { placedTable } from '../src/kernel/db/index.ts';
import { readTenantTables } from '../src/kernel/isolation/tenant-tables.ts';
import { simulate } from '../src/simulate/index.ts';
import { useDatabase } from './harness/database.ts';
import { type PlayedGame, playedGame, startedSession } from './harness/play.ts';
import { type SchemaTenant, schemaTenant } from './harness/schema-tenant.ts';

const SHARED = 'consumers';

describe('play in a schema of the tenant’s own', { timeout: 120_000 }, () => {
  const db = useDatabase();
  let admin: pg.Client;
  let own: SchemaTenant;
  const games: Record<string, PlayedGame> = {};
  const written: Record<string, Record<string, number>> = {};

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    own = await schemaTenant(db, 'players-own');
    for (const slug of [SHARED, own.slug]) {
      const before = await countRows(slug);
      games[slug] = await playedGame(db.platform, slug, { seed: 11, days: 4 });
      const after = await countRows(slug);
      written[slug] = Object.fromEntries(
        Object.entries(after)
          .map(([table, rows]) => [table, rows - (before[table] ?? 0)] as const)
          .filter(([, rows]) => rows !== 0),
      );
    }
  }, 120_000);

  /** Rows of a tenant by the modules' names of their tables, wherever they are. */
  async function countRows(slug: string): Promise<Record<string, number>> {
    const { id, schema } = await db.platform.tenancy.locate(slug);
    const counts: Record<string, number> = {};
    for (const { name } of await readTenantTables(admin)) {
      const [namespace = '', table = ''] = name.split('.');
      const at = schema === null ? name : `${schema}.${placedTable(namespace, table)}`;
      const { rows } = await admin.query(`SELECT count(*)::int AS n FROM ${at} WHERE tenant_id = $1`, [id]);
      counts[name] = rows[0].n;
    }
    return counts;
  }

  it('gives the same events, and the same rows of every module behind them', () => {
    const [shared, placed] = [games[SHARED]!, games[own.slug]!];
    expect(placed.accepted.map(({ eventsSha256 }) => eventsSha256)).toEqual(
      shared.accepted.map(({ eventsSha256 }) => eventsSha256),
    );
    expect(written[own.slug]).toEqual(written[SHARED]);
    expect(Object.keys(written[SHARED]!).length).toBeGreaterThan(12);
    expect(written[SHARED]).toMatchObject({ 'game.snapshots': expect.any(Number) });
  });

  it('replays identically, its snapshots with it', async () => {
    const replayed = await db.platform.game.replay(own.slug, games[own.slug]!.sessionId);
    expect(replayed).toMatchObject({ events: games[own.slug]!.state.sequence, mismatches: [] });
    expect(replayed.snapshotsVerified).toBeGreaterThan(0);
  });

  it('is read again by every consumer to the same rows', async () => {
    const before = await countRows(own.slug);
    for (const { name } of db.platform.consumers.readers)
      expect((await db.platform.consumers.rebuild(own.slug, name)).sessions, name).toBe(1);
    expect(await countRows(own.slug)).toEqual(before);
  });

  it('can be branched and corrected', async () => {
    const { sessionId, lastSequence } = await startedSession(db.platform, own.slug, 12);
    const branch = await db.platform.game.branch(own.slug, {
      sessionId,
      branchId: uuidv7(),
      at: lastSequence,
    });
    expect(branch.sessionId).not.toBe(sessionId);
    const corrected = await db.platform.game.correct(own.slug, {
      ...{ sessionId, actionId: uuidv7(), sequence: 1 },
      ...{ reason: 'wrong_scoring', creditsDelta: 7 },
    });
    expect(corrected.lastSequence).toBe(lastSequence + 1);
    await db.platform.consumers.settle(own.slug);
  });

  it('answers a repeated action the same, and writes it once', async () => {
    const { sessionId } = await startedSession(db.platform, own.slug, 13);
    const request = { sessionId, actionId: uuidv7(), action: { type: 'pause' } };
    const [first, ...others] = await Promise.all(
      [1, 2, 3].map(() => db.platform.game.act(own.slug, request)),
    );
    expect(others).toEqual([first, first]);
  });

  it('refuses with the same codes', async () => {
    const { sessionId, lastSequence } = await startedSession(db.platform, own.slug, 14);
    const act = (expectedSequence: number) =>
      db.platform.game.act(own.slug, {
        ...{ sessionId, actionId: uuidv7(), action: { type: 'pause' } },
        expectedSequence,
      });
    await expect(act(lastSequence - 1)).rejects.toMatchObject({ code: 'GAME_SEQUENCE_CONFLICT' });
    const stranger = { actionId: uuidv7(), playerId: uuidv7(), seed: 1, days: 10 };
    await expect(db.platform.game.start(own.slug, stranger)).rejects.toMatchObject({
      code: 'GAME_PLAYER_UNKNOWN',
    });
    const elsewhere = { sessionId: games[SHARED]!.sessionId, actionId: uuidv7(), action: { type: 'pause' } };
    await expect(db.platform.game.act(own.slug, elsewhere)).rejects.toMatchObject({
      code: 'GAME_SESSION_UNKNOWN',
    });
  });

  it('bears many players at once, beside those of the module schemas', async () => {
    const play = (tenant: string) =>
      simulate(db.platform, { tenant, players: 6, seed: 21, days: 2, actions: 240 });
    const [placed, shared] = await Promise.all([play(own.slug), play(SHARED)]);
    expect(placed).toMatchObject({ failed: 0 });
    expect(shared).toMatchObject({ failed: 0 });
    await db.platform.consumers.settle(own.slug);
    const statuses = await db.platform.consumers.status(own.slug);
    expect(statuses.map(({ eventsBehind, parked }) => [eventsBehind, parked])).toEqual(
      statuses.map(() => [0, 0]),
    );
  });
});
