/**
 * What a move gives way to: a migration, the region that a tenant's rows stay in, a log that grows too long, and whoever
 * wants it otherwise, until the tenant is switched. And what is found of moves that nobody has finished.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { runAsOwner } from '../../src/kernel/db/index.ts';
import { refuseWhileMoving } from '../../src/kernel/migrations/moving-tenants.ts';
import { migrate } from '../../src/kernel/migrations/runner.ts';
import { RUNNER_LOCK } from '../../src/kernel/migrations/runner-lock.ts';
import { type Move, rollBackMove, runMove } from '../../src/kernel/mover/index.ts';
import { moveRegister } from '../../src/modules/public/index.ts';
import { FORGOTTEN_SLOTS, findForgottenSlots } from '../../src/moving/forgotten-slots.ts';
import { bringToEnd, planMove } from '../../src/moving/move-tenant.ts';
import type { SqlClient } from '../harness/by-hand.ts';
import { useDatabase } from '../harness/database.ts';
import { optionsFor, placeOf, plannedMove } from '../harness/mover.ts';
import { callDmz, expectFailure } from '../harness/run-dmz.ts';

const TENANT = 'small-company';
const INSTANCES = ['main', 'second'] as const;
/** It looks twice a second. */
const NOTICED_MS = 1_500;

describe('a move', { timeout: 120_000 }, () => {
  const db = useDatabase({
    instances: { second: { from: 'empty' }, overseas: { from: 'empty', region: 'us' } },
  });
  const clients: Record<string, SqlClient> = {};
  let tenantId = '';
  beforeAll(async () => {
    for (const instance of [...INSTANCES, 'overseas']) clients[instance] = await db.connectAsAdmin(instance);
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
  });

  const toSecond = (more: Parameters<typeof plannedMove>[3] = {}) =>
    plannedMove(db, TENANT, placeOf('instance', 'second'), more);
  const run = ({ id }: Move, onStep: (move: Move) => Promise<void> | void = () => {}) =>
    runMove(optionsFor(db, { onStep }), id);
  const undo = ({ id }: Move) => rollBackMove(optionsFor(db), id);
  const adminUrlOf = (instance: string) =>
    instance === 'main' ? db.adminUrl : db.instance(instance).adminUrl;

  /** As a database is that lacks the newest migration, as far as the runner can tell. */
  async function lackingAMigration<Result>(instance: string, work: () => Promise<Result>): Promise<Result> {
    const client = clients[instance]!;
    const { rows } = await client.query(
      `DELETE FROM drizzle.__drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM drizzle.__drizzle_migrations)
       RETURNING to_jsonb(__drizzle_migrations) AS entry`,
    );
    try {
      return await work();
    } finally {
      await client.query(
        'INSERT INTO drizzle.__drizzle_migrations SELECT * FROM jsonb_populate_record(null::drizzle.__drizzle_migrations, $1)',
        [rows[0].entry],
      );
    }
  }

  describe('and a migration', () => {
    it.each(INSTANCES)('exclude each other: none begins while a migration runs on %s', async (instance) => {
      const move = await toSecond();
      await clients[instance]!.query('SELECT pg_advisory_lock($1)', [RUNNER_LOCK]);
      try {
        await expect(run(move)).rejects.toMatchObject({
          code: 'TENANCY_MOVE_MIGRATING',
          found: `a migration runs on ${instance}`,
        });
      } finally {
        await clients[instance]!.query('SELECT pg_advisory_unlock($1)', [RUNNER_LOCK]);
      }
      await undo(move);
    });

    it.each(INSTANCES)('exclude each other: none begins while one is pending on %s', async (instance) => {
      const move = await toSecond();
      await lackingAMigration(instance, () =>
        expect(run(move)).rejects.toMatchObject({
          code: 'TENANCY_MOVE_MIGRATING',
          found: expect.stringMatching(new RegExp(`^\\d{4}_\\w+ on ${instance}$`)),
        }),
      );
      await undo(move);
    });

    it('exclude each other: none runs at either end of a move that is under way', async () => {
      const move = await toSecond();
      const refused: unknown[] = [];
      await run(move, async ({ step }) => {
        if (step !== 'copied' && step !== 'flipped') return;
        for (const instance of INSTANCES)
          await lackingAMigration(instance, () =>
            migrate(adminUrlOf(instance)).catch(({ code, found }) => refused.push([step, code, found])),
          );
      });
      expect(refused).toEqual(
        ['copied', 'copied', 'flipped', 'flipped'].map((step) => [step, 'MIGRATION_TENANT_MOVING', TENANT]),
      );
      for (const instance of INSTANCES) await refuseWhileMoving(clients[instance]!);
      await run(await plannedMove(db, TENANT, placeOf('shared', 'main')));
    });
  });

  /** It belongs to nobody's rows. */
  const noise = (megabytes: number) =>
    clients.main!.query(
      "SELECT pg_logical_emit_message(false, 'noise', repeat('x', 1000000)) FROM generate_series(1, $1)",
      [megabytes],
    );

  describe('whose slot holds back more than it may', () => {
    it('stops itself, holds nothing back any more, and copies anew with a higher limit', async () => {
      const move = await toSecond({ maxWalBytes: 4_000_000 });
      const failure = run(move, async ({ step }) => {
        if (step !== 'copying') return;
        await noise(8);
        await sleep(NOTICED_MS);
      });
      await expect(failure).rejects.toMatchObject({
        code: 'TENANCY_MOVE_WAL_LIMIT',
        found: expect.stringMatching(/^\d{7,} bytes of log are held back$/),
      });
      expect(await kept('main')).toEqual([]);
      expect(await db.platform.tenancy.locate(TENANT)).toMatchObject({ instance: 'main' });
      await db.platform.tenancy.run(TENANT, async () => {});
      await clients.main!.query('UPDATE public.moves SET max_wal_bytes = 2^33 WHERE id = $1', [move.id]);
      expect(await run(move)).toMatchObject({ step: 'completed', attempt: 2 });
      await run(await plannedMove(db, TENANT, placeOf('shared', 'main')));
    });
  });

  describe('that has verified everything', () => {
    const wish = ({ id }: Move, wanted: Move['wish']) =>
      runAsOwner(db.adminUrl, (tx) => moveRegister.wish(tx, id, wanted));

    it.each<[string, string, (move: Move) => Promise<unknown>]>([
      ['wants it to stop', 'TENANCY_MOVE_STOPPED', (move) => wish(move, 'stop')],
      ['fills the log', 'TENANCY_MOVE_WAL_LIMIT', () => noise(80)],
      [
        'takes it over',
        'TENANCY_MOVE_TAKEN_OVER',
        ({ id }) => runAsOwner(db.adminUrl, (tx) => moveRegister.takeUp(tx, id)),
      ],
    ])('switches nobody when somebody %s before the fence', async (_, code, interfere) => {
      const move = await toSecond({ maxWalBytes: 64_000_000 });
      const steps: string[] = [];
      const stopped = run(move, async (at) => {
        steps.push(at.step);
        if (at.step === 'verified') await interfere(at);
      });
      await expect(stopped).rejects.toMatchObject({ code });
      expect(steps.at(-1)).toBe('verified');
      expect(await db.platform.tenancy.locate(TENANT)).toMatchObject({ instance: 'main' });
      await db.platform.tenancy.run(TENANT, async () => {});
      await undo(move);
    });

    it('lifts its fence when it is to pause, and verifies again before it switches', async () => {
      const move = await toSecond({ maxPauseMs: 10_000 });
      const isWaitedFor = async () => {
        const { rows } = await clients.main!.query(
          "SELECT FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND NOT granted",
        );
        return rows.length > 0;
      };
      const steps: string[] = [];
      let working: Promise<unknown> | undefined;
      const moving = run(move, ({ step }) => {
        steps.push(step);
        if (step !== 'verified' || working) return;
        working = db.platform.tenancy.run(TENANT, async () => {
          await vi.waitUntil(isWaitedFor, { timeout: 5_000 });
          await wish(move, 'pause');
          await sleep(NOTICED_MS);
        });
      });
      await vi.waitUntil(() => working !== undefined, { timeout: 30_000 });
      await working;
      await db.platform.tenancy.run(TENANT, async () => {});
      await sleep(NOTICED_MS);
      expect(steps.at(-1)).toBe('verified');
      await wish(move, 'go');
      expect(await moving).toMatchObject({ step: 'completed' });
      expect(steps.filter((step) => step === 'verified')).toHaveLength(2);
      await run(await plannedMove(db, TENANT, placeOf('shared', 'main')));
    });
  });

  it.each(['provisioning', 'deleted'])(
    'is refused for a tenant that is %s, of which it would find no more than a part',
    async (status) => {
      const setStatus = (to: string) =>
        clients.main!.query('UPDATE public.tenants SET status = $2 WHERE id = $1', [tenantId, to]);
      await setStatus(status);
      await expect(toSecond()).rejects.toMatchObject({
        code: 'TENANCY_MOVE_UNSETTLED',
        found: `${TENANT} is ${status}`,
      });
      await setStatus('active');
    },
  );

  it('to another region needs an approval, and is written down before any row goes', async () => {
    const { environment } = db;
    const command = ['tenant', 'move', TENANT, '--to', 'instance', '--instance', 'overseas'];
    expectFailure(await callDmz(command, environment), 'TENANCY_MOVE_REGION', 1);
    const request = { slug: TENANT, tier: 'instance', instance: 'overseas', approval: 'DPO-17' } as const;
    const limits = { maxPauseMs: 2_000, keepSourceSeconds: 3_600, maxWalBytes: 2 ** 33 };
    let before: unknown[] = [];
    const onStep = async ({ step }: Move) => {
      if (step === 'claimed') before = await transfersAt('main');
    };
    const mover = { platform: db.platform, options: optionsFor(db, { onStep }) };
    const move = await planMove(mover, { ...request, ...limits });
    expect(await bringToEnd(mover, move)).toMatchObject({ step: 'completed', approval: 'DPO-17' });
    expect(before).toEqual([
      expect.objectContaining({
        ...{ move_id: move.id, kind: 'tenant_move', recipient: 'instance overseas' },
        ...{ from_region: 'eu', to_region: 'us', ground: 'standard_clauses', subjects: 40 },
        data_categories: expect.arrayContaining(['identity']),
      }),
    ]);
    expect(await transfersAt('overseas')).toEqual(before);
    const { rows } = await clients.main!.query('SELECT region FROM public.tenants WHERE id = $1', [tenantId]);
    expect(rows).toEqual([{ region: 'us' }]);
    const back = { slug: TENANT, tier: 'shared', instance: 'main', approval: 'DPO-18' } as const;
    await bringToEnd(mover, await planMove(mover, { ...back, ...limits }));
  });

  async function transfersAt(instance: string): Promise<unknown[]> {
    const text =
      'SELECT to_jsonb(t) AS row FROM governance.transfer_log AS t WHERE tenant_id = $1 ORDER BY id';
    return (await clients[instance]!.query(text, [tenantId])).rows.map(({ row }) => row);
  }

  describe('that nobody finishes', () => {
    const objectOf = (moveId: string) => `main: slot and publication of move ${moveId}`;
    const doctor = async (...more: string[]) => {
      const { out } = await callDmz(['doctor', '--json', ...more], db.environment);
      const { findings } = JSON.parse(out) as {
        findings: { rule: string; object: string; detail: string }[];
      };
      return findings.filter(({ rule }) => rule === FORGOTTEN_SLOTS).map(({ object }) => object);
    };

    it('leaves a slot that doctor finds, and removes when it is told to', async () => {
      const moveId = randomUUID();
      const name = `dmz_move_${moveId.replaceAll('-', '')}`;
      await clients.main!.query(`SELECT pg_create_logical_replication_slot('${name}', 'pgoutput')`);
      await clients.main!.query(`CREATE PUBLICATION ${name} FOR TABLE org.departments`);
      expect(await doctor()).toEqual([objectOf(moveId)]);
      expect(await doctor('--mend')).toEqual([]);
      expect(await kept('main')).toEqual([]);
    });

    it('keeps its slot while it may need it, and no longer than its limit allows', async () => {
      const move = await toSecond();
      const interrupted = run(move, ({ step }) => {
        if (step === 'copied') throw new Error('interrupted');
      });
      await expect(interrupted).rejects.toThrow('interrupted');
      expect(await findForgottenSlots(optionsFor(db), true)).toEqual([]);
      expect(await kept('main')).toHaveLength(2);
      await clients.main!.query('UPDATE public.moves SET max_wal_bytes = 1 WHERE id = $1', [move.id]);
      expect(await findForgottenSlots(optionsFor(db), false)).toMatchObject([{ object: objectOf(move.id) }]);
      expect(await findForgottenSlots(optionsFor(db), true)).toEqual([]);
      expect(await kept('main')).toEqual([]);
      await clients.main!.query('UPDATE public.moves SET max_wal_bytes = 2^33 WHERE id = $1', [move.id]);
      expect(await run(move)).toMatchObject({ step: 'completed' });
      const steps = await runAsOwner(db.adminUrl, (tx) => moveRegister.steps(tx, move.id));
      expect(steps.filter(({ step }) => step === 'copied')).toHaveLength(2);
    });
  });

  async function kept(instance: string): Promise<string[]> {
    const { rows } = await clients[instance]!.query(
      `SELECT slot_name AS name FROM pg_replication_slots WHERE database = current_database()
       UNION ALL SELECT pubname FROM pg_publication`,
    );
    return rows.map(({ name }) => name);
  }
});
