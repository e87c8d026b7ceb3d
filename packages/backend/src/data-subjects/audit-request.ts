/** The entry of the audit log for a step of answering a person's request. It leads to the request, not to the person. */
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { recordAudit } from '../modules/admin/index.ts';

/** @param step  such as `erasure.begun` */
export const auditRequest = (
  tx: TenantTx,
  step: string,
  requestId: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> =>
  recordAudit(tx, {
    actor: { kind: 'operator' },
    action: `governance.${step}`,
    subject: { type: 'governance.privacy_requests', id: requestId },
    details,
  });
