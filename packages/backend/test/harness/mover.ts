/** Moves in a test's databases, with the platform's own parts and a record of what each move has reached. */
import { runAsOwner } from '../../src/kernel/db/index.ts';
import type { Move, MovePlace, MoverOptions } from '../../src/kernel/mover/index.ts';
import { moveRegister } from '../../src/modules/public/index.ts';
import { moverOptions } from '../../src/moving/mover-options.ts';
import type { TestDatabase } from './database.ts';

export const optionsFor = (db: TestDatabase, more: Partial<MoverOptions> = {}): MoverOptions =>
  moverOptions(db.adminUrl, { stateFolder: db.environment.DMZ_HOME, retryMs: 0, restRatio: 0, ...more });

export const placeOf = (
  tier: MovePlace['tier'],
  instance: string,
  schema: string | null = null,
): MovePlace => ({ tier, instance, region: 'eu', schema });

export async function plannedMove(
  db: TestDatabase,
  tenant: string,
  to: MovePlace,
  more: Partial<Pick<Move, 'maxPauseMs' | 'keepSourceSeconds' | 'maxWalBytes'>> = {},
): Promise<Move> {
  const { id: tenantId } = await db.platform.tenancy.locate(tenant);
  const limits = { maxPauseMs: 2_000, keepSourceSeconds: 3_600, maxWalBytes: 2 ** 33, ...more };
  return runAsOwner(db.adminUrl, (tx) => moveRegister.plan(tx, { tenantId, to, approval: null, ...limits }));
}
