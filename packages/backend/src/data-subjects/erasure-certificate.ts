/** The proof that a person was forgotten: what was done, table by table, signed, and naming nobody. */
import { eq } from 'drizzle-orm';
import { signDocument } from '../kernel/signing/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { erasureCertificates, fulfilRequest, type PrivacyRequest } from '../modules/governance/index.ts';
import type { StoredPlan } from './erasure-plan.ts';

export interface ErasureCertificate {
  readonly id: string;
  /** What was signed. */
  readonly document: Readonly<Record<string, unknown>>;
  /** Ed25519 (RFC 8032) over the document's canonical JSON (RFC 8785), base64url. */
  readonly signature: string;
  readonly signingKeyId: string;
}

export async function certifyErasure(
  tx: TenantTx,
  request: PrivacyRequest,
  plan: StoredPlan,
): Promise<ErasureCertificate> {
  const rowsOf = (action: StoredPlan['parts'][number]['action']) =>
    plan.parts.filter((part) => part.action === action).reduce((sum, { rows }) => sum + rows, 0);
  const counts = {
    rowsDeleted: rowsOf('delete_rows'),
    rowsChanged: rowsOf('change_columns'),
    rowsShredded: rowsOf('destroy_key'),
    keysDestroyed: plan.keys,
  };
  const { pseudonymId, catalogueSha256 } = plan;
  const document = {
    type: 'archive-gate/erasure-of-a-person',
    version: 1,
    tenantId: tx.tenantId,
    requestId: request.id,
    pseudonymId,
    catalogueSha256,
    reason: plan.reason,
    receivedAt: request.receivedAt.toISOString(),
    erasedAt: tx.now.toISOString(),
    ...counts,
    parts: plan.parts,
  };
  const { id, signature, signingKeyId } = await erasureCertificates.issue(tx, {
    privacyRequestId: request.id,
    pseudonymId,
    catalogueSha256,
    ...counts,
    rowsRetained: 0,
    report: document,
    ...signDocument(document),
    erasedAt: tx.now,
  });
  await fulfilRequest(tx, request.id);
  return { id, document, signature, signingKeyId };
}

/** The certificate of a request, unless there is none. */
export async function certificateOf(tx: TenantTx, requestId: string): Promise<ErasureCertificate | null> {
  const [found] = await erasureCertificates.validNow(tx, (table) => eq(table.privacyRequestId, requestId));
  return found
    ? { id: found.id, document: found.report, signature: found.signature, signingKeyId: found.signingKeyId }
    : null;
}
