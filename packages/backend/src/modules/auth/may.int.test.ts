import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { somePlayer } from '../../../test/harness/play.ts';
import { redisOfFile } from '../../../test/harness/redis.ts';
import { restrictPerson } from '../../data-subjects/rights.ts';
import type { Platform } from '../../platform.ts';
import { grantRole, may, revokeRole } from './index.ts';

const TENANT = 'small-company';
const PLAY = 'game.sessions.play';
const REPLAY = 'game.sessions.replay';
const DAY_MS = 86_400_000;

const db = useDatabase();
let redis: Redis;
let other: Platform;
let userId: string;
beforeAll(async () => {
  redis = new Redis(redisOfFile());
  other = db.open({});
  for (const { cache } of [db.platform, other]) expect(await cache.whenOpen()).toBe(true);
  userId = await somePlayer(db.platform, TENANT);
});
beforeEach(() => redis.flushdb());
afterAll(() => redis.disconnect());

const ask = ({ tenancy, cache }: Platform, permission: string, tenant = TENANT) =>
  tenancy.run(tenant, (tx) => may(tx, cache, userId, permission));
const grant = ({ tenancy, cache }: Platform, expiresAt: Date | null = null, roleKey = 'trainer') =>
  tenancy.run(TENANT, (tx) => grantRole(tx, cache, { userId, roleKey, grantedByUserId: null, expiresAt }));
const revoke = ({ tenancy, cache }: Platform) =>
  tenancy.run(TENANT, (tx) => revokeRole(tx, cache, { userId, roleKey: 'trainer' }));

describe('what a person may do', () => {
  it('is what their roles allow, and follows a grant and its end in every program', async () => {
    expect([await ask(db.platform, PLAY), await ask(db.platform, REPLAY)]).toEqual([true, false]);
    await grant(other);
    await expect.poll(() => ask(db.platform, REPLAY)).toBe(true);
    expect(await ask(db.platform, REPLAY)).toBe(true);
    expect(await revoke(other)).toBe(true);
    await expect.poll(() => ask(db.platform, REPLAY)).toBe(false);
    expect(await revoke(other)).toBe(false);
  });

  it('ends with the time of a role, although it is kept from before', async () => {
    const tomorrow = new Date(Date.now() + DAY_MS);
    await grant(db.platform, tomorrow);
    expect(await ask(db.platform, REPLAY)).toBe(true);
    const later = db.open({ clock: { now: () => new Date(tomorrow.getTime() + 1) } });
    expect(await later.cache.whenOpen()).toBe(true);
    expect([await ask(later, REPLAY), await ask(later, PLAY)]).toEqual([false, true]);
    await revoke(db.platform);
  });

  it('is nothing for who is suspended, from that moment on', async () => {
    expect(await ask(db.platform, PLAY)).toBe(true);
    await restrictPerson(db.platform, { tenant: TENANT, user: userId }, false);
    expect(await ask(db.platform, PLAY)).toBe(false);
    await restrictPerson(db.platform, { tenant: TENANT, user: userId }, true);
    expect(await ask(db.platform, PLAY)).toBe(true);
  });

  it('is nothing in another tenant, and the same without Redis', async () => {
    expect(await ask(db.platform, PLAY)).toBe(true);
    expect(await ask(db.platform, PLAY, 'mid-company')).toBe(false);
    const without = db.open({ redisUrl: null });
    expect([await ask(without, PLAY), await ask(without, REPLAY)]).toEqual([true, false]);
  });

  it('comes of roles and people that there are', async () => {
    await expect(grant(db.platform, null, 'emperor')).rejects.toMatchObject({ code: 'AUTH_ROLE_UNKNOWN' });
    const { tenancy, cache } = db.platform;
    const nobody = { userId: uuidv7(), roleKey: 'trainer', grantedByUserId: null, expiresAt: null };
    await expect(tenancy.run(TENANT, (tx) => grantRole(tx, cache, nobody))).rejects.toMatchObject({
      code: expect.stringMatching(/^DATABASE_/),
    });
  });
});
