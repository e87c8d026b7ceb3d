/** Raw SQL in a tenant's transaction, which services cannot write and tests must, to try what nobody should. */
import type { SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { TenantTx } from '../../src/kernel/tenancy/index.ts';

export function execute(tx: TenantTx, statement: string | SQL) {
  return (tx as unknown as NodePgDatabase).execute(statement);
}
