/** Verifies a tenant's whole audit log, against every checkpoint that is stored beside it. */
import { ChainCheck, type ChainHead, type Checkpoint, type Finding } from '../audit-verifier/index.ts';
import type { ChainItems } from './walk-chain.ts';

export interface CheckedChain {
  readonly head: ChainHead;
  readonly findings: readonly Finding[];
  /** Of the Merkle tree over all entries; where nothing was found. */
  root(): string;
}

/** @param entries  as `walkLog` gives them */
export async function checkChain(
  tenantId: string,
  entries: ChainItems,
  checkpoints: readonly Checkpoint[],
): Promise<CheckedChain> {
  const named = checkpoints.map((checkpoint) => ({
    checkpoint,
    name: `checkpoint of ${checkpoint.sequence} entries`,
  }));
  const check = new ChainCheck(tenantId, named);
  let next = await entries.next();
  for (; !next.done; next = await entries.next()) check.add(next.value);
  return { head: next.value, findings: check.end(next.value), root: () => check.root() };
}
