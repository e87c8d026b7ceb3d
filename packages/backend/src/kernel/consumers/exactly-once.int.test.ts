/** Whatever happens to writers, workers and words: each consumer handles each event once. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertEvents, insertSession, inTenant, type SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import {
  countingConsumer,
  deviations,
  effectsOf,
  makeEffectsTable,
  upTo,
} from '../../../test/harness/effects.ts';
import { execute } from '../../../test/harness/execute.ts';
import type { Platform, PlatformOptions } from '../../platform.ts';
import { simulate } from '../../simulate/index.ts';
import { enterTenant } from '../isolation/enter-tenant.ts';

const TENANT = 'consumers';
const COUNTER = 'test.counter';

describe('a consumer handles each event once', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let tenantId = '';
  let platform: Platform;

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    await makeEffectsTable(admin);
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
    platform = open({});
  });

  const open = (options: Omit<PlatformOptions, 'appUrl'>) =>
    db.open({ consumers: [countingConsumer(COUNTER)], retryMs: 0, ...options });
  const settle = (who = platform) => who.consumers.settle(TENANT);
  const effects = (sessionId: string) => effectsOf(admin, COUNTER, sessionId);
  const events = (sessionId: string, from: number, to: number) =>
    upTo(to, from).map((sequence) => ({ sessionId, sequence }));

  async function append(sessionId: string, from: number, to: number): Promise<void> {
    const app = await db.connectAsApp();
    await inTenant(app, tenantId, () => insertEvents(app, tenantId, events(sessionId, from, to)));
    await app.end();
  }

  it('when transactions commit in the reverse of the order that they began in', async () => {
    const [one, other] = [await db.connectAsApp(), await db.connectAsApp()];
    const sessions = [await insertSession(one, tenantId), await insertSession(other, tenantId)] as const;
    for (const [at, client] of [one, other].entries()) {
      await client.query('BEGIN');
      await enterTenant(client, tenantId);
      await insertEvents(client, tenantId, events(sessions[at]!, 1, 3));
    }
    await other.query('COMMIT');
    await settle();
    expect([await effects(sessions[0]), await effects(sessions[1])]).toEqual([[], upTo(3)]);
    await one.query('COMMIT');
    await settle();
    expect([await effects(sessions[0]), await effects(sessions[1])]).toEqual([upTo(3), upTo(3)]);
  });

  it('when a transaction stays open for minutes while everybody else goes on', async () => {
    const slow = await db.connectAsApp();
    const held = await insertSession(slow, tenantId);
    const busy = await insertSession(slow, tenantId);
    await append(held, 1, 2);
    await slow.query('BEGIN');
    await enterTenant(slow, tenantId);
    await insertEvents(slow, tenantId, [
      { sessionId: held, sequence: 3, serverTime: new Date(Date.now() - 600_000).toISOString() },
    ]);
    for (let at = 1; at <= 10; at += 1) {
      await append(busy, at, at);
      await settle();
      expect(await effects(busy)).toEqual(upTo(at));
      expect(await effects(held)).toEqual(upTo(2));
    }
    await slow.query('COMMIT');
    await settle();
    expect(await effects(held)).toEqual(upTo(3));
    expect(await effects(busy)).toEqual(upTo(10));
  });

  it('when a transaction is aborted and its sequences are taken by another', async () => {
    const app = await db.connectAsApp();
    const sessionId = await insertSession(app, tenantId);
    await append(sessionId, 1, 1);
    await app.query('BEGIN');
    await enterTenant(app, tenantId);
    await insertEvents(app, tenantId, events(sessionId, 2, 4));
    await settle();
    await app.query('ROLLBACK');
    expect(await effects(sessionId)).toEqual([1]);
    await append(sessionId, 2, 3);
    await settle();
    expect(await effects(sessionId)).toEqual(upTo(3));
  });

  it('when it was paused, and far more than a batch has come meanwhile', async () => {
    const app = await db.connectAsApp();
    const sessionId = await insertSession(app, tenantId);
    await append(sessionId, 1, 5);
    await settle();
    for (let from = 6; from <= 4_500; from += 500) await append(sessionId, from, Math.min(from + 499, 4_500));
    expect(await effects(sessionId)).toEqual(upTo(5));
    await settle();
    expect(await effects(sessionId)).toEqual(upTo(4_500));
  });

  it('when its connection dies between the effect and the cursor', async () => {
    const app = await db.connectAsApp();
    const sessionId = await insertSession(app, tenantId);
    await append(sessionId, 1, 4);
    let deaths = 0;
    const dying = open({
      consumers: [
        countingConsumer(COUNTER, {
          async afterEffect(tx) {
            const { rows } = await execute(
              tx,
              sql`SELECT pg_backend_pid() AS pid, count(*)::int AS n
              FROM public.effects WHERE session_id = ${sessionId}::uuid`,
            );
            if (rows[0]?.n === 0) return;
            expect(rows[0]?.n).toBe(4);
            deaths += 1;
            await admin.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
          },
        }),
      ],
    });
    await expect(settle(dying)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(deaths).toBe(1);
    expect(await effects(sessionId)).toEqual([]);
    await settle();
    expect(await effects(sessionId)).toEqual(upTo(4));
  });

  it('when two programs share the work while it is played', { timeout: 60_000 }, async () => {
    const programs = [open({}), open({})];
    for (const { consumers } of programs)
      consumers.start({ tenants: async () => [TENANT], workers: 2, pollMs: 100 });
    const report = await simulate(programs[0]!, {
      tenant: TENANT,
      players: 8,
      seed: 5,
      days: 3,
      actions: 300,
    });
    expect(report.failed).toBe(0);
    for (const { consumers } of programs) await consumers.stop();
    await settle();
    expect(await deviations(admin, COUNTER)).toEqual([]);
  });

  it('when every notification is lost: the poll finds what is new', async () => {
    const app = await db.connectAsApp();
    const sessionId = await insertSession(app, tenantId);
    const deaf = open({});
    deaf.consumers.start({ tenants: async () => [TENANT], pollMs: 50, listen: false });
    await append(sessionId, 1, 3);
    await expect.poll(() => effects(sessionId), { timeout: 10_000 }).toEqual(upTo(3));
    await deaf.consumers.stop();
  });

  it('and hears of what another program has appended, long before the poll', async () => {
    const listener = open({});
    const writer = open({});
    listener.consumers.start({ tenants: async () => [TENANT], pollMs: 3_600_000 });
    await simulate(writer, { tenant: TENANT, players: 1, seed: 9, days: 2, actions: 10 });
    await expect.poll(() => deviations(admin, COUNTER), { timeout: 10_000 }).toEqual([]);
    await listener.consumers.stop();
  });
});
