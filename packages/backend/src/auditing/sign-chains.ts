/** Checkpoints as files to keep elsewhere: of one tenant, or of every one, where one that is wrong keeps none of the others back. */
import path from 'node:path';
import type { Checkpoint } from '../audit-verifier/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import { requireRoom } from '../kernel/given-file.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { writeWhole } from './export-log.ts';
import { type SigningKeys, takeCheckpoint } from './take-checkpoint.ts';

export interface SignedChain extends Checkpoint {
  readonly tenant: string;
  /** False where the chain had no entry more than at the last one, which was written to the file again. */
  readonly taken: boolean;
  readonly file: string;
}

/** @throws what `takeCheckpoint` throws */
export async function signChain(
  tenancy: Tenancy,
  tenant: string,
  keys: SigningKeys,
  folder: string,
): Promise<SignedChain> {
  const { slug } = await tenancy.locate(tenant);
  requireRoom(path.join(folder, `${slug}.checkpoint.json`));
  const { checkpoint, taken } = await takeCheckpoint(tenancy, slug, keys);
  const file = path.join(folder, `${slug}-${checkpoint.sequence}.checkpoint.json`);
  await writeWhole(file, [`${JSON.stringify(checkpoint, null, 2)}\n`]);
  return { tenant: slug, taken, file, ...checkpoint };
}

/** @returns what was signed, and the first failure; tenants without entries, or that are not served, are passed over */
export async function signEveryChain(
  tenancy: Tenancy,
  tenants: readonly string[],
  keys: SigningKeys,
  folder: string,
): Promise<{ readonly signed: readonly SignedChain[]; readonly failure: unknown }> {
  const signed: SignedChain[] = [];
  let failure: unknown;
  for (const tenant of tenants) {
    try {
      signed.push(await signChain(tenancy, tenant, keys, folder));
    } catch (error) {
      const isNothing = isDmzError(error, 'AUDIT_CHAIN_EMPTY') || isDmzError(error, 'TENANCY_NOT_SERVED');
      if (!isNothing) failure ??= error;
    }
  }
  return { signed, failure };
}
