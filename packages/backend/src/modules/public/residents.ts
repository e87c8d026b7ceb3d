/** The tenants that an instance serves, by what it knows itself. Every transaction here is the owner's at that instance. */
import { asc, eq } from 'drizzle-orm';
import type { OwnerTx } from '../../kernel/db/index.ts';
import { publicTables } from './schema.ts';

type ResidentRow = typeof publicTables.residents.$inferSelect;
export type Resident = Pick<ResidentRow, 'tenantId' | 'epoch' | 'state' | 'schemaName'>;
export type ResidentState = ResidentRow['state'];

export async function listResidents(tx: OwnerTx): Promise<Resident[]> {
  const { residents } = publicTables;
  const { tenantId, epoch, state, schemaName } = residents;
  return tx.select({ tenantId, epoch, state, schemaName }).from(residents).orderBy(asc(tenantId));
}

/** Serves a tenant from now on, at the first epoch; one that is known already stays as it is. */
export async function admitResident(
  tx: OwnerTx,
  tenantId: string,
  schema: string | null,
  state: ResidentState = 'serving',
): Promise<void> {
  await tx
    .insert(publicTables.residents)
    .values({ tenantId, schemaName: schema, state })
    .onConflictDoNothing();
}

/** @returns false when the instance does not know the tenant */
export async function setResidentState(
  tx: OwnerTx,
  tenantId: string,
  state: ResidentState,
): Promise<boolean> {
  const { residents } = publicTables;
  const { rowCount } = await tx.update(residents).set({ state }).where(eq(residents.tenantId, tenantId));
  return rowCount === 1;
}

export async function forgetResident(tx: OwnerTx, tenantId: string): Promise<void> {
  const { residents } = publicTables;
  await tx.delete(residents).where(eq(residents.tenantId, tenantId));
}
