/**
 * What it costs to have each job in PostgreSQL: jobs a second through the platform's queues, by Redis and without, against
 * a bare BullMQ queue that keeps its jobs in Redis alone, in turns of one run. Bare, a job does nothing; `committing` is the
 * fairer ceiling, a BullMQ job that commits one row in a tenant, without anything that keeps it from being there twice.
 * Nothing is asserted, since machines are noisy.
 */
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { createLogger } from '../src/kernel/log.ts';
import { redisUp } from '../src/kernel/stack/index.ts';
import { insertJob } from '../src/modules/integration/index.ts';
import { openPlatform, type Platform } from '../src/platform.ts';
import { defineJob } from '../src/queues/define-job.ts';
import { Queues } from '../src/queues/queues.ts';
import { withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';

const TENANTS = ['small-company', 'mid-company', 'consumers'] as const;
const CONCURRENCY = 8;
const PREFIX = '{bench}';

const options = benchmarkOptions();
const jobsEach = options.quick ? 200 : 1_000;
const jobs = jobsEach * TENANTS.length;

/** Counts what was run, and says when it was everything. */
function countdown() {
  let left = jobs;
  let finished = () => {};
  const all = new Promise<void>((resolve) => {
    finished = resolve;
  });
  const one = () => {
    left -= 1;
    if (left === 0) finished();
  };
  return { all, one };
}

const perSecond = (begun: number) => jobs / ((performance.now() - begun) / 1_000);

async function bareTurn(url: string, work: (tenant: string) => Promise<unknown>): Promise<number> {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const queue = new Queue('bench', { connection, prefix: PREFIX });
  const { all, one } = countdown();
  const perform = async ({ data }: { data: { tenant: string } }) => {
    await work(data.tenant);
    one();
  };
  const worker = new Worker('bench', perform, { connection, prefix: PREFIX, concurrency: CONCURRENCY });
  await worker.waitUntilReady();
  const begun = performance.now();
  const opts = { removeOnComplete: true };
  for (const tenant of TENANTS)
    await queue.addBulk(Array.from({ length: jobsEach }, () => ({ name: 'bench', data: { tenant }, opts })));
  await all;
  const rate = perSecond(begun);
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  connection.disconnect();
  return rate;
}

async function ownTurn(platform: Platform, redisUrl: string | null): Promise<number> {
  const { tenancy, cache } = platform;
  const { all, one } = countdown();
  const kinds = {
    analytics: defineJob({
      payload: z.object({}),
      patience: { concurrency: CONCURRENCY },
      handle: async (job) => {
        await tenancy.run(job.tenantId, (tx) => job.finish(tx));
        one();
      },
    }),
  };
  const queues = new Queues({ tenancy, kinds, cache, redisUrl, log: createLogger('silent') });
  queues.start({ tenants: async () => TENANTS });
  const begun = performance.now();
  for (const tenant of TENANTS)
    await tenancy.run(tenant, async (tx) => {
      for (let made = 0; made < jobsEach; made += 1) await queues.enqueue(tx, 'analytics', {});
    });
  await all;
  const rate = perSecond(begun);
  await queues.stop();
  return rate;
}

const { url: redisUrl } = await redisUp();
if (redisUrl === null) throw new Error('This compares with Redis, and there is none: see pnpm dmz stack up.');
const rates = await withBenchDatabase('bench_queues', CONCURRENCY + 4, async ({ appUrl, platform: cold }) => {
  const hot = openPlatform({ appUrl, redisUrl, poolSize: CONCURRENCY + 4 });
  await hot.cache.whenOpen();
  const ways = {
    'bare BullMQ': () => bareTurn(redisUrl, async () => {}),
    'BullMQ, committing': () =>
      bareTurn(redisUrl, (tenant) =>
        hot.tenancy.run(tenant, (tx) => insertJob(tx, { name: 'webhooks', payload: {} })),
      ),
    'ours, by Redis': () => ownTurn(hot, redisUrl),
    'ours, PostgreSQL alone': () => ownTurn(cold, null),
  };
  const measured = new Map<string, number[]>();
  try {
    // The first round warms up.
    for (let round = -1; round < options.rounds; round += 1)
      for (const [name, turn] of Object.entries(ways)) {
        const rate = await turn();
        if (round >= 0) measured.set(name, [...(measured.get(name) ?? []), rate]);
      }
    return measured;
  } finally {
    await hot.close();
  }
});

const ratio = (own: readonly number[], of: string) =>
  median(own.map((rate, round) => rate / (rates.get(of)?.[round] ?? Number.NaN))).toFixed(2);

report('queues', options, {
  title: 'Queues',
  about: `Jobs a second, made and run, with ${CONCURRENCY} at work at once: ${jobs} of ${TENANTS.length} tenants in each turn.`,
  command: 'pnpm bench:queues --record',
  columns: ['queue', 'jobs/s', 'ratio to bare', 'ratio to committing'],
  rows: [...rates].map(([name, own]) => [
    name,
    median(own).toFixed(0),
    ratio(own, 'bare BullMQ'),
    ratio(own, 'BullMQ, committing'),
  ]),
  reading: [
    'Bare, jobs are in Redis alone: one that dies with Redis is lost, one that fails half-way may be done twice.',
    'Ours insert a row, take it in one transaction and end it in another, which is the handler’s own.',
  ],
});
