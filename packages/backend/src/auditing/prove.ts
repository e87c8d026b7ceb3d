/**
 * Proofs for third parties, made of stored checkpoints and of one pass over the chain, and checked before they are given out:
 * that an entry is in it tells of no other entry more than hashes.
 */
import {
  type ChainEntry,
  type Checkpoint,
  CONSISTENCY,
  type ConsistencyProof,
  checkProof,
  consistencyRanges,
  hashesBehind,
  INCLUSION,
  type InclusionProof,
  inclusionRanges,
  isRemoval,
  ProofFold,
} from '../audit-verifier/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { listCheckpoints, sequenceOfEntry } from '../modules/admin/index.ts';
import { auditingErrors } from './errors.ts';
import { walkChain } from './walk-chain.ts';

/** Which entry: its place in the chain, or its id. */
export type EntryReference = number | string;

/**
 * @param of  number of entries of the checkpoint that it is proven by; the last one, unless given
 * @throws AUDIT_ENTRY_UNKNOWN, AUDIT_ENTRY_REMOVED, AUDIT_CHECKPOINT_UNKNOWN, AUDIT_CHAIN_BROKEN, TENANCY_*
 */
export async function proveInclusion(
  tenancy: Tenancy,
  tenant: string,
  entry: EntryReference,
  of?: number,
): Promise<InclusionProof> {
  const { id: tenantId } = await tenancy.locate(tenant);
  const sequence = await sequenceOf(tenancy, tenant, entry);
  const checkpoints = await tenancy.run(tenant, listCheckpoints, { snapshot: true });
  const checkpoint = of === undefined ? checkpoints.at(-1) : checkpointOf(checkpoints, of);
  if (!checkpoint || checkpoint.sequence < sequence)
    throw auditingErrors.AUDIT_CHECKPOINT_UNKNOWN({
      found: checkpoint ? `the checkpoint is of ${checkpoint.sequence} entries` : 'no checkpoint',
      expected: `one of ${sequence} entries or more`,
    });
  const ranges = inclusionRanges(sequence - 1, checkpoint.sequence);
  const { path, found } = await foldProof(tenancy, tenant, checkpoint.sequence, ranges, sequence);
  if (!found) throw auditingErrors.AUDIT_ENTRY_UNKNOWN({ found: String(entry) });
  return proven({ type: INCLUSION, tenantId, entry: found, checkpoint, path });
}

/**
 * @param first, second  numbers of entries of two stored checkpoints
 * @throws AUDIT_CHECKPOINT_UNKNOWN, AUDIT_CHAIN_BROKEN, TENANCY_*
 */
export async function proveConsistency(
  tenancy: Tenancy,
  tenant: string,
  first: number,
  second: number,
): Promise<ConsistencyProof> {
  const { id: tenantId } = await tenancy.locate(tenant);
  const checkpoints = await tenancy.run(tenant, listCheckpoints, { snapshot: true });
  const [one, other] = [checkpointOf(checkpoints, first), checkpointOf(checkpoints, second)];
  const { path } = await foldProof(tenancy, tenant, second, consistencyRanges(first, second));
  return proven({ type: CONSISTENCY, tenantId, first: one, second: other, path });
}

async function sequenceOf(tenancy: Tenancy, tenant: string, entry: EntryReference): Promise<number> {
  if (typeof entry === 'number') return entry;
  const sequence = await tenancy.run(tenant, (tx) => sequenceOfEntry(tx, entry), { snapshot: true });
  if (sequence !== undefined) return sequence;
  throw auditingErrors.AUDIT_ENTRY_UNKNOWN({ found: entry });
}

function checkpointOf(checkpoints: readonly Checkpoint[], entries: number): Checkpoint {
  const found = checkpoints.find(({ sequence }) => sequence === entries);
  if (found) return found;
  throw auditingErrors.AUDIT_CHECKPOINT_UNKNOWN({
    found: `none of ${entries} entries`,
    expected:
      checkpoints.length === 0 ? 'a checkpoint' : checkpoints.map(({ sequence }) => sequence).join(', '),
  });
}

/** @param wanted  sequence of an entry to bring along */
async function foldProof(
  tenancy: Tenancy,
  tenant: string,
  size: number,
  ranges: ReturnType<typeof inclusionRanges>,
  wanted?: number,
): Promise<{ path: string[]; found: ChainEntry | undefined }> {
  const fold = new ProofFold(ranges);
  let found: ChainEntry | undefined;
  let at = 0;
  for await (const item of walkChain(tenancy, tenant)) {
    if (at >= size) break;
    if (!isRemoval(item)) {
      if (item.sequence === wanted) found = item;
      fold.add(Buffer.from(item.entrySha256 ?? '', 'hex'));
      at = item.sequence ?? at;
      continue;
    }
    for (const { sequence, hash } of hashesBehind(item, at)) {
      if (sequence === wanted)
        throw auditingErrors.AUDIT_ENTRY_REMOVED({ found: `entry ${sequence}, by run ${item.runId}` });
      fold.add(Buffer.from(hash, 'hex'));
      at = sequence;
    }
  }
  return { path: fold.proof().map((hash) => hash.toString('hex')), found };
}

/** A chain that was changed since the checkpoint yields no proof. */
function proven<Made extends InclusionProof | ConsistencyProof>(proof: Made): Made {
  const [wrong] = checkProof(proof, 'proof');
  if (wrong) throw auditingErrors.AUDIT_CHAIN_BROKEN({ found: wrong.detail });
  return proof;
}
