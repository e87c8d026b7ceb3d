/** The log of transfers: personal data that left the tenant or its region (GDPR Art. 30(1)(e), Ch. V). */
import { eq } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { governanceTables } from './schema.ts';

/** GDPR Art. 45, 46(2)(c), 47, 49 and 48, in this order after none. */
export const TRANSFER_GROUNDS = [
  'none_needed',
  'adequacy',
  'standard_clauses',
  'binding_rules',
  'derogation',
  'court_order',
] as const;

export interface MoveTransfer {
  readonly moveId: string;
  /** Instance that the rows go to. */
  readonly recipient: string;
  readonly fromRegion: string;
  readonly toRegion: string;
  readonly ground: (typeof TRANSFER_GROUNDS)[number];
  /** Categories of the catalogue of personal data. */
  readonly dataCategories: readonly string[];
  /** People concerned. */
  readonly subjects: number;
}

/** Needs a tenant transaction, before the rows go. A move is entered once, however often that is asked for. */
export async function recordMoveTransfer(tx: TenantTx, transfer: MoveTransfer): Promise<void> {
  const { transferLog } = governanceTables(tx);
  const [known] = await tx
    .select({ id: transferLog.id })
    .from(transferLog)
    .where(eq(transferLog.moveId, transfer.moveId));
  if (known) return;
  await tx
    .insert(transferLog)
    .values({ ...transfer, tenantId: tx.tenantId, kind: 'tenant_move', transferredAt: tx.now });
}

export interface SubjectExportTransfer {
  readonly requestId: string;
  /** Where the tenant's data is. */
  readonly region: string;
  readonly dataCategories: readonly string[];
  readonly bytes: number;
  /** Of the archive that was handed out. */
  readonly sha256: string;
}

/** Needs a tenant transaction. A person who gets their own data receives it where it is kept. */
export async function recordSubjectExport(tx: TenantTx, transfer: SubjectExportTransfer): Promise<void> {
  const { transferLog } = governanceTables(tx);
  const { requestId: privacyRequestId, region, dataCategories, bytes, sha256: contentSha256 } = transfer;
  await tx.insert(transferLog).values({
    ...{
      tenantId: tx.tenantId,
      kind: 'subject_export',
      recipient: 'the data subject',
      ground: 'none_needed',
    },
    ...{ fromRegion: region, toRegion: region, dataCategories, bytes, contentSha256, privacyRequestId },
    ...{ subjects: 1, transferredAt: tx.now },
  });
}
