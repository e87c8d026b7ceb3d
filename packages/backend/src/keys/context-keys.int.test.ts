/** The key that entries into tenants are signed with changes under the programs; they find out by themselves, and nothing fails. */
import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { playedGame } from '../../test/harness/play.ts';
import { callDmz } from '../../test/harness/run-dmz.ts';
import { killAt } from '../../test/harness/stalled-command.ts';
import { settleContextKeys } from '../kernel/context/index.ts';
import { createLogger } from '../kernel/log.ts';
import { createTenancy, type Tenancy } from '../kernel/tenancy/index.ts';

const TENANT = 'small-company';
const ROTATE = ['keys', 'rotate', '--context', '--json'];

describe('the keys of entries into tenants', { timeout: 120_000 }, () => {
  const db = useDatabase({ instances: { far: { from: 'empty' } } });
  let admin: SqlClient;
  let far: SqlClient;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    far = await db.connectAsAdmin('far');
  });
  afterEach(() => vi.restoreAllMocks());

  const rotate = async () => JSON.parse((await callDmz(ROTATE, db.environment)).out);
  const enter = ({ tenancy }: { tenancy: Tenancy } = db.platform) =>
    tenancy.run(TENANT, async ({ now }) => Math.abs(now.getTime() - Date.now()));
  const signing = async (client: SqlClient) => {
    const { rows } = await client.query('SELECT id FROM public.context_keys WHERE retired_at IS NULL');
    return rows.map(({ id }) => id);
  };
  const refusals = async (): Promise<unknown[]> => {
    const told =
      "SELECT details->>'refusal' AS refusal FROM admin.audit_log WHERE action = 'admin.tenant_context.refused'";
    return (await admin.query(told)).rows.map(({ refusal }) => refusal);
  };

  it('are new at every instance after a rotation, in every tenant’s log, and none is left that signs beside them', async () => {
    const [before] = await signing(admin);
    const { contextKeyId, instances, resumed } = await rotate();
    expect([instances, resumed]).toEqual([['main', 'far'], false]);
    expect([await signing(admin), await signing(far)]).toEqual([[contextKeyId], [contextKeyId]]);
    expect(contextKeyId).not.toBe(before);
    const { rows } = await admin.query(
      "SELECT details FROM admin.audit_log WHERE action = 'admin.context_key.rotated'",
    );
    expect(rows).toEqual(Array(3).fill({ details: { contextKeyId } }));
    const listed = JSON.parse((await callDmz(['keys', 'list', '--json'], db.environment)).out);
    expect(listed.contextKeys).toMatchObject([
      { instance: 'main', id: contextKeyId, retiredAt: null },
      { instance: 'main', id: before, retiredAt: expect.any(String) },
      { instance: 'far', id: contextKeyId, retiredAt: null },
      { instance: 'far', retiredAt: expect.any(String) },
    ]);
  });

  it('are rotated again and again under play, and no action fails', async () => {
    let playing = true;
    const games = Promise.all(
      [1, 2, 3].map((seed) => playedGame(db.platform, TENANT, { seed, days: 2 })),
    ).finally(() => {
      playing = false;
    });
    let rotations = 0;
    for (; playing; rotations += 1) {
      await rotate();
      // What would take a minute: nobody is let in by a former key from here on.
      await admin.query('UPDATE public.context_keys SET retired_at = now() WHERE retired_at IS NOT NULL');
    }
    expect((await games).map(({ accepted }) => accepted.length > 0)).toEqual([true, true, true]);
    expect(rotations).toBeGreaterThan(0);
    expect(await refusals()).toEqual([]);
  });

  it('of an interrupted rotation are spread by the next one, which makes no other', async () => {
    const holder = await db.connectAsAdmin('far');
    await killAt(holder, { table: 'public.context_keys', event: 'INSERT' }, ROTATE, db.environment);
    const [half] = await signing(admin);
    expect(await signing(far)).not.toEqual([half]);
    expect(await enter()).toBeLessThan(5_000);
    expect(await rotate()).toMatchObject({ contextKeyId: half, resumed: true, instances: ['far'] });
    expect(await signing(far)).toEqual([half]);
    expect((await rotate()).resumed).toBe(false);
  });

  it('are set again where they do not follow from the administrator’s password, and programs are refused until then', async () => {
    const wrong = "UPDATE public.context_keys SET inner_pad = repeat('ab', 64) WHERE retired_at IS NULL";
    await admin.query(wrong);
    const told: string[] = [];
    const tenancy = createTenancy({
      ...{ appUrlOf: async () => db.appUrl, poolSize: 1, retryMs: 0, log: createLogger('silent') },
      onRefusal: (_, refusal) => void told.push(refusal),
    });
    await expect(enter({ tenancy })).rejects.toMatchObject({ code: 'TENANCY_TOKEN_FORGED' });
    expect(told).toEqual(['bad_token']);
    await settleContextKeys(admin, db.adminUrl);
    expect(await enter({ tenancy })).toBeLessThan(5_000);
    expect(await signing(admin)).toHaveLength(1);
    await tenancy.close();
  });

  it('are asked for once more by a program whose clock has jumped, and its clock needs not be right', async () => {
    const platform = db.open({ retryMs: 0 });
    await enter(platform);
    const now = Date.now;
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 3_600_000);
    await platform.tenancy.run(TENANT, async () => {});
    vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
    await platform.tenancy.run(TENANT, async () => {});
  });

  it('sign for one connection, so a pooler that lends by transaction is told to programs', async () => {
    const borrowed = vi.spyOn(pg.Pool.prototype, 'connect');
    const platform = db.open({ retryMs: 0, poolSize: 1 });
    await enter(platform);
    const client = await (borrowed.mock.results.at(-1)?.value as Promise<pg.PoolClient>);
    Object.assign(client, { processID: 1 });
    await expect(enter(platform)).rejects.toMatchObject({ code: 'TENANCY_OTHER_CONNECTION' });
  });
});
