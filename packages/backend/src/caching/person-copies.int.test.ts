import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../test/harness/database.ts';
import { playedGame, somePlayer } from '../../test/harness/play.ts';
import { redisOfFile } from '../../test/harness/redis.ts';
import {
  advanceRanking,
  allow,
  type CacheKey,
  cursorBehind,
  present,
  readCursor,
} from '../kernel/cache/index.ts';
import { may, SIGN_IN_ATTEMPTS } from '../modules/auth/index.ts';
import { PLAY_ACTIONS } from '../modules/game/index.ts';
import { listBoards, placesAround, topPlaces } from '../modules/social/index.ts';
import type { Platform } from '../platform.ts';

const TENANT = 'small-company';

const forget = ({ tenancy, stores }: Platform, userId: string) =>
  tenancy.run(TENANT, async (tx) => {
    for (const store of stores) await store.forget(tx, userId);
  });

describe('what Redis has of a person who is erased', () => {
  const db = useDatabase();
  let redis: Redis;
  beforeAll(async () => {
    redis = new Redis(redisOfFile());
    expect(await db.platform.cache.whenOpen()).toBe(true);
  });
  afterAll(() => redis.disconnect());

  it('goes: states of sessions, places, what they may do and did, and that they are there', async () => {
    const { tenancy, cache } = db.platform;
    const { sessionId } = await playedGame(db.platform, TENANT, { seed: 5, days: 2 });
    const player = await somePlayer(db.platform, TENANT);
    const tenantId = (await tenancy.locate(TENANT)).id;
    const session = `{${tenantId}}:session:${sessionId}`;
    await expect.poll(() => redis.exists(session)).toBe(1);
    const [board] = await tenancy.run(TENANT, listBoards);
    const place = () => tenancy.run(TENANT, (tx) => placesAround(tx, cache, board!.id, { id: player }));
    expect((await place()).places).toHaveLength(1);
    const members = `{${tenantId}}:board:${board!.id}:members`;
    expect(await redis.hexists(members, player)).toBe(1);

    await tenancy.run(TENANT, async (tx) => {
      await may(tx, cache, player, 'game.sessions.play');
      for (const limit of [SIGN_IN_ATTEMPTS, PLAY_ACTIONS]) await allow(tx, cache, limit, player);
      await present(tx, cache, player);
    });
    const named = async () => (await redis.keys('*')).filter((name) => name.includes(player));
    expect(await named()).toHaveLength(3);

    const admin = await db.connectAsAdmin();
    await admin.query('DELETE FROM social.leaderboard_entries WHERE user_id = $1', [player]);
    await forget(db.platform, player);

    expect(await named()).toEqual([]);
    expect(await redis.exists(session)).toBe(0);
    expect(await redis.hexists(members, player)).toBe(0);
    const places = await redis.zrange(`{${tenantId}}:board:${board!.id}:places`, '0', '-1');
    expect(places.filter((each) => each.includes(player))).toEqual([]);
    expect((await place()).places).toEqual([]);
    await forget(db.platform, player);
    for (const key of await redis.keys('*')) expect(await contentOf(redis, key)).not.toContain(player);
  });

  it('is not said to be gone while Redis does not answer, and there is nothing to say without one', async () => {
    const player = await somePlayer(db.platform, TENANT);
    const nowhere = db.open({ redisUrl: 'redis://127.0.0.1:1/0' });
    const without = db.open({ redisUrl: null });
    await expect(forget(nowhere, player)).rejects.toMatchObject({ code: 'CACHE_UNREACHABLE' });
    await forget(without, player);
  });

  it('does not come back by a program that had read the places before', async () => {
    const { tenancy, cache } = db.platform;
    await playedGame(db.platform, TENANT, { seed: 6, days: 1 });
    const player = await somePlayer(db.platform, TENANT);
    const [board] = await tenancy.run(TENANT, listBoards);
    const top = () => tenancy.run(TENANT, (tx) => topPlaces(tx, cache, board!.id, { count: 50 }));
    await top();
    const tenantId = (await tenancy.locate(TENANT)).id;
    const ranking = { key: `{${tenantId}}:board:${board!.id}` as CacheKey, epoch: 1 };
    const [cursor, stamp] = await redis.hmget(ranking.key, 'cursor', 'stamp');
    const behind = {
      from: cursorBehind(readCursor(cursor!).revision - 1),
      to: { cursor: cursor!, stamp: stamp! },
    };
    const admin = await db.connectAsAdmin();
    await admin.query('DELETE FROM social.leaderboard_entries WHERE user_id = $1', [player]);
    await forget(db.platform, player);
    const late = { ...behind, entries: [{ id: player, score: 1, reachedAt: 0n }] };
    expect(await advanceRanking(cache, ranking, late)).toBe(false);
    expect((await top()).places.map(({ id }) => id)).not.toContain(player);
  });
});

/** Everything under a key, as one text. */
async function contentOf(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  if (type === 'hash') return JSON.stringify(await redis.hgetall(key));
  if (type === 'zset') return JSON.stringify(await redis.zrange(key, '0', '-1'));
  return (await redis.get(key)) ?? '';
}
