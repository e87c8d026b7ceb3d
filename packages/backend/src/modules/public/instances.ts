/** The register of instances, in the control database. It needs the owner's transaction. */
import { asc, count, eq } from 'drizzle-orm';
import type { OwnerTx } from '../../kernel/db/index.ts';
import { MAIN_INSTANCE } from '../../kernel/instances/index.ts';
import { publicErrors } from './errors.ts';
import { publicTables } from './schema.ts';

export interface RegisteredInstance {
  readonly name: string;
  readonly region: string;
  readonly status: 'active' | 'draining' | 'retired';
  /** Tenants that are placed there. */
  readonly tenants: number;
}

/** Where the main instance is, until somebody says otherwise. */
const MAIN_REGION = 'eu';

/** @returns how many rows were added */
export async function registerMainInstance(tx: OwnerTx): Promise<number> {
  const { instances } = publicTables;
  const main = { name: MAIN_INSTANCE, region: MAIN_REGION };
  const { rowCount } = await tx.insert(instances).values(main).onConflictDoNothing();
  return rowCount ?? 0;
}

export async function listInstances(tx: OwnerTx): Promise<RegisteredInstance[]> {
  const { instances, placements } = publicTables;
  return tx
    .select({
      name: instances.name,
      region: instances.region,
      status: instances.status,
      tenants: count(placements.tenantId),
    })
    .from(instances)
    .leftJoin(placements, eq(placements.instanceId, instances.id))
    .groupBy(instances.id)
    .orderBy(asc(instances.name));
}

/**
 * Registers an instance. Repeatable; one that was being drained takes tenants again.
 *
 * @throws INSTANCE_REGION_UNKNOWN, INSTANCE_REGION_DIFFERS
 */
export async function registerInstance(tx: OwnerTx, name: string, region: string): Promise<void> {
  const { instances, dataRegions } = publicTables;
  const known = await tx.select({ code: dataRegions.code }).from(dataRegions).orderBy(asc(dataRegions.code));
  if (!known.some(({ code }) => code === region))
    throw publicErrors.INSTANCE_REGION_UNKNOWN({
      found: JSON.stringify(region.slice(0, 60)),
      expected: known.map(({ code }) => code).join(', '),
    });
  await tx.insert(instances).values({ name, region }).onConflictDoNothing();
  const [present] = await tx
    .select({ region: instances.region })
    .from(instances)
    .where(eq(instances.name, name));
  if (present?.region !== region)
    throw publicErrors.INSTANCE_REGION_DIFFERS({ found: `${name} in ${present?.region}`, expected: region });
  await tx.update(instances).set({ status: 'active' }).where(eq(instances.name, name));
}

/** @throws INSTANCE_NOT_REGISTERED */
export async function findInstance(tx: OwnerTx, name: string): Promise<RegisteredInstance> {
  const all = await listInstances(tx);
  const found = all.find((each) => each.name === name);
  if (found) return found;
  throw publicErrors.INSTANCE_NOT_REGISTERED({
    found: JSON.stringify(name.slice(0, 60)),
    expected: all.map((each) => each.name).join(', '),
  });
}

/**
 * Strikes an instance off the register.
 *
 * @throws INSTANCE_NOT_REGISTERED, INSTANCE_IN_USE
 */
export async function unregisterInstance(tx: OwnerTx, name: string): Promise<void> {
  const { instances } = publicTables;
  // Whoever places a tenant there meanwhile waits for this row, and then finds it gone.
  await tx.select().from(instances).where(eq(instances.name, name)).for('update');
  const { tenants } = await findInstance(tx, name);
  if (tenants > 0)
    throw publicErrors.INSTANCE_IN_USE({
      found: `${tenants} tenants are placed on ${name}`,
      expected: 'none',
    });
  await tx.delete(instances).where(eq(instances.name, name));
}
