import type { SessionState } from '@archive-gate/game-engine';
import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { playedGame, startedSession } from '../../../test/harness/play.ts';
import { redisOfFile } from '../../../test/harness/redis.ts';
import type { CacheKey } from '../../kernel/cache/index.ts';
import { copyOf, keepState, readHotState } from './hot-sessions.ts';
import { sessionState } from './index.ts';

const TENANT = 'small-company';
const db = useDatabase();
let redis: Redis;
beforeAll(async () => {
  redis = new Redis(redisOfFile());
  expect(await db.platform.cache.whenOpen()).toBe(true);
});
afterAll(() => redis.disconnect());

const stored = (sessionId: string): Promise<SessionState> =>
  db.platform.tenancy.run(TENANT, (tx) => sessionState(tx, sessionId));
const addressOf = (sessionId: string) => db.platform.tenancy.run(TENANT, async (tx) => copyOf(tx, sessionId));

const pause = { type: 'pause' } as const;
const resume = { type: 'resume' } as const;
const act = (sessionId: string, action: object) =>
  db.platform.game.act(TENANT, { sessionId, actionId: uuidv7(), action });

/** The copy at a sequence, once it has followed. */
async function copyAt(sessionId: string, sequence: number) {
  const copy = await addressOf(sessionId);
  await expect.poll(async () => Number(await redis.hget(copy.key, 'sequence'))).toBe(sequence);
  return copy;
}

/** Makes the copy differ, so that it shows whether it was used. */
async function mark(key: string, changes: Partial<SessionState>): Promise<void> {
  const before = JSON.parse((await redis.hget(key, 'text')) ?? '');
  await rewrite(key, { text: JSON.stringify({ ...before, ...changes }) });
}

/** As one of the platform's programs would have written it. */
async function rewrite(key: string, fields: Record<string, string>): Promise<void> {
  const copy = { ...(await redis.hgetall(key)), ...fields };
  const { epoch = '', sequence = '', mark = '', form = '', text = '' } = copy;
  const seal = db.platform.cache.seal(key as CacheKey, Number(epoch), sequence, mark, form, text);
  await redis.hset(key, { ...copy, seal });
}

describe('the hot state of a session', () => {
  it('follows every action, and is the state that the events lead to', async () => {
    const { sessionId, state } = await playedGame(db.platform, TENANT, { seed: 11, events: 120 });
    const copy = await copyAt(sessionId, state.sequence);
    expect(await readHotState(db.platform.cache, copy)).toMatchObject({ state });
    expect(await stored(sessionId)).toEqual(state);
    expect(await redis.ttl(copy.key)).toBeGreaterThan(3_000);
  });

  it('is what the next action is decided on, with what came behind it', async () => {
    const { sessionId, lastSequence } = await startedSession(db.platform, TENANT);
    const copy = await copyAt(sessionId, lastSequence);
    await mark(copy.key, { credits: 123_456 });
    expect((await db.platform.game.state(TENANT, sessionId)).credits).toBe(123_456);

    await db.platform.game.append(TENANT, {
      ...{ sessionId, actionId: uuidv7(), action: pause, expectedSequence: lastSequence, clientTime: null },
      events: [{ type: 'game.session.paused', version: 1, data: { day: 1 } }],
    });
    const open = await db.platform.game.state(TENANT, sessionId);
    expect(open).toMatchObject({ credits: 123_456, status: 'paused', sequence: lastSequence + 1 });
    expect(await redis.hget(copy.key, 'sequence')).toBe(String(lastSequence));
  });

  it.each([
    ['has another event at its sequence', async (key: string) => rewrite(key, { mark: uuidv7() })],
    ['is ahead of the store', async (key: string) => rewrite(key, { sequence: '9999' })],
    ['says another sequence than its state', async (key: string) => mark(key, { sequence: 1 })],
    ['was changed by somebody else', async (key: string) => redis.hset(key, 'sequence', '9999')],
    ['is damaged', async (key: string) => redis.hset(key, 'text', '{"half')],
    ['lacks a part', async (key: string) => redis.hdel(key, 'form')],
    ['is too long to be waited for', async (key: string) => redis.hset(key, 'text', 'x'.repeat(2_000_000))],
    ['has words for numbers', async (key: string) => redis.hset(key, { epoch: 'one', sequence: 'two' })],
    ['is a text', async (key: string) => redis.set(key, 'x')],
    ['is a list', async (key: string) => [await redis.del(key), await redis.rpush(key, 'x')]],
  ])('is removed when it %s, and the state is that of PostgreSQL', async (_, tamper) => {
    const { sessionId, lastSequence } = await startedSession(db.platform, TENANT);
    const { key } = await copyAt(sessionId, lastSequence);
    await mark(key, { credits: 123_456 });
    await tamper(key);
    expect(await db.platform.game.state(TENANT, sessionId)).toEqual(await stored(sessionId));
    await expect.poll(() => redis.exists(key)).toBe(0);
  });

  it.each([
    ['is of an earlier placement', { epoch: '0' }],
    ['is of another release', { form: '999.1' }],
  ])('is passed over when it %s, and replaced by the next action', async (_, fields) => {
    const { sessionId, lastSequence } = await startedSession(db.platform, TENANT);
    const { key } = await copyAt(sessionId, lastSequence);
    await mark(key, { credits: 123_456 });
    await rewrite(key, fields);
    expect(await db.platform.game.state(TENANT, sessionId)).toEqual(await stored(sessionId));
    await act(sessionId, pause);
    await copyAt(sessionId, lastSequence + 1);
    expect(await db.platform.game.state(TENANT, sessionId)).toEqual(await stored(sessionId));
  });

  it('is not set back by a program that is late', async () => {
    const { sessionId, lastSequence } = await startedSession(db.platform, TENANT);
    const before = await stored(sessionId);
    await act(sessionId, pause);
    await act(sessionId, resume);
    const copy = await copyAt(sessionId, lastSequence + 2);
    expect(await keepState(db.platform.cache, copy, before, uuidv7())).toBe(false);
    const earlier = { ...copy, epoch: copy.epoch - 1 };
    const far = { ...before, sequence: 9_999 };
    expect(await keepState(db.platform.cache, earlier, far, uuidv7())).toBe(false);
    expect(await redis.hget(copy.key, 'sequence')).toBe(String(lastSequence + 2));
  });

  it('is not there for an action that was refused or answered by its repetition', async () => {
    const { sessionId, lastSequence } = await startedSession(db.platform, TENANT);
    const actionId = uuidv7();
    const request = { sessionId, actionId, action: pause };
    const first = await db.platform.game.act(TENANT, request);
    expect(await db.platform.game.act(TENANT, request)).toEqual(first);
    await expect(act(sessionId, pause)).rejects.toMatchObject({ code: expect.stringMatching(/^GAME_/) });
    await copyAt(sessionId, lastSequence + 1);
    expect(await db.platform.game.state(TENANT, sessionId)).toEqual(await stored(sessionId));
  });
});
