/** Programs that run jobs, as many as a test wants, with a handler of the test's; and jobs made and looked at by hand. */
import { afterEach, vi } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../../src/kernel/log.ts';
import { recordAudit } from '../../src/modules/admin/index.ts';
import { type JobState, listJobs } from '../../src/modules/integration/index.ts';
import { openPlatform, type Platform } from '../../src/platform.ts';
import { defineJob, type Patience, type RunningJob } from '../../src/queues/define-job.ts';
import { Queues } from '../../src/queues/queues.ts';
import type { SqlClient } from './by-hand.ts';
import type { TestDatabase } from './database.ts';

export const Note = z.object({ mark: z.string(), userId: z.uuid().optional() });
export type Note = z.infer<typeof Note>;
export type Handle = (job: RunningJob, note: Note) => Promise<void>;

/** One kind that the test handles; no other is made, or run, beside it. */
const kindsOf = (handle: Handle, patience: Partial<Patience>) => ({
  notifications: defineJob({ payload: Note, handle, patience }),
});
export type TestQueues = Queues<ReturnType<typeof kindsOf>>;

export interface JobProgram {
  readonly queues: TestQueues;
  readonly platform: Platform;
  enqueue(
    tenant: string,
    mark: string,
    options?: { key?: string; delayMs?: number; userId?: string },
  ): Promise<string>;
  /** Runs jobs of these tenants until the test's end, or `queues.stop`. */
  start(...tenants: string[]): void;
}

export interface JobPrograms {
  open(options: {
    readonly handle: Handle;
    readonly redisUrl?: string | null;
    readonly patience?: Partial<Patience>;
  }): Promise<JobProgram>;
}

export function useJobPrograms(db: TestDatabase): JobPrograms {
  const opened: JobProgram[] = [];
  // One that goes on would take the jobs of the next test.
  afterEach(async () => {
    for (const { queues, platform } of opened.splice(0)) {
      await queues.stop(0);
      await platform.close();
    }
  });
  return {
    async open(options) {
      const program = await openProgram(db.appUrl, options);
      opened.push(program);
      return program;
    },
  };
}

export async function openProgram(
  appUrl: string,
  { handle, redisUrl = null, patience = {} }: Parameters<JobPrograms['open']>[0],
): Promise<JobProgram> {
  const platform = openPlatform({ appUrl, redisUrl });
  const { tenancy, cache } = platform;
  if (redisUrl !== null) await cache.whenOpen();
  const kinds = kindsOf(handle, { firstPauseMs: 20, ...patience });
  const queues = new Queues({ tenancy, kinds, cache, redisUrl, log: createLogger('silent') });
  return {
    queues,
    platform,
    enqueue: (tenant, mark, { userId, ...options } = {}) =>
      tenancy.run(tenant, (tx) =>
        queues.enqueue(tx, 'notifications', { mark, ...(userId === undefined ? {} : { userId }) }, options),
      ),
    start: (...tenants) => queues.start({ tenants: async () => tenants, pollMs: 100 }),
  };
}

/** An effect that can be counted, and is committed with the job's end. */
export function recordOnce(
  platform: () => Platform,
  before: (mark: string) => Promise<void> = async () => {},
): Handle {
  return (job, { mark }) =>
    platform().tenancy.run(job.tenantId, async (tx) => {
      await before(mark);
      await job.finish(tx);
      const subject = { type: 'job', id: job.id };
      await recordAudit(tx, { actor: { kind: 'program' }, action: 'integration.job.tested', subject });
    });
}

/** How often `recordOnce` had its effect, by job. */
export async function effectsOf(admin: SqlClient): Promise<Record<string, number>> {
  const { rows } = await admin.query<{ id: string; n: number }>(
    "SELECT subject_id AS id, count(*)::int AS n FROM admin.audit_log WHERE action = 'integration.job.tested' GROUP BY 1",
  );
  return Object.fromEntries(rows.map(({ id, n }) => [id, n]));
}

export const statesOf = async (program: JobProgram, tenant: string): Promise<Record<string, JobState>> => {
  const rows = await program.platform.tenancy.run(tenant, (tx) => listJobs(tx, {}, 1_000));
  return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
};

/** Ten thousand of them one by one would take the test's time. */
export async function fillQueue(admin: SqlClient, tenantId: string, count: number): Promise<void> {
  await admin.query(
    `INSERT INTO integration.jobs (tenant_id, name, payload, due_at)
     SELECT $1, 'notifications', jsonb_build_object('mark', 'many'), now() FROM generate_series(1, $2)`,
    [tenantId, count],
  );
}

/** As long as a busy machine may take. */
export const until = (check: () => boolean | Promise<boolean>): Promise<boolean> =>
  vi.waitUntil(check, { timeout: 20_000, interval: 20 });
