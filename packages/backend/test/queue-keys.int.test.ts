/** What somebody does by hand to what queues have in Redis: no job is lost by it, none is harmed, and nothing storms. */
import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queuePrefix } from '../src/kernel/cache/index.ts';
import type { Delivery } from '../src/kernel/queues/index.ts';
import { type JobRow, listJobs } from '../src/modules/integration/index.ts';
import type { SqlClient } from './harness/by-hand.ts';
import { useDatabase } from './harness/database.ts';
import { effectsOf, type JobProgram, recordOnce, until, useJobPrograms } from './harness/jobs.ts';
import { useRedis } from './harness/redis.ts';

const TENANT = 'small-company';
const OTHER = 'mid-company';
const QUEUE = 'notifications';
const keyOf = (rest: string) => `${queuePrefix(QUEUE)}:${QUEUE}:${rest}`;

const db = useDatabase();
const own = useRedis();
const programs = useJobPrograms(db);
let admin: SqlClient;
let redis: Redis;
beforeAll(async () => {
  admin = await db.connectAsAdmin();
  redis = new Redis(own.url);
});
afterAll(() => redis.disconnect());

const open = () => programs.open({ redisUrl: own.url, handle: recordOnce(() => db.platform) });
const jobOf = async (id: string): Promise<JobRow | undefined> =>
  (await db.platform.tenancy.run(TENANT, (tx) => listJobs(tx, { id }, 1)))[0];
const isDone = async (id: string) => (await jobOf(id))?.state === 'done';
const isCarried = (id: string) => until(async () => (await redis.exists(keyOf(`${id}.0`))) === 1);
const workersWait = () => until(async () => (await redis.exists(keyOf('stalled-check'))) === 1);

/** It was due so long ago that somebody should have had it. */
const makeLate = (id: string) =>
  admin.query("UPDATE integration.jobs SET due_at = due_at - interval '10 s' WHERE id = $1", [id]);

async function expectOnce(id: string): Promise<void> {
  expect((await effectsOf(admin))[id]).toBe(1);
}

describe('a job whose word is with Redis, and is not brought to anybody', () => {
  it.each([
    [
      'its list is gone, and the rest is not, as evicting leaves it',
      () => redis.del(keyOf('wait'), keyOf('marker')),
    ],
    [
      'somebody has paused the queue',
      async () => {
        await redis.hset(keyOf('meta'), 'paused', '1');
        await redis.rename(keyOf('wait'), keyOf('paused')).catch(() => {});
      },
    ],
  ])('is run all the same when %s', async (_, harm) => {
    await redis.flushall();
    const [teller, worker] = [await open(), await open()];
    const id = await teller.enqueue(TENANT, 'unheard');
    await isCarried(id);
    await harm();
    worker.start(TENANT);
    await workersWait();
    expect(await isDone(id)).toBe(false);
    await makeLate(id);
    await until(() => isDone(id));
    await expectOnce(id);
    await worker.queues.stop();
  });

  it('is run by who carries within itself when keys are not what they were, without a storm of connections', async () => {
    await redis.flushall();
    const worker = await open();
    worker.start(TENANT);
    await workersWait();
    for (const rest of ['wait', 'marker', 'active', 'meta']) {
      await redis.del(keyOf(rest));
      await redis.set(keyOf(rest), 'strange');
    }
    const before = await connectionsOf();
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) ids.push(await worker.enqueue(TENANT, `strange ${n}`));
    for (const id of ids) {
      await until(() => isDone(id));
      await expectOnce(id);
    }
    expect((await connectionsOf()) - before).toBeLessThan(10);
    expect(await commandsDuring(500)).toBeLessThan(500);
    await redis.flushall();
    await workersWait();
    const after = await worker.enqueue(TENANT, 'after');
    await until(() => isDone(after));
    await worker.queues.stop();
  });
});

describe('a delivery that somebody has put into Redis', () => {
  const bring = async (worker: JobProgram, delivery: Record<string, unknown>) => {
    const forger = new (await import('bullmq')).Queue(QUEUE, {
      connection: {
        host: '127.0.0.1',
        port: Number(new URL(own.url).port),
        password: new URL(own.url).password,
      },
      prefix: queuePrefix(QUEUE),
    });
    const name = `forged.${uuidv7()}`;
    await forger.add(QUEUE, delivery, { jobId: name, removeOnComplete: true, removeOnFail: true });
    await until(async () => (await redis.exists(keyOf(name))) === 0);
    await forger.close();
    return worker;
  };
  let worker: JobProgram;
  let waiting: string;
  const forged = async (): Promise<Record<string, Delivery | Record<string, unknown>>> => {
    const { id: tenantId } = await db.platform.tenancy.locate(TENANT);
    const { id: other } = await db.platform.tenancy.locate(OTHER);
    const right = { queue: QUEUE, tenantId, jobId: waiting, attempts: 0, more: false };
    return {
      'names no tenant': { ...right, tenantId: undefined },
      'names another tenant': { ...right, tenantId: other },
      'names a tenant that there is not': { ...right, tenantId: uuidv7() },
      'names another queue': { ...right, queue: 'exports' },
      'names a job that there is not': { ...right, jobId: uuidv7() },
      'says another number of tries': { ...right, attempts: 7 },
      'is of no shape': { hello: 'x'.repeat(100_000) },
    };
  };
  beforeAll(async () => {
    await redis.flushall();
    waiting = await (await open()).enqueue(TENANT, 'not yet', { delayMs: 60_000 });
  });
  afterAll(() => redis.flushall());

  it('changes nothing where its job is not due, and where it is, nothing but by its own name', async () => {
    worker = await open();
    worker.queues.start({ tenants: async () => [], pollMs: 60_000 });
    await workersWait();
    for (const delivery of Object.values(await forged())) await bring(worker, delivery);
    expect(await jobOf(waiting)).toMatchObject({ state: 'waiting', attempts: 0 });
    await admin.query('UPDATE integration.jobs SET due_at = now() WHERE id = $1', [waiting]);
    // Of another kind, and due: its handler would not know what to do with it.
    await admin.query("UPDATE integration.jobs SET name = 'exports' WHERE id = $1", [waiting]);
    for (const delivery of Object.values(await forged())) await bring(worker, delivery);
    const { id: tenantId } = await db.platform.tenancy.locate(TENANT);
    await bring(worker, { queue: QUEUE, tenantId, jobId: waiting, attempts: 0, more: true });
    expect(await jobOf(waiting)).toMatchObject({ name: 'exports', state: 'waiting', attempts: 0 });
    await worker.queues.stop();
  });
});

describe('queues that are started twice', () => {
  it('run once, and end', async () => {
    const program = await open();
    program.start(TENANT);
    program.start(TENANT);
    const id = await program.enqueue(TENANT, 'twice');
    await until(() => isDone(id));
    await expectOnce(id);
    await program.queues.stop();
    const later = await program.enqueue(TENANT, 'later');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await isDone(later)).toBe(false);
  });
});

const statOf = async (name: string) =>
  Number(new RegExp(`${name}:(\\d+)`).exec(await redis.info('stats'))?.[1]);
const connectionsOf = () => statOf('total_connections_received');
async function commandsDuring(ms: number): Promise<number> {
  const before = await statOf('total_commands_processed');
  await new Promise((resolve) => setTimeout(resolve, ms));
  return (await statOf('total_commands_processed')) - before;
}
