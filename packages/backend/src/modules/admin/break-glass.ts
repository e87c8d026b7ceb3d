/**
 * Emergency access of an operator to one tenant: granted by somebody else, for a case, a reason and at most a day; each
 * grant and its early end has an entry of the tenant's audit log, in the same transaction.
 */
import { and, gt, lte } from 'drizzle-orm';
import type { Keys } from '../../kernel/privacy/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { adminErrors } from './errors.ts';
import { breakGlassGrants } from './records.ts';
import { adminTables } from './schema.ts';
import { recordAudit } from './service.ts';

type Row = typeof adminTables.breakGlassGrants.$inferSelect;
export type BreakGlassGrant = Pick<
  Row,
  | 'id'
  | 'operatorId'
  | 'reason'
  | 'ticket'
  | 'access'
  | 'scopes'
  | 'approverKind'
  | 'approverId'
  | 'startsAt'
  | 'expiresAt'
>;
export const BREAK_GLASS_REASONS: readonly Row['reason'][] = adminTables.breakGlassGrants.reason.enumValues;

/** At most a day, which the database holds too. */
export const LONGEST_GRANT_SECONDS = 24 * 3_600;

export interface BreakGlassRequest extends Omit<BreakGlassGrant, 'id' | 'startsAt' | 'expiresAt'> {
  readonly seconds: number;
}

/** @throws ADMIN_GRANT_REFUSED  for access to oneself, and for longer than a day */
export async function grantBreakGlass(tx: TenantTx, request: BreakGlassRequest): Promise<BreakGlassGrant> {
  const { seconds, ...grant } = request;
  if (grant.approverId === grant.operatorId)
    throw adminErrors.ADMIN_GRANT_REFUSED({
      found: 'the operator as who agreed',
      expected: 'somebody else: an administrator of the tenant, or another operator',
    });
  if (seconds > LONGEST_GRANT_SECONDS)
    throw adminErrors.ADMIN_GRANT_REFUSED({ found: `${seconds} s`, expected: 'a day at most' });
  const expiresAt = new Date(tx.now.getTime() + seconds * 1_000);
  const made = await breakGlassGrants.issue(tx, { ...grant, startsAt: tx.now, expiresAt });
  const { operatorId, reason, ticket, access, scopes, approverKind, approverId } = made;
  await recordAudit(tx, {
    actor: { kind: 'operator' },
    action: 'admin.break_glass.granted',
    subject: { type: breakGlassGrants.name, id: made.id },
    details: {
      operatorId,
      reason,
      ticket,
      access,
      scopes,
      approverKind,
      approverId,
      expiresAt: expiresAt.toISOString(),
    },
  });
  return made;
}

/** Grants that are in force now, the last to end first. */
export function grantsInForce(tx: TenantTx): Promise<BreakGlassGrant[]> {
  return breakGlassGrants.validNow(tx, (table) =>
    and(gt(table.expiresAt, tx.now), lte(table.startsAt, tx.now)),
  );
}

/** Ends a grant before its time. @throws RECORDS_UNKNOWN, RECORDS_NOT_VALID, RECORDS_ALREADY_SUCCEEDED */
export async function endBreakGlass(tx: TenantTx, keys: Keys, id: string): Promise<void> {
  const made = await breakGlassGrants.invalidate(tx, keys, id, 'revocation');
  await recordAudit(tx, {
    actor: { kind: 'operator' },
    action: 'admin.break_glass.ended',
    subject: { type: breakGlassGrants.name, id },
    details: { by: made.id },
  });
}
