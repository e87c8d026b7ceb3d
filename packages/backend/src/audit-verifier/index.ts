/**
 * What the platform and the verifier have in common: how an entry is hashed, the tree over entries, what exports,
 * checkpoints and proofs hold, and how they are checked. It imports nothing of the platform.
 */
export { ChainCheck, type ChainHead } from './chain-check.ts';
export { CHECKPOINT, type Checkpoint, type CheckpointDocument, keyIdOf } from './checkpoint.ts';
export { type ChainEntry, NO_ENTRY } from './entry.ts';
export type { Finding } from './finding.ts';
export { inWords } from './main.ts';
export { consistencyRanges, inclusionRanges, MerkleFold, ProofFold } from './merkle-tree.ts';
export { CONSISTENCY, type ConsistencyProof, checkProof, INCLUSION, type InclusionProof } from './proofs.ts';
export { EXPORT, FileMissing } from './read-files.ts';
export { hashesBehind, isRemoval, type Removal } from './removal.ts';
export { RETENTION_COMPLETED } from './run-certificate.ts';
export { type VerificationReport, verifyFiles } from './verify.ts';
