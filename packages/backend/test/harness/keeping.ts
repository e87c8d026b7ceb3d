/** How long a tenant keeps what, as tests arrange it past the services: a superuser says so for all times. */
import type { SqlClient } from './by-hand.ts';

const CLASSES = ['evidence', 'audit', 'play', 'analytics', 'accounts'];

/** Nothing binds the tenant but a policy of so many days for each class of data. */
export async function keepForDays(
  admin: SqlClient,
  tenantId: string,
  days: number,
  classes: readonly string[] = CLASSES,
): Promise<void> {
  await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
  await admin.query('DELETE FROM org.tenant_frameworks WHERE tenant_id = $1', [tenantId]);
  await admin.query('DELETE FROM org.tenant_retention_policies WHERE tenant_id = $1', [tenantId]);
  await admin.query('DELETE FROM governance.legal_holds WHERE tenant_id = $1', [tenantId]);
  await admin.query(
    `INSERT INTO org.tenant_retention_policies (tenant_id, data_class, retention_days, legal_basis, reason, starts_on)
     SELECT $1, c, $2, 'contract', 'as long as a test asks', '2015-01-01' FROM unnest($3::text[]) AS c`,
    [tenantId, days, classes],
  );
  await admin.query('COMMIT');
}

export interface HoldOver {
  readonly scope: 'tenant' | 'person' | 'table';
  readonly tableName?: string;
  readonly userId?: string;
}

/** @returns the hold's id */
export async function placeHold(
  admin: SqlClient,
  tenantId: string,
  { scope, tableName, userId }: HoldOver,
): Promise<string> {
  const { rows } = await admin.query(
    `INSERT INTO governance.legal_holds (tenant_id, action, matter, scope, table_name, user_id, ordered_by_id, effective_at)
     SELECT $1, 'placed', 'AZ 7/26', $2, $3, $4, id, now() FROM auth.users WHERE tenant_id = $1 LIMIT 1 RETURNING id`,
    [tenantId, scope, tableName ?? null, userId ?? null],
  );
  return rows[0].id;
}
