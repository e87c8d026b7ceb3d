/** Writes the audit log. Entries belong to the caller's transaction: what is rolled back was not done, and is not logged. */
import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Keys } from '../../kernel/privacy/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { adminTables } from './schema.ts';

export interface AuditEntry {
  /** Made before by who encrypts particulars for the entry; else the database makes one. */
  readonly id?: string;
  readonly actor:
    | { readonly kind: 'person'; readonly id: string }
    | { readonly kind: 'operator' | 'program' };
  /** `module.object.verb`, such as `game.session.started`. */
  readonly action: string;
  readonly subject?: { readonly type: string; readonly id: string };
  /** Particulars for an auditor; personal data only as `sealAuditDetails` gives it. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * Writes an entry in the caller's transaction; the database chains it to the tenant's last one. It comes last in a use case:
 * from here to the end of the transaction nobody else writes an entry of the tenant.
 */
export async function recordAudit(
  tx: TenantTx,
  { id, actor, action, subject, details = {} }: AuditEntry,
): Promise<void> {
  const { auditLog } = adminTables(tx);
  await tx.insert(auditLog).values({
    tenantId: tx.tenantId,
    ...(id === undefined ? {} : { id }),
    occurredAt: tx.now,
    actorKind: actor.kind,
    actorId: actor.kind === 'person' ? actor.id : null,
    action,
    subjectType: subject?.type ?? null,
    subjectId: subject?.id ?? null,
    details,
  });
}

/**
 * Encrypts particulars that say something of a person for an entry, which stays whole when the person is forgotten.
 *
 * @returns the entry's id, and the particulars to spread into its `details`
 * @throws KEYS_PERSON_FORGOTTEN
 */
export async function sealAuditDetails<const Key extends string>(
  tx: TenantTx,
  keys: Keys,
  userId: string,
  texts: Readonly<Record<Key, string>>,
): Promise<{ readonly id: string; readonly details: Readonly<Record<Key, string>> }> {
  const id = uuidv7();
  const { auditLog } = adminTables(tx);
  const details = await keys.sealInto(tx, userId, auditLog, { id, column: 'details' }, texts);
  return { id, details };
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
