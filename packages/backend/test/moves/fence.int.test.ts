/**
 * What a tenant notices of the switch: a wait, and no failure. Short transactions are waited for; one that would keep the
 * fence waiting is cancelled, and its work done where the tenant lives then; and no fence is held for longer than allowed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Move, runMove } from '../../src/kernel/mover/index.ts';
import type { TenantTx } from '../../src/kernel/tenancy/index.ts';
import type { SqlClient } from '../harness/by-hand.ts';
import { useDatabase } from '../harness/database.ts';
import { execute } from '../harness/execute.ts';
import { optionsFor, placeOf, plannedMove } from '../harness/mover.ts';

const TENANT = 'small-company';

describe('the fence of a move', { timeout: 120_000 }, () => {
  const db = useDatabase({ instances: { second: { from: 'empty' } } });
  const clients: Record<string, SqlClient> = {};
  let at = 'main';
  beforeAll(async () => {
    for (const instance of ['main', 'second']) clients[instance] = await db.connectAsAdmin(instance);
  });

  async function move(
    limits: { maxPauseMs: number },
    onStep: (move: Move) => Promise<void> | void = () => {},
  ): Promise<Move> {
    const to = at === 'main' ? 'second' : 'main';
    const place = to === 'main' ? placeOf('shared', 'main') : placeOf('instance', to);
    const planned = await plannedMove(db, TENANT, place, limits);
    const moved = await runMove(optionsFor(db, { onStep }), planned.id);
    at = to;
    return moved;
  }

  const addDepartment = (tx: TenantTx, name: string) =>
    execute(tx, sql`INSERT INTO org.departments (tenant_id, name) VALUES (${tx.tenantId}, ${name})`);
  const departmentsAt = async (instance: string, name: string): Promise<number> => {
    const text = 'SELECT count(*)::int AS n FROM org.departments WHERE name = $1';
    return (await clients[instance]!.query(text, [name])).rows[0].n;
  };

  it('lets transactions wait that begin meanwhile, and fails none', async () => {
    const { tenancy } = db.open({ poolSize: 4 });
    let over = false;
    const waitsMs: number[] = [];
    const busy = Array.from({ length: 4 }, async (_, writer) => {
      for (let n = 0; !over; n += 1) {
        const begunAt = performance.now();
        await tenancy.run(TENANT, (tx) => addDepartment(tx, `writer ${writer}, ${n}`));
        waitsMs.push(performance.now() - begunAt);
      }
    });
    const moved = await move({ maxPauseMs: 3_000 });
    over = true;
    await Promise.all(busy);
    expect(moved.pauseMs).toBeLessThan(3_000);
    const { rows } = await clients[at]!.query(
      "SELECT count(*)::int AS n FROM org.departments WHERE name LIKE 'writer %'",
    );
    expect(rows[0].n).toBe(waitsMs.length);
  });

  it('cancels a statement that keeps it waiting, and its work is done at the new place, once', async () => {
    const { tenancy } = db.open({ poolSize: 2 });
    const before = at;
    const retries: string[] = [];
    let runs = 0;
    let working: Promise<unknown> | undefined;
    const moved = await move({ maxPauseMs: 1_000 }, async ({ step }) => {
      if (step !== 'verified' || working) return;
      working = tenancy.run(
        TENANT,
        async (tx) => {
          runs += 1;
          await addDepartment(tx, 'patient');
          if (runs === 1) await execute(tx, 'SELECT pg_sleep(25)');
        },
        { onRetry: (error) => void retries.push((error as { code: string }).code) },
      );
      await sleep(300);
    });
    await working;
    expect(moved.step).toBe('completed');
    expect({ runs, retries: retries.slice(0, 1) }).toEqual({ runs: 2, retries: ['TENANCY_INTERRUPTED'] });
    expect([await departmentsAt(before, 'patient'), await departmentsAt(at, 'patient')]).toEqual([0, 1]);
  });

  it('cancels nothing that nobody moves: a cancelled statement is a failure then, as before', async () => {
    await clients[at]!.query("UPDATE public.residents SET interrupted_at = now() - interval '1 minute'");
    const { tenancy } = db.open({ poolSize: 1, retryMs: 5_000 });
    const work = tenancy.run(TENANT, async (tx) => {
      const { rows } = await execute(tx, 'SELECT pg_backend_pid() AS pid');
      const cancelling = sleep(200).then(() =>
        clients[at]!.query('SELECT pg_cancel_backend($1)', [rows[0]?.pid]),
      );
      await Promise.all([execute(tx, 'SELECT pg_sleep(5)'), cancelling]);
    });
    await expect(work).rejects.toMatchObject({ code: 'DATABASE_CANCELLED' });
  });
});
