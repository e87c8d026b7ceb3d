import fc from 'fast-check';
import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlClient } from '../../test/harness/by-hand.ts';
import { useDatabase } from '../../test/harness/database.ts';
import {
  effectsOf,
  fillQueue,
  recordOnce,
  statesOf,
  until,
  useJobPrograms,
} from '../../test/harness/jobs.ts';
import { redisOfFile } from '../../test/harness/redis.ts';
import { queuePrefix, readKey } from '../kernel/cache/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { listPlayers } from '../modules/auth/index.ts';
import { dropJobsOf, JOB_NAMES, listJobs } from '../modules/integration/index.ts';
import { WINDOW } from './relay.ts';

const TENANT = 'small-company';
const OTHER = 'mid-company';
const db = useDatabase();
const programs = useJobPrograms(db);
let admin: SqlClient;
let redis: Redis;
beforeAll(async () => {
  admin = await db.connectAsAdmin();
  redis = new Redis(redisOfFile());
});
afterAll(() => redis.disconnect());

const jobsOf = (tenant: string) => db.platform.tenancy.run(tenant, (tx) => listJobs(tx, {}, 1_000));
const jobOf = async (tenant: string, id: string) => (await jobsOf(tenant)).find((job) => job.id === id);
const idle = async () => {};

describe.each([
  { carrier: 'Redis', redisUrl: redisOfFile },
  { carrier: 'PostgreSQL alone', redisUrl: () => null },
])('jobs, carried by $carrier', ({ redisUrl }) => {
  const open = (options: Omit<Parameters<typeof programs.open>[0], 'redisUrl'>) =>
    programs.open({ redisUrl: redisUrl(), ...options });

  it('run once their transaction is committed, and never when it is rolled back', async () => {
    const ran: string[] = [];
    const program = await open({ handle: async (_, { mark }) => void ran.push(mark) });
    program.start(TENANT);
    const undone = program.platform.tenancy.run(TENANT, async (tx) => {
      await program.queues.enqueue(tx, 'notifications', { mark: 'undone' });
      throw new RangeError('rolled back');
    });
    await expect(undone).rejects.toThrow('rolled back');
    const id = await program.enqueue(TENANT, 'done');
    await until(async () => (await jobOf(TENANT, id))?.state === 'done');
    expect(ran).toEqual(['done']);
    await program.queues.stop();
  });

  it('have their effect once, though every word of them is carried again and again by several programs', async () => {
    const three = await Promise.all(
      [0, 1, 2].map(async () => {
        const program = await open({ handle: recordOnce(() => db.platform) });
        program.start(TENANT);
        return program;
      }),
    );
    const ids = await Promise.all(
      three.flatMap((each, of) => [0, 1, 2, 3, 4, 5].map((n) => each.enqueue(TENANT, `${of}.${n}`))),
    );
    await Promise.all(three.map(({ queues }) => queues.settle(TENANT)));
    await until(async () => Object.keys(await effectsOf(admin)).length >= ids.length);
    const effects = await effectsOf(admin);
    expect(ids.map((id) => effects[id])).toEqual(ids.map(() => 1));
    for (const { queues } of three) await queues.stop();
  });

  it('are tried again with growing pauses, and are dead in the end, with a code and without what it said', async () => {
    const times: number[] = [];
    const program = await open({
      patience: { mostAttempts: 4, firstPauseMs: 100 },
      handle: async () => {
        times.push(performance.now());
        throw new Error('somebody@example.invalid was not found');
      },
    });
    program.start(TENANT);
    const id = await program.enqueue(TENANT, 'fails');
    await until(async () => (await jobOf(TENANT, id))?.state === 'dead');
    const dead = await jobOf(TENANT, id);
    expect(dead).toMatchObject({ attempts: 4, lastErrorCode: 'QUEUE_JOB_FAILED', dueAt: null });
    const pauses = times.slice(1).map((time, at) => time - times[at]!);
    expect(pauses.every((pause, at) => pause >= 75 * 2 ** at)).toBe(true);
    const { rows } = await admin.query('SELECT j::text AS row FROM integration.jobs AS j');
    expect(JSON.stringify(rows)).not.toContain('somebody');
    await program.queues.stop();
  });

  it('of one tenant with ten thousand do not keep the one of another waiting for more than a few', async () => {
    const order: string[] = [];
    const program = await open({
      patience: { concurrency: 2 },
      handle: async (_, { mark }) => void order.push(mark),
    });
    const { id } = await db.platform.tenancy.locate(TENANT);
    await fillQueue(admin, id, 10_000);
    program.start(TENANT, OTHER);
    await until(() => order.length > 20);
    const before = order.length;
    await program.enqueue(OTHER, 'one');
    const committed = order.length;
    await until(() => order.includes('one'));
    expect(order.indexOf('one') - committed).toBeLessThanOrEqual(3 * WINDOW);
    expect(before).toBeLessThan(2_000);
    await program.queues.stop();
    await admin.query("DELETE FROM integration.jobs WHERE payload->>'mark' = 'many'");
    await redis.flushdb();
  }, 30_000);

  it('that run when the program is told to end are finished, or handed back to be run by another', async () => {
    const begun: string[] = [];
    const program = await open({
      handle: async (job, { mark }) => {
        begun.push(mark);
        if (mark === 'long' && job.attempt === 1)
          await new Promise((resolve) => job.signal.addEventListener('abort', resolve));
        else await new Promise((resolve) => setTimeout(resolve, 200));
      },
    });
    program.start(TENANT);
    const short = await program.enqueue(TENANT, 'short');
    const long = await program.enqueue(TENANT, 'long');
    await until(() => begun.length === 2);
    await program.queues.stop(1_500);
    expect(await statesOf(program, TENANT)).toMatchObject({ [short]: 'done', [long]: 'waiting' });
    expect(await jobOf(TENANT, long)).toMatchObject({ attempts: 0 });
    const heir = await open({ handle: idle });
    heir.start(TENANT);
    await until(async () => (await jobOf(TENANT, long))?.state === 'done');
    await heir.queues.stop();
  });

  it('wait for their time', async () => {
    let waitedMs = 0;
    const begun = performance.now();
    const program = await open({
      handle: async () => {
        waitedMs = performance.now() - begun;
      },
    });
    program.start(TENANT);
    const id = await program.enqueue(TENANT, 'later', { delayMs: 700 });
    await until(async () => (await jobOf(TENANT, id))?.state === 'done');
    expect(waitedMs).toBeGreaterThanOrEqual(700);
    expect(await jobOf(TENANT, id)).toMatchObject({ attempts: 1 });
  });
});

describe('a job', () => {
  it('is refused without a tenant, without a handler, and with what its kind does not ask for', async () => {
    const program = await programs.open({ handle: idle });
    const { queues } = program;
    const within = (work: (tx: TenantTx) => Promise<unknown>) => program.platform.tenancy.run(TENANT, work);
    let ended: TenantTx | undefined;
    await within(async (tx) => {
      ended = tx;
    });
    for (const tx of [undefined, {}, { tenantId: uuidv7() }, ended])
      await expect(queues.enqueue(tx as TenantTx, 'notifications', { mark: 'x' })).rejects.toMatchObject({
        code: 'QUEUE_TENANT_MISSING',
      });
    await expect(
      within((tx) => queues.enqueue(tx, 'webhooks' as 'notifications', { mark: 'x' })),
    ).rejects.toMatchObject({
      code: 'QUEUE_HANDLER_MISSING',
    });
    await expect(within((tx) => queues.enqueue(tx, 'notifications', {} as never))).rejects.toMatchObject({
      code: 'QUEUE_PAYLOAD_INVALID',
    });
  });

  it('of one occasion is one job, however often it is asked for', async () => {
    const program = await programs.open({ handle: idle });
    const ids = await Promise.all([1, 2, 3].map((n) => program.enqueue(TENANT, `${n}`, { key: 'monday' })));
    expect(new Set(ids).size).toBe(1);
    expect(await program.enqueue(OTHER, 'x', { key: 'monday' })).not.toBe(ids[0]);
  });

  it('that its programs never lived to end is dead after as many attempts as any other', async () => {
    const program = await programs.open({ handle: idle, patience: { mostAttempts: 3 } });
    const id = await program.enqueue(OTHER, 'kills');
    await admin.query('UPDATE integration.jobs SET attempts = 3 WHERE id = $1', [id]);
    program.start(OTHER);
    await until(async () => (await jobOf(OTHER, id))?.state === 'dead');
    expect(await jobOf(OTHER, id)).toMatchObject({ lastErrorCode: 'QUEUE_ABANDONED' });
    await program.queues.stop();
  });

  it('changes nothing once another has it: its transaction is undone', async () => {
    const program = await programs.open({
      handle: recordOnce(
        () => program.platform,
        async () => {
          await admin.query(
            "UPDATE integration.jobs SET lease_id = uuidv7() WHERE payload->>'mark' = 'robbed'",
          );
        },
      ),
      patience: { leaseMs: 60_000 },
    });
    const id = await program.enqueue(OTHER, 'robbed');
    program.start(OTHER);
    await until(async () => (await jobOf(OTHER, id))?.state === 'running');
    await program.queues.stop();
    expect((await effectsOf(admin))[id]).toBeUndefined();
    expect(await jobOf(OTHER, id)).toMatchObject({ state: 'running' });
  });

  it('of a person goes with them, and the others’ stay; what is done names nobody', async () => {
    const program = await programs.open({ handle: idle });
    const [one, other] = await program.platform.tenancy.run(TENANT, (tx) => listPlayers(tx, 2));
    const done = await program.enqueue(TENANT, 'done', { userId: one!.id });
    program.start(TENANT);
    await until(async () => (await jobOf(TENANT, done))?.state === 'done');
    await program.queues.stop();
    expect((await jobOf(TENANT, done))?.payload).toEqual({});
    const gone = await program.enqueue(TENANT, 'gone', { userId: one!.id });
    const kept = await program.enqueue(TENANT, 'kept', { userId: other!.id });
    expect(await program.platform.tenancy.run(TENANT, (tx) => dropJobsOf(tx, one!.id))).toBe(1);
    const left = (await jobsOf(TENANT)).map(({ id }) => id);
    expect(left).toContain(kept);
    expect(left).not.toContain(gone);
    const { rows } = await admin.query('SELECT j::text AS row FROM integration.jobs AS j');
    expect(JSON.stringify(rows)).not.toContain(one!.id);
  });
});

describe('a job that runs while its person is forgotten', () => {
  it('is undone, and is not tried again', async () => {
    const [person] = await db.platform.tenancy.run(TENANT, (tx) => listPlayers(tx, 1));
    let dropped = 0;
    const program = await programs.open({
      handle: recordOnce(
        () => program.platform,
        async () => {
          // Another job of this tenant may be at it too, and a sum that is read before it is awaited would be lost.
          const own = await db.platform.tenancy.run(TENANT, (tx) => dropJobsOf(tx, person!.id));
          dropped += own;
        },
      ),
    });
    const id = await program.enqueue(TENANT, 'forgotten', { userId: person!.id });
    program.start(TENANT);
    await until(() => dropped === 1);
    await program.queues.stop();
    expect((await effectsOf(admin))[id]).toBeUndefined();
    expect(await jobOf(TENANT, id)).toBeUndefined();
  });
});

describe('what queues have in Redis', () => {
  it('is of the platform, on one node for each queue, and names a tenant and a job at most', async () => {
    await redis.flushdb();
    const program = await programs.open({ redisUrl: redisOfFile(), handle: idle });
    program.start(OTHER);
    const id = await program.enqueue(OTHER, 'a secret');
    await until(async () => (await jobOf(OTHER, id))?.state === 'done');
    await program.enqueue(OTHER, 'a secret');
    await program.queues.stop();
    const names = await redis.keys('*');
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter((name) => readKey(name) === undefined)).toEqual([]);
    for (const name of names.filter((each) => each.includes('queue')))
      expect(name.startsWith(`${queuePrefix('notifications')}:`)).toBe(true);
    for (const name of names) expect(await contentOf(name)).not.toContain('a secret');
  });

  it('has names that no other queue and no tenant can have', () => {
    fc.assert(
      fc.property(fc.constantFrom(...JOB_NAMES), fc.string(), fc.uuid(), (queue, rest, tenant) => {
        expect(readKey(`${queuePrefix(queue)}:${queue}:${rest}`)).toBe('platform');
        expect(readKey(`${queuePrefix(queue)}:${tenant}:${rest}`)).toBeUndefined();
        expect(readKey(`{${tenant}}:${queue}:${rest}`)).toBeUndefined();
      }),
    );
  });

  async function contentOf(name: string): Promise<string> {
    return String(await redis.dumpBuffer(name));
  }
});
