/** A replica takes over that had not heard of everything: what PostgreSQL confirms stays right, what is believed is so for its time. */
import { chooseAction, rulesFor, type SessionState } from '@archive-gate/game-engine';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { verifyCache } from '../src/caching/verify-cache.ts';
import { cached, outdate } from '../src/kernel/cache/index.ts';
import { listBoards, topPlaces } from '../src/modules/social/index.ts';
import type { Platform } from '../src/platform.ts';
import { useDatabase } from './harness/database.ts';
import { playedGame } from './harness/play.ts';
import { byHand, type FaultyPlace, followPrimary, openFaultyPlace } from './harness/redis-faults.ts';

const TENANT = 'small-company';
const PAGE = { count: 10 };
/** Long enough to be met behind the fail-over, short enough to be waited for. */
const BELIEVED = { area: 'settings', schema: z.object({ version: z.number() }), ttlMs: 4_000 } as const;

describe('a fail-over to a replica that is behind', () => {
  const db = useDatabase();
  let place: FaultyPlace;
  let platform: Platform;
  beforeAll(async () => {
    place = await openFaultyPlace();
    platform = db.open({ redisUrl: place.proxy.url, redisAnswerMs: 2_000 });
    expect(await platform.cache.whenOpen()).toBe(true);
    return () => place.close();
  });

  const believed = (version: number) =>
    platform.tenancy.run(TENANT, (tx) =>
      cached(tx, platform.cache, BELIEVED, null, async () => ({ version })),
    );
  const topBy = ({ tenancy, cache }: Platform) =>
    tenancy.run(TENANT, async (tx) => {
      const [board] = await listBoards(tx);
      return topPlaces(tx, cache, board!.id, PAGE);
    });
  const copiedAt = (url: string, key: string) =>
    byHand(url, async (redis) => Number(await redis.hget(key, 'sequence')));

  it('misleads nobody about sessions and boards, and about what is believed for its stated time at most', async () => {
    const { id, slug } = await platform.tenancy.locate(TENANT);
    const { sessionId, state } = await playedGame(platform, TENANT, { seed: 2, events: 60 });
    const key = `{${id}}:session:${sessionId}`;
    await expect.poll(() => copiedAt(place.primary.url, key)).toBe(state.sequence);
    const before = await topBy(platform);
    expect(await believed(1)).toEqual({ version: 1 });
    const storedAt = performance.now();
    await followPrimary(place);
    await byHand(place.replicaUrl, (redis) => redis.call('REPLICAOF', 'NO', 'ONE'));

    // What the replica does not hear of: actions, another one's places, and that an answer has changed.
    const later = await playOn(platform, sessionId, state);
    await playedGame(platform, TENANT, { seed: 3, days: 2 });
    await platform.tenancy.run(TENANT, async (tx) => outdate(tx, platform.cache, 'settings', null));
    await expect.poll(() => copiedAt(place.primary.url, key)).toBe(later.sequence);
    expect(await copiedAt(place.replicaUrl, key)).toBe(state.sequence);

    place.proxy.leadTo(place.replicaUrl);
    await expect.poll(() => platform.cache.isOpen).toBe(false);
    expect(await platform.cache.whenOpen(10_000)).toBe(true);
    expect(await platform.game.state(TENANT, sessionId)).toEqual(later);
    const top = await topBy(platform);
    expect(top).toEqual(await topBy(db.open({ redisUrl: null })));
    expect(top).not.toEqual(before);
    const late = performance.now() - storedAt;
    if (late < BELIEVED.ttlMs) expect(await believed(2)).toEqual({ version: 1 });
    await expect.poll(() => believed(2), { timeout: BELIEVED.ttlMs }).toEqual({ version: 2 });
    expect((await verifyCache(platform, [{ id, slug, active: true }]))?.findings).toEqual([]);
  });
});

/** @returns the state a few actions later */
async function playOn(platform: Platform, sessionId: string, from: SessionState): Promise<SessionState> {
  const content = await platform.tenancy.run(TENANT, (tx) =>
    platform.game.packs.get(tx, from.contentVersion),
  );
  let state = from;
  for (let acted = 0; acted < 5; acted += 1) {
    const context = { rules: rulesFor(state.rulesVersion), content };
    const action = chooseAction(state, context, { skill: 'expert', seed: 2 });
    await platform.game.act(TENANT, { sessionId, actionId: uuidv7(), action });
    state = await platform.game.state(TENANT, sessionId);
  }
  return state;
}
