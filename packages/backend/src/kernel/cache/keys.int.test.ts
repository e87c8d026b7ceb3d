import fc from 'fast-check';
import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { playedGame } from '../../../test/harness/play.ts';
import { redisOfFile } from '../../../test/harness/redis.ts';
import { listBoards, topPlaces } from '../../modules/social/index.ts';
import type { TenantTx } from '../tenancy/index.ts';
import {
  AREAS,
  addressIn,
  advanceRanking,
  type CacheAddress,
  cursorBehind,
  forgetTenant,
  keepLatest,
  readKey,
  readLatest,
  readTop,
  START,
} from './index.ts';

const TENANTS = ['small-company', 'mid-company', 'consumers'] as const;
const db = useDatabase();
let redis: Redis;
beforeAll(async () => {
  redis = new Redis(redisOfFile());
  expect(await db.platform.cache.whenOpen()).toBe(true);
});
afterAll(() => redis.disconnect());

const within = <Result>(tenant: string, work: (tx: TenantTx) => Promise<Result>) =>
  db.platform.tenancy.run(tenant, work);
const addressOf = (tenant: string, area: (typeof AREAS)[number], ...parts: string[]) =>
  within(tenant, async (tx) => addressIn(tx, area, ...parts));

const part = fc.stringMatching(/^[\w.-]{1,40}$/);
const tenant = fc.constantFrom(...TENANTS);

describe('what one tenant keeps in Redis', () => {
  it('can never be read in another tenant, whatever it is called', async () => {
    const { cache } = db.platform;
    await fc.assert(
      fc.asyncProperty(tenant, tenant, part, fc.uuid(), async (writer, reader, id, mark) => {
        const state = { sequence: 1, mark, form: '1', text: `of ${writer}` };
        const written = await addressOf(writer, 'session', id);
        await forgetTenant(cache, (await db.platform.tenancy.locate(reader)).id);
        expect(await keepLatest(cache, written, state, 60)).toBe(true);
        const read = await readLatest(cache, await addressOf(reader, 'session', id));
        expect(read).toEqual(writer === reader ? state : undefined);

        const position = { cursor: cursorBehind(0), stamp: 'x' };
        const entries = [{ id: mark, score: 1, reachedAt: 0n }];
        const board = await addressOf(writer, 'board', id);
        await advanceRanking(cache, board, { from: START, to: position, entries });
        const range = { first: 1, count: 9 };
        const top = await readTop(cache, await addressOf(reader, 'board', id), position, range);
        expect(top?.places.length).toBe(writer === reader ? 1 : undefined);
        for (const each of [writer, reader])
          await forgetTenant(cache, (await db.platform.tenancy.locate(each)).id);
      }),
      { numRuns: 30 },
    );
  });

  it('has a name that begins with its tenant, which no part of the rest can change', async () => {
    const id = (await db.platform.tenancy.locate('consumers')).id;
    await within('consumers', async (tx) => {
      fc.assert(
        fc.property(fc.constantFrom(...AREAS), fc.array(fc.string(), { maxLength: 3 }), (area, parts) => {
          const address = attempt(() => addressIn(tx, area, ...parts));
          if (parts.some((each) => !/^[\w.-]+$/.test(each)))
            expect(address).toMatchObject({ code: 'VALUE_REFUSED' });
          else expect(readKey((address as CacheAddress).key)).toEqual({ tenantId: id, area, parts });
        }),
      );
    });
  });

  it('can be named in its own open transaction alone', async () => {
    const other = (await db.platform.tenancy.locate('mid-company')).id;
    let kept: TenantTx | undefined;
    await within('consumers', async (tx) => {
      kept = tx;
      const forged = { ...tx, tenantId: other } as TenantTx;
      expect(attempt(() => addressIn(forged, 'session', 'x'))).toBeInstanceOf(Error);
      expect(addressIn(Object.assign(tx, { tenantId: other }), 'session', 'x').key).not.toContain(other);
    });
    expect(attempt(() => addressIn(kept!, 'session', 'x'))).toMatchObject({
      code: 'TENANCY_TRANSACTION_ENDED',
    });
  });

  it('is not mixed with another tenant’s in one script', async () => {
    const [one, other] = [
      await addressOf('consumers', 'session', 'a'),
      await addressOf('mid-company', 'session', 'a'),
    ];
    const script = { lua: 'return 1', sha: 'none' };
    expect(() => db.platform.cache.call(script, [one.key, other.key], [])).toThrow(RangeError);
  });

  it('is all that is there after a game, but for what the platform lists', async () => {
    await redis.flushdb();
    for (const each of TENANTS) {
      await playedGame(db.platform, each, { seed: 3, events: 120 });
      const boards = await within(each, listBoards);
      for (const { id } of boards)
        await within(each, (tx) => topPlaces(tx, db.platform.cache, id, { count: 3 }));
    }
    const ids = await Promise.all(TENANTS.map(async (each) => (await db.platform.tenancy.locate(each)).id));
    const keys = (await redis.keys('*')).map((name) => readKey(name));
    expect(keys).not.toContain(undefined);
    const owned = keys.filter((key) => key !== undefined && key !== 'platform');
    expect(new Set(owned.map((key) => typeof key === 'object' && key.tenantId))).toEqual(new Set(ids));
    expect(new Set(owned.map((key) => typeof key === 'object' && key.area))).toEqual(
      new Set(['session', 'board']),
    );
    for (const name of await redis.keys('{*')) expect(await redis.ttl(name)).toBeGreaterThan(0);
  });

  it('goes with the tenant, and leaves the others’ alone', async () => {
    const address = await addressOf('consumers', 'session', uuidv7());
    const beside = await addressOf('mid-company', 'session', uuidv7());
    const state = { sequence: 1, mark: 'm', form: '1', text: '{}' };
    for (const each of [address, beside]) await keepLatest(db.platform.cache, each, state, 60);
    const gone = await forgetTenant(db.platform.cache, (await db.platform.tenancy.locate('consumers')).id);
    expect(gone).toBeGreaterThan(0);
    expect(await redis.exists(address.key)).toBe(0);
    expect(await redis.exists(beside.key)).toBe(1);
  });
});

function attempt<Result>(work: () => Result): Result | unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
