/** Jobs under what kills Redis, empties it, or kills the program that runs them: none is lost, and none has its effect twice. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../src/kernel/project.ts';
import { type JobRow, listJobs } from '../src/modules/integration/index.ts';
import type { SqlClient } from './harness/by-hand.ts';
import { useDatabase } from './harness/database.ts';
import { effectsOf, type JobProgram, recordOnce, until, useJobPrograms } from './harness/jobs.ts';
import { redisOfFile, useRedis, withRedis } from './harness/redis.ts';
import { type ToxicProxy, toxicProxy } from './harness/toxic-proxy.ts';

const TENANT = 'small-company';
const db = useDatabase();
const programs = useJobPrograms(db);
let admin: SqlClient;
beforeAll(async () => {
  admin = await db.connectAsAdmin();
});

const jobOf = async (id: string): Promise<JobRow | undefined> =>
  (await db.platform.tenancy.run(TENANT, (tx) => listJobs(tx, { id }, 1)))[0];
const untilDone = (ids: readonly string[]) =>
  until(async () => {
    const jobs = await Promise.all(ids.map(jobOf));
    return jobs.every((job) => job?.state === 'done');
  });
async function expectOnce(ids: readonly string[]): Promise<void> {
  const effects = await effectsOf(admin);
  expect(ids.map((id) => effects[id])).toEqual(ids.map(() => 1));
}
const enqueueSeveral = (program: JobProgram, marks: readonly string[]) =>
  Promise.all(marks.map((mark) => program.enqueue(TENANT, mark)));

describe('a Redis that is killed with SIGKILL', () => {
  const redis = useRedis();
  const open = () => programs.open({ redisUrl: redis.url, handle: recordOnce(() => db.platform) });

  it('a moment after jobs were committed loses none: they run once when it is back', async () => {
    const program = await open();
    const ids = await enqueueSeveral(program, ['a', 'b', 'c']);
    await until(() => withRedis(redis.url, async (client) => (await client.keys('*:wait')).length > 0));
    await redis.kill();
    ids.push(...(await enqueueSeveral(program, ['d', 'e'])));
    await redis.restart();
    expect(await program.platform.cache.whenOpen(15_000)).toBe(true);
    program.start(TENANT);
    await untilDone(ids);
    await expectOnce(ids);
    await program.queues.stop();
  }, 60_000);

  it('while jobs run is gone on without, and used again when it is back', async () => {
    const program = await open();
    program.start(TENANT);
    const first = await enqueueSeveral(program, ['1', '2']);
    await untilDone(first);
    await redis.kill();
    const without = await enqueueSeveral(program, ['3', '4']);
    await untilDone(without);
    await redis.restart();
    expect(await program.platform.cache.whenOpen(15_000)).toBe(true);
    await until(async () =>
      withRedis(redis.url, async (client) => (await client.keys('*:stalled-check')).length > 0),
    );
    const again = await enqueueSeveral(program, ['5', '6']);
    await untilDone(again);
    await expectOnce([...first, ...without, ...again]);
    await program.queues.stop();
  }, 60_000);
});

describe('a Redis that accepts and never answers', () => {
  const redis = useRedis();
  let proxy: ToxicProxy;
  beforeAll(async () => {
    proxy = await toxicProxy(redis.url);
    return () => proxy.close();
  });
  const workersWait = () =>
    until(() => withRedis(redis.url, async (client) => (await client.keys('*:stalled-check')).length > 0));

  it('is gone on without, without a storm, and used again when it answers: each job runs once', async () => {
    const program = await programs.open({ redisUrl: proxy.url, handle: recordOnce(() => db.platform) });
    program.start(TENANT);
    await workersWait();
    const before = await enqueueSeveral(program, ['before']);
    proxy.become({ silent: true });
    const connected = proxy.accepted;
    const during = await enqueueSeveral(program, ['hung 1', 'hung 2', 'hung 3']);
    await untilDone([...before, ...during]);
    expect(proxy.accepted - connected).toBeLessThan(40);
    await withRedis(redis.url, (client) => client.flushdb());
    proxy.become({});
    await workersWait();
    const after = await enqueueSeveral(program, ['after']);
    await untilDone(after);
    await expectOnce([...before, ...during, ...after]);
    await program.queues.stop();
  });

  it('keeps nobody from ending: what runs is finished first', async () => {
    let begun = false;
    const slowly = async () => {
      begun = true;
      await new Promise((resolve) => setTimeout(resolve, 500));
    };
    const program = await programs.open({
      redisUrl: proxy.url,
      handle: recordOnce(() => db.platform, slowly),
    });
    program.start(TENANT);
    await workersWait();
    const ids = await enqueueSeveral(program, ['at work']);
    await until(() => begun);
    proxy.become({ silent: true });
    const stopped = performance.now();
    await program.queues.stop();
    expect(performance.now() - stopped).toBeLessThan(8_000);
    proxy.become({});
    await untilDone(ids);
    await expectOnce(ids);
  });
});

describe('word of a job', () => {
  it('reaches another program through Redis at once, long before that would have looked', async () => {
    const open = () => programs.open({ redisUrl: redisOfFile(), handle: recordOnce(() => db.platform) });
    const [teller, worker] = [await open(), await open()];
    worker.queues.start({ tenants: async () => [], pollMs: 60_000 });
    const [id = ''] = await enqueueSeveral(teller, ['told']);
    await untilDone([id]);
    await expectOnce([id]);
    await worker.queues.stop();
  });

  it('that a FLUSHALL took is carried again, also while workers wait', async () => {
    const open = () => programs.open({ redisUrl: redisOfFile(), handle: recordOnce(() => db.platform) });
    const [teller, worker] = [await open(), await open()];
    const ids = await enqueueSeveral(teller, ['x', 'y', 'z']);
    await until(() => withRedis(redisOfFile(), async (client) => (await client.keys('*:wait')).length > 0));
    await withRedis(redisOfFile(), (client) => client.flushdb());
    worker.start(TENANT);
    await untilDone(ids);
    await withRedis(redisOfFile(), (client) => client.flushdb());
    const later = await enqueueSeveral(teller, ['v', 'w']);
    await untilDone(later);
    await expectOnce([...ids, ...later]);
    await worker.queues.stop();
  });
});

describe('a program that is killed with SIGKILL in the middle of a job', () => {
  const processes: ChildProcess[] = [];
  afterAll(() => {
    for (const each of processes) each.kill('SIGKILL');
  });
  const startProcess = (holdMs: number) => {
    const file = path.join(projectRoot, 'packages/backend/test/harness/job-process.ts');
    const args = ['--import', 'tsx', file, db.appUrl, redisOfFile(), TENANT, String(holdMs)];
    const started = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] });
    processes.push(started);
    return started;
  };

  it('leaves it to another, which runs it again and has its effect once', async () => {
    const killed = startProcess(60_000);
    const program = await programs.open({
      redisUrl: redisOfFile(),
      handle: recordOnce(() => db.platform),
    });
    const [id = ''] = await enqueueSeveral(program, ['half']);
    let said = '';
    killed.stdout?.on('data', (text) => {
      said += text;
    });
    await until(() => said.includes('half-way'));
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(await jobOf(id)).toMatchObject({ state: 'running', attempts: 1 });
    expect((await effectsOf(admin))[id]).toBeUndefined();
    program.start(TENANT);
    await untilDone([id]);
    await expectOnce([id]);
    await program.queues.stop();
  }, 60_000);
});
