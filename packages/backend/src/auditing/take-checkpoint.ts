/**
 * Signs where a tenant's chain stands, once all of it has been verified against the checkpoints before. A chain that was
 * tampered with is not signed: the signature would say that it is right.
 */
import type { KeyObject } from 'node:crypto';
import {
  CHECKPOINT,
  type ChainHead,
  type Checkpoint,
  type CheckpointDocument,
  type Finding,
} from '../audit-verifier/index.ts';
import { keyIdOf, publicKeyOf, signDocument } from '../kernel/signing/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { listCheckpoints, storeCheckpoint } from '../modules/admin/index.ts';
import { checkChain } from './check-chain.ts';
import { auditingErrors } from './errors.ts';
import { walkLog } from './walk-chain.ts';

export interface SigningKeys {
  readonly key: KeyObject;
  /** The key before, during an overlap. */
  readonly former: KeyObject | undefined;
}

export interface TakenCheckpoint {
  readonly checkpoint: Checkpoint;
  /** False where the chain had no entry more than at the last one. */
  readonly taken: boolean;
}

const MOST_TOLD = 5;

/** @throws AUDIT_CHAIN_BROKEN, AUDIT_CHAIN_EMPTY, TENANCY_* */
export async function takeCheckpoint(
  tenancy: Tenancy,
  tenant: string,
  keys: SigningKeys,
): Promise<TakenCheckpoint> {
  const { id: tenantId } = await tenancy.locate(tenant);
  const before = await tenancy.run(tenant, listCheckpoints, { snapshot: true });
  const { head, root } = await verifiedHead(tenancy, tenant, tenantId, before);
  const last = before.at(-1);
  if (last && last.sequence === head.sequence) return { checkpoint: last, taken: false };
  const document: CheckpointDocument = {
    type: CHECKPOINT,
    tenantId,
    ...head,
    merkleRootSha256: root,
    takenAt: new Date().toISOString(),
    signingKeyId: keyIdOf(keys.key),
    cosigningKeyId: keys.former ? keyIdOf(keys.former) : null,
  };
  const checkpoint = sign(document, keys);
  const taken = await tenancy.run(tenant, (tx) => storeCheckpoint(tx, checkpoint));
  // Somebody else took one meanwhile, of this very chain or of more of it.
  return taken ? { checkpoint, taken } : takeCheckpoint(tenancy, tenant, keys);
}

async function verifiedHead(
  tenancy: Tenancy,
  tenant: string,
  tenantId: string,
  before: readonly Checkpoint[],
): Promise<{ head: ChainHead; root: string }> {
  const { head, findings, root } = await checkChain(tenantId, walkLog(tenancy, tenant), before);
  if (findings.length > 0) throw broken(findings);
  if (head.sequence === 0) throw auditingErrors.AUDIT_CHAIN_EMPTY({ found: tenant });
  return { head, root: root() };
}

function broken(findings: readonly Finding[]): Error {
  const told = findings
    .slice(0, MOST_TOLD)
    .map(({ rule, object, detail }) => `${rule}: ${object}, ${detail}`);
  return auditingErrors.AUDIT_CHAIN_BROKEN({
    found: told.join('\n'),
    data: { findings: findings.slice(0, 100) },
  });
}

function sign(document: CheckpointDocument, { key, former }: SigningKeys): Checkpoint {
  return {
    ...document,
    publicKey: publicKeyOf(key),
    signature: signDocument(document, key).signature,
    cosigningPublicKey: former ? publicKeyOf(former) : null,
    cosignature: former ? signDocument(document, former).signature : null,
  };
}
