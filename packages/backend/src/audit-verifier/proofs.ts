/** Proofs for third parties: that one entry is among those of a checkpoint, and that a later checkpoint only added to an earlier. */
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { type ChainEntry, hashEntry, isHexHash, readEntry } from './entry.ts';
import { type Finding, finding } from './finding.ts';
import { provesConsistency, provesInclusion } from './merkle-tree.ts';

export const INCLUSION = 'dmz.audit.inclusion/1';
export const CONSISTENCY = 'dmz.audit.consistency/1';

export interface InclusionProof {
  readonly type: typeof INCLUSION;
  readonly tenantId: string;
  readonly entry: ChainEntry;
  readonly checkpoint: Checkpoint;
  /** Hashes of RFC 9162, section 2.1.3.1, in hex. */
  readonly path: readonly string[];
}

export interface ConsistencyProof {
  readonly type: typeof CONSISTENCY;
  readonly tenantId: string;
  readonly first: Checkpoint;
  readonly second: Checkpoint;
  /** Hashes of RFC 9162, section 2.1.4.1, in hex. */
  readonly path: readonly string[];
}

export type Proof = InclusionProof | ConsistencyProof;

/** @returns undefined for what is no proof, or one that lacks something */
export function readProof(value: unknown): Proof | undefined {
  const it = value as Partial<Record<string, unknown>>;
  const isPath = Array.isArray(it.path) && it.path.every(isHexHash);
  if (!isPath || typeof it.tenantId !== 'string') return undefined;
  if (it.type === INCLUSION && readEntry(it.entry) && readCheckpoint(it.checkpoint))
    return value as InclusionProof;
  if (it.type === CONSISTENCY && readCheckpoint(it.first) && readCheckpoint(it.second))
    return value as ConsistencyProof;
  return undefined;
}

export const checkpointsOf = (proof: Proof): Checkpoint[] =>
  proof.type === INCLUSION ? [proof.checkpoint] : [proof.first, proof.second];

export function checkProof(proof: Proof, name: string): Finding[] {
  const why = proof.type === INCLUSION ? forgedInclusion(proof) : forgedConsistency(proof);
  const rule = proof.type === INCLUSION ? 'inclusion-proof-forged' : 'consistency-proof-forged';
  return why === undefined ? [] : [finding(rule, name, why)];
}

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

function forgedInclusion({ tenantId, entry, checkpoint, path }: InclusionProof): string | undefined {
  const { sequence, entrySha256 } = entry;
  if (checkpoint.tenantId !== tenantId) return 'its checkpoint is of another tenant';
  if (sequence === null || entrySha256 === null || hashEntry(tenantId, entry) !== entrySha256)
    return 'the entry does not have the hash that it was given';
  const root = bytes(checkpoint.merkleRootSha256);
  const isProven = provesInclusion(
    bytes(entrySha256),
    sequence - 1,
    checkpoint.sequence,
    root,
    path.map(bytes),
  );
  return isProven ? undefined : 'its hashes do not lead from the entry to the root that was signed';
}

function forgedConsistency({ tenantId, first, second, path }: ConsistencyProof): string | undefined {
  if (first.tenantId !== tenantId || second.tenantId !== tenantId) return 'a checkpoint is of another tenant';
  const head = ({ sequence, merkleRootSha256 }: Checkpoint) => ({
    size: sequence,
    root: bytes(merkleRootSha256),
  });
  const isProven = provesConsistency(head(first), head(second), path.map(bytes));
  return isProven ? undefined : 'its hashes do not lead from the first root to the second';
}
