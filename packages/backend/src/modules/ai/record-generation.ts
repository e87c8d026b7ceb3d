/**
 * Records that a generator wrote content: the job, the call, and a verdict on each piece, as for a language model. What has no
 * verdict that passed it is not shown to anybody.
 */

import { createHash } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { requireList } from '../../kernel/values/index.ts';
import { safetyReviews } from './records.ts';
import { aiTables } from './schema.ts';

export interface Generation {
  /** Names the occasion: a repetition is not recorded again. */
  readonly requestKey: string;
  readonly inputs: Readonly<Record<string, string | number>>;
  readonly provider: string;
  readonly model: string;
  readonly calledAt: Date;
  readonly latencyMs: number;
  readonly pieces: readonly ReviewedPiece[];
}

export interface ReviewedPiece {
  /** Of the content as it would be shown. */
  readonly sha256: string;
  readonly verdict: 'passed' | 'blocked';
}

/** Name and version of who judged, and of what they judged by. */
export interface Reviewer {
  readonly classifier: string;
  readonly policy: string;
}

/** The prompt of whoever writes e-mails for the pools; a generator without one is still asked for just this. */
const PROMPT = {
  key: 'pool-email',
  instructions: 'Write e-mails of the wanted difficulty for the pools, after the released ones.',
  template: 'difficulty {{difficulty}}, {{wanted}} e-mails, seed {{seed}}',
  inputSchema: {
    type: 'object',
    properties: { difficulty: { type: 'integer' }, wanted: { type: 'integer' }, seed: { type: 'string' } },
    required: ['difficulty', 'wanted', 'seed'],
  },
  outputSchema: { type: 'array', items: { type: 'object' } },
} as const;
const MAX_OUTPUT_TOKENS = 1;

const sha256 = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');

/** @returns the generation job's id, by which what was written says how it came about */
export async function recordGeneration(
  tx: TenantTx,
  { requestKey, inputs, pieces, ...call }: Generation,
  reviewer: Reviewer,
): Promise<string> {
  requireList('pieces of a generation', pieces);
  const { generationJobs: jobs, generationLog: log } = aiTables(tx);
  const { tenantId } = tx;
  const promptTemplateVersionId = await ensurePrompt(tx);
  const id = uuidv7();
  const ended = { startedAt: tx.now, finishedAt: tx.now, queuedAt: tx.now } as const;
  await tx.insert(jobs).values({
    ...{ id, tenantId, promptTemplateVersionId, requestKey, inputs },
    ...{ state: 'succeeded', attempts: 1, ...ended },
  });
  const generationLogId = uuidv7();
  await tx.insert(log).values({
    ...{ id: generationLogId, tenantId, promptTemplateVersionId, jobId: id, attempt: 1, call: 1 },
    ...{ ...call, outcome: 'completed', requestSha256: sha256(inputs), responseSha256: sha256(pieces) },
  });
  for (const { sha256: contentSha256, verdict } of pieces)
    await safetyReviews.issue(tx, {
      ...{ generationLogId, contentSha256, verdict, ...reviewer, reviewedAt: tx.now },
    });
  return id;
}

async function ensurePrompt(tx: TenantTx): Promise<string> {
  const { promptTemplates: prompts, promptTemplateVersions: versions } = aiTables(tx);
  const { tenantId } = tx;
  const { key, ...text } = PROMPT;
  await tx
    .insert(prompts)
    .values({ tenantId, key, name: 'E-mails of the pools', task: 'write_email', ...text })
    .onConflictDoNothing();
  const [prompt] = await tx.select({ id: prompts.id }).from(prompts).where(eq(prompts.key, key));
  if (!prompt) throw new Error('A prompt that is there is found.');
  const promptTemplateId = prompt.id;
  const revision = 1;
  await tx
    .insert(versions)
    .values({
      ...{ tenantId, promptTemplateId, revision, ...text },
      ...{ maxOutputTokens: MAX_OUTPUT_TOKENS, promptSha256: sha256(text) },
    })
    .onConflictDoNothing();
  const [version] = await tx
    .select({ id: versions.id })
    .from(versions)
    .where(and(eq(versions.promptTemplateId, promptTemplateId), eq(versions.revision, revision)));
  if (!version) throw new Error('A version that is there is found.');
  await tx
    .update(prompts)
    .set({ activeRevision: revision })
    .where(and(eq(prompts.id, promptTemplateId), isNull(prompts.activeRevision)));
  return version.id;
}
