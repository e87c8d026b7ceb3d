/** Writes the audit log. Entries belong to the caller's transaction: what is rolled back was not done, and is not logged. */
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { adminTables } from './schema.ts';

export interface AuditEntry {
  readonly actor:
    | { readonly kind: 'person'; readonly id: string }
    | { readonly kind: 'operator' | 'program' };
  /** `module.object.verb`, such as `game.session.started`. */
  readonly action: string;
  readonly subject?: { readonly type: string; readonly id: string };
  /** Particulars for an auditor; no personal data. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export async function recordAudit(
  tx: TenantTx,
  { actor, action, subject, details = {} }: AuditEntry,
): Promise<void> {
  const { auditLog } = adminTables(tx);
  await tx.insert(auditLog).values({
    tenantId: tx.tenantId,
    occurredAt: tx.now,
    actorKind: actor.kind,
    actorId: actor.kind === 'person' ? actor.id : null,
    action,
    subjectType: subject?.type ?? null,
    subjectId: subject?.id ?? null,
    details,
  });
}
