/** Signed tree heads of a tenant's audit chain, as they are stored beside it. Each says which one it follows. */
import { desc, eq } from 'drizzle-orm';
import { CHECKPOINT, type Checkpoint, keyIdOf } from '../../audit-verifier/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { adminTables } from './schema.ts';

/** In the order in which they were taken. */
export async function listCheckpoints(tx: TenantTx): Promise<Checkpoint[]> {
  const { auditCheckpoints } = adminTables(tx);
  const rows = await tx
    .select()
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.tenantId, tx.tenantId))
    .orderBy(auditCheckpoints.sequence);
  return rows.map(({ tenantId, sequence, chainSha256, merkleRootSha256, takenAt, ...keys }) => ({
    type: CHECKPOINT,
    ...{ tenantId, sequence, chainSha256, merkleRootSha256, takenAt: takenAt.toISOString() },
    signingKeyId: keys.signingKeyId,
    cosigningKeyId: keys.cosigningPublicKey === null ? null : keyIdOf(keys.cosigningPublicKey),
    publicKey: keys.publicKey ?? '',
    signature: keys.signature,
    cosigningPublicKey: keys.cosigningPublicKey,
    cosignature: keys.cosignature,
  }));
}

/** @returns false where there is one of as many entries already */
export async function storeCheckpoint(tx: TenantTx, checkpoint: Checkpoint): Promise<boolean> {
  const { auditCheckpoints } = adminTables(tx);
  const { type: _type, cosigningKeyId: _derived, takenAt, ...rest } = checkpoint;
  const [last] = await tx
    .select({ id: auditCheckpoints.id })
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.tenantId, tx.tenantId))
    .orderBy(desc(auditCheckpoints.sequence))
    .limit(1);
  const row = {
    ...rest,
    tenantId: tx.tenantId,
    takenAt: new Date(takenAt),
    previousCheckpointId: last?.id ?? null,
  };
  const stored = await tx
    .insert(auditCheckpoints)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: auditCheckpoints.id });
  return stored.length > 0;
}
