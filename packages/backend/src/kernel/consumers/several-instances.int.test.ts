/** Consumers follow their tenants to whatever instance these live on, and hear of new events there. */
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../../test/harness/by-hand.ts';
import { useDatabase } from '../../../test/harness/database.ts';
import { flip } from '../../../test/harness/flip.ts';
import { startedSession } from '../../../test/harness/play.ts';
import type { Platform } from '../../platform.ts';

const MOVED = 'mid-company';
const STAYED = 'consumers';

describe('consumers of tenants on several instances', () => {
  const db = useDatabase({ instances: { second: { from: 'copy' } } });
  let control: SqlClient;
  let second: SqlClient;
  let tenantId = '';

  beforeAll(async () => {
    control = await db.connectAsAdmin();
    second = await db.connectAsAdmin('second');
    tenantId = (await db.platform.tenancy.locate(MOVED)).id;
  });

  const listeners = async (instance: SqlClient) =>
    (
      await instance.query(
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'dmz-listener'",
      )
    ).rows[0].n;

  /** A poll that never comes within the test: what is handled was heard of. */
  function startListening(): Platform {
    const platform = db.open({});
    platform.consumers.start({ tenants: async () => [MOVED, STAYED], pollMs: 600_000 });
    return platform;
  }
  async function until(condition: () => Promise<boolean>): Promise<void> {
    await expect.poll(condition, { timeout: 10_000 }).toBe(true);
  }
  async function playAndBeHeard(listening: Platform, tenant: string): Promise<void> {
    const { sessionId, lastSequence } = await startedSession(db.platform, tenant);
    const action = { type: 'acknowledge_day' } as const;
    const { lastSequence: head } = await db.platform.game.act(tenant, {
      ...{ sessionId, actionId: uuidv7(), action },
    });
    expect(head).toBeGreaterThan(lastSequence);
    await until(async () =>
      (await listening.consumers.status(tenant)).every(({ sessionsBehind }) => sessionsBehind === 0),
    );
  }

  it('are told at the instance where each tenant lives, also when that changes', async () => {
    const first = startListening();
    await until(async () => (await listeners(control)) === 1);
    expect(await listeners(second)).toBe(0);
    await playAndBeHeard(first, MOVED);
    await first.close();
    await until(async () => (await listeners(control)) === 0);

    await flip({ tenantId, control, source: control, target: second, to: 'second' });
    const later = startListening();
    await until(async () => (await listeners(second)) === 1);
    await playAndBeHeard(later, MOVED);
    await playAndBeHeard(later, STAYED);
    expect([await listeners(control), await listeners(second)]).toEqual([1, 1]);
  });

  it('end when they are told to, while the instance of a tenant is away', async () => {
    const away = async () => 'postgresql://dmz_app:none@127.0.0.1:1/nowhere';
    const platform = db.open({ appUrlOf: away, retryMs: 60_000 });
    platform.consumers.start({ tenants: async () => [MOVED], listen: false });
    // By then it has been tried, and is tried again and again.
    await sleep(1_000);
    const begun = performance.now();
    await platform.consumers.stop();
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
