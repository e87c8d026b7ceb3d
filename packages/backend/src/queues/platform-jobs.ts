/**
 * THE list of kinds of job: for each queue the shape of its payload, and what handles it. To provision a tenant is none of
 * them: one that is not there yet has no rows, so its run in `public.tenant_runs` is the job (`finishCreations`).
 */
import path from 'node:path';
import { z } from 'zod';
import { signChain } from '../auditing/sign-chains.ts';
import type { ErasureOffice } from '../data-subjects/erase-person.ts';
import { exportOnRequest } from '../data-subjects/requested-export.ts';
import { resumeErasures } from '../data-subjects/resume-erasures.ts';
import { fillPool, type PoolOffice } from '../generating/fill-pool.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import { MAIN_INSTANCE } from '../kernel/instances/index.ts';
import { ensureEveryPlace } from '../kernel/partitions/index.ts';
import { stateFolder } from '../kernel/project.ts';
import { formerKey, platformKey } from '../kernel/signing/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { DIFFICULTIES } from '../modules/content/index.ts';
import { CHANNELS } from '../modules/notification/index.ts';
import { deliverMessage, type NotificationOffice } from '../notifying/deliver-message.ts';
import { notifyPerson } from '../notifying/notify-person.ts';
import { runRetention } from '../retention/run-retention.ts';
import { deliverWebhook, WEBHOOK_PATIENCE, type WebhookOffice } from '../webhooks/deliver-webhook.ts';
import { defineJob, type JobKinds, type RunningJob } from './define-job.ts';

const aboutPerson = z.object({ userId: z.uuid() });
const nothing = z.object({}).strict();

/** Brings what has been derived from play up to its end. */
export interface Followers {
  settle(
    tenant: string,
    options: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<number>;
}

export interface JobMeans extends ErasureOffice, NotificationOffice, WebhookOffice, PoolOffice {
  readonly adminUrlOf: (instance: string) => Promise<string>;
  readonly followers: Followers;
}

export type PlatformJobs = ReturnType<typeof platformJobs>;

/** Work of minutes that another program need not take over within seconds. */
const LONG = { leaseMs: 600_000, concurrency: 1 } as const;
const SETTLE_MS = 3_600_000;

export function platformJobs(means: JobMeans) {
  const { tenancy, adminUrlOf } = means;
  return {
    exports: defineJob({
      payload: aboutPerson.extend({ requestId: z.uuid() }),
      patience: LONG,
      handle: (job, { userId, requestId }) => answerRequest(means, job, userId, requestId),
    }),
    erasures: defineJob({
      payload: nothing,
      // What keeps an erasure waiting can be over any day; one that was interrupted is gone on with too.
      daily: true,
      patience: LONG,
      handle: async ({ tenantId }) => void (await resumeErasures(means, tenantId)),
    }),
    generation: defineJob({
      payload: z.object({ difficulty: z.literal(DIFFICULTIES) }),
      patience: { concurrency: 1 },
      handle: (job, { difficulty }) => fillPool(means, job, difficulty),
    }),
    notifications: defineJob({
      payload: aboutPerson.extend({ messageId: z.uuid(), channel: z.enum(CHANNELS) }),
      handle: (job, message) => deliverMessage(means, job, message),
    }),
    analytics: defineJob({
      payload: nothing,
      // Whoever follows play all the time has left nothing to do; where nobody does, a day's play is read in a go.
      daily: true,
      patience: LONG,
      handle: async ({ tenantId, signal }) =>
        void (await means.followers.settle(tenantId, { signal, timeoutMs: SETTLE_MS })),
    }),
    webhooks: defineJob({
      payload: z.object({ messageId: z.uuid(), subscriptionId: z.uuid() }),
      patience: WEBHOOK_PATIENCE,
      handle: (job, delivery) => deliverWebhook(means, job, delivery),
    }),
    'partition-upkeep': defineJob({
      payload: nothing,
      daily: true,
      // A month that cannot be made just now can be made later: rows are safe in the default partition.
      patience: { firstPauseMs: 60_000, leaseMs: 120_000, concurrency: 1 },
      handle: async ({ tenantId }) => {
        const { instance } = await tenancy.locate(tenantId);
        await ensureEveryPlace(await adminUrlOf(instance));
      },
    }),
    retention: defineJob({
      payload: nothing,
      daily: true,
      patience: LONG,
      handle: async ({ tenantId }) => {
        const shop = { tenancy, controlUrl: await adminUrlOf(MAIN_INSTANCE), key: platformKey() };
        await runRetention(shop, tenantId, { cause: 'schedule', rehearsal: false });
      },
    }),
    checkpoints: defineJob({
      payload: nothing,
      daily: true,
      patience: { leaseMs: 120_000, concurrency: 1 },
      handle: ({ tenantId }) => signCheckpoint(tenancy, tenantId),
    }),
  } satisfies JobKinds;
}

/** The person is told with the job's end, so both are, or the job is run again and only tells. */
async function answerRequest(
  means: JobMeans,
  job: RunningJob,
  userId: string,
  requestId: string,
): Promise<void> {
  const { tenantId } = job;
  const isAnswered = await exportOnRequest(means, { tenantId, userId }, requestId);
  await means.tenancy.run(tenantId, async (tx) => {
    await job.finish(tx);
    if (!isAnswered) return;
    await notifyPerson(tx, {
      ...{ userId, templateKey: 'governance.export.ready', category: 'account' },
      ...{ deduplicationKey: `export:${requestId}`, parameters: { requestId } },
    });
  });
}

/** A repetition signs nothing more where no entry came in between. */
async function signCheckpoint(tenancy: Tenancy, tenantId: string): Promise<void> {
  const { slug } = await tenancy.locate(tenantId);
  const keys = { key: platformKey(), former: formerKey() };
  try {
    await signChain(tenancy, slug, keys, path.join(stateFolder(), 'checkpoints'));
  } catch (error) {
    if (!isDmzError(error, 'AUDIT_CHAIN_EMPTY')) throw error;
  }
}
