/** A consumer that fails stops at one event of one session; everything else goes on, and it can be mended and rebuilt. */
import { beforeAll, describe, expect, it } from 'vitest';
import { insertEvents, insertSession, inTenant, type SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { countingConsumer, effectsOf, makeEffectsTable, upTo } from '../../../test/harness/effects.ts';
import { defineErrors } from '../errors/index.ts';

const TENANT = 'consumers';
const FRAGILE = 'test.fragile';
const STURDY = 'test.sturdy';

const testErrors = defineErrors({
  TEST_BUSY: { message: 'Something else is busy.', next: 'wait', exitCode: 1, retryable: true },
});

describe('a consumer that fails', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let app: SqlClient;
  let tenantId = '';

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    app = await db.connectAsApp();
    await makeEffectsTable(admin);
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
  });

  const append = (sessionId: string, from: number, to: number) =>
    inTenant(app, tenantId, async () => {
      for (const sequence of upTo(to, from)) await insertEvents(app, tenantId, [{ sessionId, sequence }]);
    });

  /** A platform whose fragile consumer fails at one event of one session, as long as `fail` returns an error. */
  function platformFailingAt(sessionId: string, sequence: number, fail: () => Error | undefined) {
    const fragile = countingConsumer(FRAGILE, { resettable: true });
    const failing: typeof fragile = {
      ...fragile,
      async apply(tx, batches) {
        await fragile.apply(tx, batches);
        const met = batches.some(
          ({ session, events }) =>
            session.id === sessionId && events.some((each) => each.sequence === sequence),
        );
        const error = met ? fail() : undefined;
        if (error) throw error;
      },
    };
    return db.open({ consumers: [failing, countingConsumer(STURDY)], retryMs: 0 });
  }

  it('parks one session at one event, with a reason that quotes nothing, and goes on when it is mended', async () => {
    const [poisoned, sound] = [await insertSession(app, tenantId), await insertSession(app, tenantId)];
    await append(poisoned, 1, 10);
    let broken = true;
    const { consumers } = platformFailingAt(poisoned, 7, () =>
      broken ? new TypeError('somebody@example.org cannot be read') : undefined,
    );
    await consumers.settle(TENANT);
    await append(sound, 1, 10);
    await append(poisoned, 11, 12);
    await consumers.settle(TENANT);

    expect(await effectsOf(admin, FRAGILE, poisoned)).toEqual(upTo(6));
    expect(await effectsOf(admin, STURDY, poisoned)).toEqual(upTo(12));
    expect(await effectsOf(admin, FRAGILE, sound)).toEqual(upTo(10));
    const [fragile, sturdy] = await consumers.status(TENANT);
    expect(sturdy).toMatchObject({ eventsBehind: 0, parked: 0, stuck: [] });
    expect(fragile).toMatchObject({ eventsBehind: 6, sessionsBehind: 1, parked: 1 });
    expect(fragile?.stuck).toEqual([
      expect.objectContaining({
        sessionId: poisoned,
        sequence: 7,
        code: 'CONSUMER_FAILED',
        attempts: 1,
        retryAt: null,
      }),
    ]);
    expect(JSON.stringify(fragile)).not.toContain('somebody');

    expect(await consumers.retry(TENANT)).toBe(1);
    await consumers.settle(TENANT);
    expect((await consumers.status(TENANT))[0]).toMatchObject({ parked: 1 });
    broken = false;
    await consumers.retry(TENANT, { consumer: FRAGILE, sessionId: poisoned });
    await consumers.settle(TENANT);
    expect(await effectsOf(admin, FRAGILE, poisoned)).toEqual(upTo(12));
    expect((await consumers.status(TENANT))[0]).toMatchObject({ eventsBehind: 0, parked: 0 });
  });

  it('waits and tries again by itself when the failure may pass', async () => {
    const sessionId = await insertSession(app, tenantId);
    await append(sessionId, 1, 3);
    // In its group, alone, and alone with its own action: only then is it a failure that waits.
    let failures = 3;
    const { consumers } = platformFailingAt(sessionId, 2, () =>
      failures-- > 0 ? testErrors.TEST_BUSY() : undefined,
    );
    consumers.start({ tenants: async () => [TENANT], pollMs: 100, listen: false });
    await expect.poll(() => effectsOf(admin, FRAGILE, sessionId), { timeout: 15_000 }).toEqual(upTo(3));
    await consumers.stop();
    expect((await consumers.status(TENANT))[0]).toMatchObject({ parked: 0, stuck: [] });
  });

  it('is read again from zero in another version, while events are appended, and misses none of them', async () => {
    const sessions = [await insertSession(app, tenantId), await insertSession(app, tenantId)];
    for (const id of sessions) await append(id, 1, 20);
    const first = db.open({ consumers: [countingConsumer(FRAGILE, { resettable: true })] });
    await first.consumers.settle(TENANT);
    const marked = await admin.query('SELECT max(at) AS last FROM public.effects');

    const second = db.open({ consumers: [countingConsumer(FRAGILE, { resettable: true, version: 2 })] });
    expect((await second.consumers.status(TENANT))[0]?.toRebuild).toBeGreaterThanOrEqual(2);
    second.consumers.start({ tenants: async () => [TENANT], pollMs: 50, listen: false });
    for (const id of sessions) await append(id, 21, 40);
    await second.consumers.settle(TENANT);
    await second.consumers.stop();

    for (const id of sessions) expect(await effectsOf(admin, FRAGILE, id)).toEqual(upTo(40));
    const old = await admin.query(
      'SELECT count(*)::int AS n FROM public.effects WHERE consumer = $1 AND at <= $2',
      [FRAGILE, marked.rows[0].last],
    );
    expect(old.rows[0].n).toBe(0);
    // The older program leaves what the newer one has read alone.
    await append(sessions[0]!, 41, 41);
    await first.consumers.settle(TENANT);
    expect(await effectsOf(admin, FRAGILE, sessions[0]!)).toEqual(upTo(40));
  });

  it('reports an unknown name, and a session that is not there', async () => {
    const { consumers } = db.platform;
    await expect(consumers.rebuild(TENANT, 'nobody.knows')).rejects.toMatchObject({
      code: 'CONSUMER_UNKNOWN',
    });
    await expect(
      consumers.rebuild(TENANT, 'game.read-models', { sessionId: tenantId }),
    ).rejects.toMatchObject({ code: 'CONSUMER_SESSION_UNKNOWN' });
  });
});
