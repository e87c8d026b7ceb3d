/** Takes a record back for the operator, and writes that into the tenant's audit log in the same transaction. */
import type { StatusReason } from '../kernel/db/index.ts';
import type { AnyRecord } from '../kernel/records/index.ts';
import { recordAudit } from '../modules/admin/index.ts';
import type { Platform } from '../platform.ts';
import type { EvidenceRecords } from './evidence-records.ts';

/** @throws RECORDS_UNKNOWN, RECORDS_NOT_VALID, RECORDS_ALREADY_SUCCEEDED, RECORDS_SUCCESSION_REFUSED */
export function invalidateRecord(
  { tenancy, keys }: Platform,
  tenant: string,
  records: EvidenceRecords,
  id: string,
  reason: StatusReason,
): Promise<AnyRecord> {
  return tenancy.run(tenant, async (tx) => {
    const made = await records.invalidate(tx, keys, id, reason);
    await recordAudit(tx, {
      actor: { kind: 'operator' },
      action: `${records.name}.invalidated`,
      subject: { type: records.name, id },
      details: { by: made.id, reason },
    });
    return made;
  });
}
