/** Writes the audit log. Entries belong to the caller's transaction: what is rolled back was not done, and is not logged. */
import { and, eq } from 'drizzle-orm';
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

/**
 * Writes an entry in the caller's transaction; the database chains it to the tenant's last one. It comes last in a use case:
 * from here to the end of the transaction nobody else writes an entry of the tenant.
 */
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

/** Whether an act on a subject has its entry already; for acts that are taken up again after a crash. */
export async function isAudited(tx: TenantTx, action: string, subjectId: string): Promise<boolean> {
  const { auditLog } = adminTables(tx);
  const [entry] = await tx
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(
      and(eq(auditLog.tenantId, tx.tenantId), eq(auditLog.subjectId, subjectId), eq(auditLog.action, action)),
    )
    .limit(1);
  return entry !== undefined;
}
