import { once } from 'node:events';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { callDmz, expectFailure, startDmz } from '../../test/harness/run-dmz.ts';
import { recordAudit } from '../modules/admin/index.ts';

const TENANT = 'small-company';

describe('dmz queue', () => {
  const db = useDatabase();
  let admin: SqlClient;
  let id: string;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    await db.platform.tenancy.run(TENANT, (tx) =>
      recordAudit(tx, { actor: { kind: 'program' }, action: 'admin.test.done' }),
    );
    id = await db.platform.tenancy.run(TENANT, (tx) => db.platform.queues.enqueue(tx, 'checkpoints', {}));
  });
  const dmz = (...args: string[]) => callDmz(['queue', ...args], db.environment);
  async function json(...args: string[]) {
    const { out, err, status } = await dmz(...args, '--json');
    if (out === '') throw new Error(err);
    expect(status).toBe(0);
    return JSON.parse(out);
  }

  it('counts jobs and shows one of them', async () => {
    expect(await json('list')).toEqual([
      { tenant: TENANT, name: 'checkpoints', state: 'waiting', jobs: 1, nextDueAt: expect.any(String) },
    ]);
    expect(await json('show', id)).toMatchObject({
      tenant: TENANT,
      id,
      name: 'checkpoints',
      payload: {},
      attempts: 0,
    });
    expect((await dmz('list')).out).toMatch(/small-company +checkpoints +waiting +1/);
    expect((await dmz('show', id)).out).toMatch(/state +waiting/);
  });

  it('runs what is due, and what each day asks for of the tenant, then ends', async () => {
    expect(await json('drain', '--tenant', TENANT)).toEqual({ performed: 6, interrupted: false });
    const done = await json('list', '--state', 'done', '--tenant', TENANT);
    expect(done.map(({ name }: { name: string }) => name).sort()).toEqual([
      'analytics',
      'checkpoints',
      'checkpoints',
      'erasures',
      'partition-upkeep',
      'retention',
    ]);
    const { rows } = await admin.query('SELECT count(*)::int AS n FROM admin.audit_checkpoints');
    expect(rows).toEqual([{ n: 1 }]);
    expect(await json('drain', '--tenant', TENANT)).toEqual({ performed: 0, interrupted: false });
  });

  it('lists dead jobs and has them tried again', async () => {
    await admin.query(
      "UPDATE integration.jobs SET state = 'dead', last_error_code = 'AUDIT_CHAIN_BROKEN' WHERE id = $1",
      [id],
    );
    expect(await json('list', '--state', 'dead')).toMatchObject([
      { id, lastErrorCode: 'AUDIT_CHAIN_BROKEN' },
    ]);
    expect(await json('retry', id)).toEqual({ retried: 1 });
    expect(await json('list', '--state', 'dead')).toEqual([]);
    expect(await json('retry', 'checkpoints')).toEqual({ retried: 0 });
    expectFailure(await dmz('retry', id), 'QUEUE_JOB_UNKNOWN', 1);
    expectFailure(await dmz('show', '0199c1f2-7d5e-7b3a-9c41-2f6d1e8a4b70'), 'QUEUE_JOB_UNKNOWN', 1);
    expectFailure(await dmz('list', '--state', 'lost'), 'CLI_OPTION_INVALID', 2);
  });

  it('runs jobs until it is told to end', async () => {
    const isDone = async () => {
      const { rows } = await admin.query('SELECT state FROM integration.jobs WHERE id = $1', [id]);
      return rows[0].state === 'done';
    };
    const running = startDmz(['queue', 'run', '--tenant', TENANT], db.environment);
    await vi.waitUntil(isDone, {
      timeout: 30_000,
    });
    running.kill('SIGTERM');
    expect(await once(running, 'exit')).toEqual([0, null]);
  }, 60_000);

  it('does not wait for a tenant in which nothing can run', async () => {
    await db.platform.tenancy.run(TENANT, (tx) => db.platform.queues.enqueue(tx, 'checkpoints', {}));
    expect(await callDmz(['tenant', 'suspend', TENANT, '--reason', 'test'], db.environment)).toMatchObject({
      status: 0,
    });
    expectFailure(await dmz('drain', '--tenant', TENANT), 'TENANCY_NOT_SERVED', 1);
    const { rows } = await admin.query("SELECT name FROM integration.jobs WHERE state = 'waiting'");
    expect(rows).toEqual([{ name: 'checkpoints' }]);
  });
});
