/** The register of instances, in the control database. It needs the owner's transaction. */

import { and, asc, count, eq, ne, notInArray, or } from 'drizzle-orm';
import type { OwnerTx } from '../../kernel/db/index.ts';
import { quoted } from '../../kernel/errors/index.ts';
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
    .where(ne(instances.status, 'retired'))
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
      found: quoted(region),
      expected: known.map(({ code }) => code).join(', '),
    });
  await tx.insert(instances).values({ name, region }).onConflictDoNothing();
  const [present] = await tx
    .select({ region: instances.region, status: instances.status })
    .from(instances)
    .where(eq(instances.name, name));
  // A retired one has nothing of anybody, so another of its name may be anywhere.
  if (present?.region !== region && present?.status !== 'retired')
    throw publicErrors.INSTANCE_REGION_DIFFERS({ found: `${name} in ${present?.region}`, expected: region });
  await tx.update(instances).set({ region, status: 'active' }).where(eq(instances.name, name));
}

/** @throws INSTANCE_NOT_REGISTERED */
export async function findInstance(tx: OwnerTx, name: string): Promise<RegisteredInstance> {
  const all = await listInstances(tx);
  const found = all.find((each) => each.name === name);
  if (found) return found;
  throw publicErrors.INSTANCE_NOT_REGISTERED({
    found: quoted(name),
    expected: all.map((each) => each.name).join(', '),
  });
}

/** What moves still have to do with an instance, once they have ended. */
const DONE_WITH: (typeof publicTables.moves.$inferSelect)['step'][] = ['purged', 'rolled_back'];

/**
 * Strikes an instance off the register. Its row stays, retired, for the moves that name it.
 *
 * @throws INSTANCE_NOT_REGISTERED, INSTANCE_IN_USE
 */
export async function unregisterInstance(tx: OwnerTx, name: string): Promise<void> {
  const { instances, moves, tenants } = publicTables;
  // Whoever places a tenant there meanwhile, or plans a move to it, waits for this row, and then finds it retired.
  const [row] = await tx.select().from(instances).where(eq(instances.name, name)).for('update');
  const found = await findInstance(tx, name);
  if (found.tenants > 0)
    throw publicErrors.INSTANCE_IN_USE({
      found: `${found.tenants} tenants are placed on ${name}`,
      expected: 'none',
    });
  const id = row?.id ?? '';
  const moving = await tx
    .select({ slug: tenants.slug, step: moves.step })
    .from(moves)
    .innerJoin(tenants, eq(tenants.id, moves.tenantId))
    .where(
      and(
        notInArray(moves.step, DONE_WITH),
        or(eq(moves.toInstanceId, id), eq(moves.fromInstanceId, id)),
        // What came here and has moved on, or is placed elsewhere by now, left nothing that is still to be done here.
        or(ne(moves.step, 'completed'), eq(moves.fromInstanceId, id)),
      ),
    );
  if (moving.length > 0)
    throw publicErrors.INSTANCE_IN_USE({
      found: moving.map(({ slug, step }) => `a move of ${slug}, ${step}`).join('; '),
      expected: 'no move that is under way, or has left rows here',
      next: 'finish or roll back the move; purge what one has left: pnpm dmz tenant move purge <slug>',
    });
  await tx.update(instances).set({ status: 'retired' }).where(eq(instances.name, name));
}
