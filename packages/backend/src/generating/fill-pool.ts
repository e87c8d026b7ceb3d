/**
 * Fills a tenant's pool of a difficulty, as a job: what is missing is written by the generator, reviewed, recorded and put in.
 * All of it but the writing is one transaction with the job's end, so a repetition writes into a pool that is full, or
 * finds that the former one has put nothing in.
 */
import type { EmailTemplate } from '@archive-gate/game-engine';
import type { Cache } from '../kernel/cache/index.ts';
import type { Tenancy, TenantTx } from '../kernel/tenancy/index.ts';
import { type ReviewedPiece, recordGeneration } from '../modules/ai/index.ts';
import {
  countWaiting,
  currentPackVersion,
  type Difficulty,
  hashOf,
  newToPools,
  type PackLibrary,
  POOL_FULL,
  putIntoPool,
} from '../modules/content/index.ts';
import type { RunningJob } from '../queues/define-job.ts';
import { generatingErrors } from './errors.ts';
import { isHarmless, REVIEWER } from './review-email.ts';
import type { EmailGenerator } from './template-variants.ts';

export interface PoolOffice {
  readonly tenancy: Tenancy;
  readonly cache: Cache;
  readonly packs: PackLibrary;
  readonly generator: EmailGenerator;
}

/** A generator may come upon e-mails that the tenant has had before; so many more are written than are missing. */
const SPARE = 10;

/** @throws GENERATION_EMPTY, CONTENT_PACK_UNKNOWN */
export async function fillPool(
  { tenancy, cache, packs, generator }: PoolOffice,
  job: RunningJob,
  difficulty: Difficulty,
): Promise<void> {
  const { tenantId } = job;
  const { missing, models } = await tenancy.run(tenantId, async (tx) => ({
    missing: POOL_FULL - (await countWaiting(tx, difficulty)),
    models: await modelsOf(tx, packs, difficulty),
  }));
  if (missing <= 0) return;
  // Another seed for each job: the same job writes the same again.
  const order = { models, wanted: missing + SPARE, seed: job.id };
  const calledAt = new Date();
  const written = await generator.write(order);
  const latencyMs = Date.now() - calledAt.getTime();
  const pieces = written.map((email) => ({ email, sha256: hashOf(email), verdict: verdictOn(email) }));
  const passed = pieces.filter(({ verdict }) => verdict === 'passed').map(({ email }) => email);
  if (passed.length === 0) throw generatingErrors.GENERATION_EMPTY({ found: `difficulty ${difficulty}` });
  const { wanted, seed } = order;
  const { provider, model } = generator;
  await tenancy.run(tenantId, async (tx) => {
    await job.finish(tx);
    const chosen = (await newToPools(tx, passed)).slice(0, missing);
    const inputs = { difficulty, wanted, seed };
    const call = { provider, model, calledAt, latencyMs };
    const kept = pieces.filter(({ email, verdict }) => verdict === 'blocked' || chosen.includes(email));
    const generation = { requestKey: `pool:${job.id}`, inputs, pieces: kept, ...call };
    const generationJobId = await recordGeneration(tx, generation, REVIEWER);
    await putIntoPool(tx, cache, difficulty, chosen, generationJobId);
  });
}

const verdictOn = (email: EmailTemplate): ReviewedPiece['verdict'] =>
  isHarmless(email) ? 'passed' : 'blocked';

async function modelsOf(
  tx: TenantTx,
  packs: PackLibrary,
  difficulty: Difficulty,
): Promise<readonly EmailTemplate[]> {
  const { emails } = await packs.get(tx, await currentPackVersion(tx));
  return emails.filter((email) => email.difficulty === difficulty);
}
