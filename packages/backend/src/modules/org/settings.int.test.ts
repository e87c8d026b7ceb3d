import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import type { Platform } from '../../platform.ts';
import { entitlementTo, grantEntitlement } from '../billing/index.ts';
import { changeSettings, type TenantSettings, tenantSettings } from './index.ts';

const TENANT = 'small-company';
const db = useDatabase();
let other: Platform;
beforeAll(async () => {
  other = db.open({});
  for (const { cache } of [db.platform, other]) expect(await cache.whenOpen()).toBe(true);
});

describe('what a tenant decided, and what it may use', () => {
  const settings = ({ tenancy, cache }: Platform) => tenancy.run(TENANT, (tx) => tenantSettings(tx, cache));
  const change = ({ tenancy, cache }: Platform, changes: Partial<TenantSettings>) =>
    tenancy.run(TENANT, (tx) => changeSettings(tx, cache, changes));

  it('is the same from Redis as from PostgreSQL, and follows a change from another program', async () => {
    const first = await settings(db.platform);
    expect(await settings(db.platform)).toEqual(first);
    expect(await settings(db.open({ redisUrl: null }))).toEqual(first);
    await change(other, { timeZone: 'Europe/Berlin', options: { game: { tempo: 2 } } });
    const changed = { ...first, timeZone: 'Europe/Berlin', options: { game: { tempo: 2 } } };
    await expect.poll(() => settings(db.platform)).toEqual(changed);
    await expect(change(other, { weekStartsOn: 9 })).rejects.toMatchObject({
      code: expect.stringMatching(/^DATABASE_/),
    });
    expect(await settings(db.platform)).toEqual(changed);
  });

  it('is entitled to the largest of what holds now, and to nothing after its end', async () => {
    const { tenancy, cache } = db.platform;
    const admin = await db.connectAsAdmin();
    const { rows } = await admin.query(
      `SELECT key FROM billing.features WHERE measure = 'limit'
       AND key NOT IN (SELECT feature_key FROM billing.entitlements) LIMIT 1`,
    );
    const featureKey = rows[0]?.key ?? 'none';
    const ask = (platform: Platform) =>
      platform.tenancy.run(TENANT, (tx) => entitlementTo(tx, platform.cache, featureKey));
    expect(await ask(other)).toBeUndefined();
    const untilMs = Date.now() + 3_600_000;
    for (const [source, quantity] of [['trial', 5] as const, ['courtesy', 9] as const])
      await tenancy.run(TENANT, (tx) =>
        grantEntitlement(tx, cache, { featureKey, source, quantity, validUntil: new Date(untilMs) }),
      );
    await expect.poll(() => ask(other)).toEqual({ quantity: 9 });
    const later = db.open({ clock: { now: () => new Date(untilMs) } });
    expect(await ask(later)).toBeUndefined();
  });
});
