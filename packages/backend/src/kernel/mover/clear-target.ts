/**
 * Leaves nothing of the tenant at the target. A move claims its target once, before it writes there: what it finds then
 * was left behind by a move that brought the tenant away, or is not for it to touch; what it finds later is its own.
 */
import { dropSchemaPlacement } from '../schema-tier/index.ts';
import type { Attempt, MoverOptions } from './attempt.ts';
import type { End } from './ends.ts';
import { moverErrors } from './errors.ts';
import { findRemains } from './load-rows.ts';
import type { Move } from './ports.ts';
import { emptyPlace } from './purge.ts';

/**
 * @returns the move whose remains are there, when there are any
 * @throws TENANCY_MOVE_TARGET_TAKEN
 */
export async function claimTarget({ target, control, move, options }: Attempt): Promise<Move | undefined> {
  if ((await remainsAt(target, move.tenantId, options)).length === 0) return undefined;
  const earlier = await control.run((tx) => options.register.leftBehind(tx, move.tenantId, move.to));
  if (earlier) return earlier;
  throw moverErrors.TENANCY_MOVE_TARGET_TAKEN({ found: `${move.to.tier} on ${move.to.instance}` });
}

const remainsAt = ({ urls, place: { schema } }: End, tenantId: string, { tables }: MoverOptions) =>
  findRemains({ tenantId, urls, schema }, tables);

/**
 * @param why  for the record of purges
 * @throws TENANCY_MOVE_TARGET_TAKEN, SCHEMA_PLACEMENT_IN_USE
 */
export async function clearTarget({ target, move, options, pace }: Attempt, why: string): Promise<void> {
  const { tenantId, id, slug, attempt } = move;
  const { schema } = target.place;
  const by = { moveId: id, attempt };
  // A schema's role is made before it and dropped after it, so the role alone may be there.
  if (schema !== null) return dropSchemaPlacement(target.urls.adminUrl, slug, by);
  const tables = await remainsAt(target, tenantId, options);
  if (tables.length === 0) return;
  await emptyPlace({ urls: target.urls, schema, tenantId, slug, tables, by, pace }, `move ${id}: ${why}`);
}
