/** THE list of kinds of job: for each queue the shape of its payload, and what handles it, where that is built already. */
import path from 'node:path';
import { z } from 'zod';
import { signChain } from '../auditing/sign-chains.ts';
import type { ErasureOffice } from '../data-subjects/erase-person.ts';
import { resumeErasures } from '../data-subjects/resume-erasures.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import { ensureEveryPlace } from '../kernel/partitions/index.ts';
import { stateFolder } from '../kernel/project.ts';
import { formerKey, platformKey } from '../kernel/signing/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { defineJob, type JobKinds } from './define-job.ts';

const aboutPerson = z.object({ userId: z.uuid() });
const nothing = z.object({}).strict();

export interface JobMeans extends ErasureOffice {
  readonly adminUrlOf: (instance: string) => Promise<string>;
}

export type PlatformJobs = ReturnType<typeof platformJobs>;

export function platformJobs({ tenancy, adminUrlOf, ...office }: JobMeans) {
  return {
    provisioning: defineJob({ payload: z.object({ step: z.string() }) }),
    exports: defineJob({ payload: aboutPerson.extend({ requestId: z.uuid() }) }),
    erasures: defineJob({
      payload: nothing,
      // What keeps an erasure waiting can be over any day; one that was interrupted is gone on with too.
      daily: true,
      patience: { leaseMs: 600_000, concurrency: 1 },
      handle: async ({ tenantId }) => void (await resumeErasures({ tenancy, ...office }, tenantId)),
    }),
    content: defineJob({ payload: z.object({ packVersion: z.string() }) }),
    generation: defineJob({ payload: z.object({ difficulty: z.int(), wanted: z.int().positive() }) }),
    notifications: defineJob({ payload: aboutPerson.extend({ templateKey: z.string() }) }),
    analytics: defineJob({ payload: z.object({ day: z.iso.date() }) }),
    webhooks: defineJob({ payload: z.object({ messageId: z.uuid() }) }),
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
    retention: defineJob({ payload: nothing }),
    checkpoints: defineJob({
      payload: nothing,
      daily: true,
      patience: { leaseMs: 120_000, concurrency: 1 },
      handle: ({ tenantId }) => signCheckpoint(tenancy, tenantId),
    }),
  } satisfies JobKinds;
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
