/**
 * Makes the target ready: the same migrations, the same reference data, a schema where the tenant gets one of its own, the
 * months that its logs have, and no row of the tenant. Once the target is claimed, everything can be done again.
 */
import { pendingMigrations } from '../migrations/history.ts';
import { runUnlessMigrating } from '../migrations/moving-tenants.ts';
import { adoptMonths, monthsOf } from '../partitions/index.ts';
import { createSchemaPlacement, pendingAtPlacement } from '../schema-tier/index.ts';
import { type Attempt, cutOff } from './attempt.ts';
import { claimTarget, clearTarget } from './clear-target.ts';
import type { End } from './ends.ts';
import { moverErrors } from './errors.ts';
import { compareReferenceData } from './reference-data.ts';
import { removeSlot, requireLogical } from './slot.ts';

/** @throws TENANCY_MOVE_MIGRATING, TENANCY_MOVE_NOT_LOGICAL, TENANCY_MOVE_TARGET_TAKEN */
export async function claim(attempt: Attempt): Promise<void> {
  const { source, target, control, options } = attempt;
  await requireLogical(source.owner);
  for (const end of [source, target]) await openEnd(attempt, end);
  const earlier = await claimTarget(attempt);
  // Somebody may be purging what it left: from here on that would be this move's.
  if (earlier) await cutOff(target.owner, earlier.id);
  await attempt.record({ step: 'claimed', details: earlier ? { remainsOf: earlier.id } : {} });
  if (earlier) await control.run((tx) => options.register.record(tx, earlier, { step: 'purged' }));
}

/** @throws TENANCY_MOVE_TABLES_DIFFER, TENANCY_MOVE_MONTH_DETACHED, TENANCY_MOVE_REFERENCE_DIFFERS */
export async function prepare(attempt: Attempt): Promise<void> {
  const { source, target, move } = attempt;
  attempt.report({ phase: 'preparing the target' });
  await removeSlot(source.owner, move.id);
  await clearTarget(attempt, 'before it copies');
  if (target.place.schema !== null) await createSchemaPlacement(target.urls.adminUrl, move.slug);
  await attempt.readTables();
  await makeMonths(attempt);
  if (!attempt.isWithinDatabase) await compareReferenceData(source.owner, target.owner);
  await attempt.record({ step: 'prepared' });
}

/** From here on no migration runs at this end until the move is over. */
async function openEnd({ move, options }: Attempt, { owner, side, place }: End): Promise<void> {
  const opened = await runUnlessMigrating(owner.client, async () => {
    const ofSchema = side === 'source' && place.schema !== null;
    const pending = [
      ...(await pendingMigrations(owner.client)),
      ...(ofSchema ? await pendingAtPlacement(owner.client, place.schema) : []),
    ];
    if (pending.length > 0)
      throw moverErrors.TENANCY_MOVE_MIGRATING({ found: `${pending.join(', ')} on ${place.instance}` });
    await owner.run((tx) => options.instances.open(tx, move, side));
  });
  if (!opened) throw moverErrors.TENANCY_MOVE_MIGRATING({ found: `a migration runs on ${place.instance}` });
}

async function makeMonths({ source, target, move }: Attempt): Promise<void> {
  const at = ({ urls, place }: End) => ({ maintenanceUrl: urls.maintenanceUrl, schema: place.schema });
  const { attached, apart } = await monthsOf(at(source), move.tenantId);
  if (apart.length > 0)
    throw moverErrors.TENANCY_MOVE_MONTH_DETACHED({
      found: apart.map(({ log, month }) => `${log} ${month}`).join(', '),
    });
  await adoptMonths(at(target), attached);
}
