/**
 * Leaves nothing of the tenant at the target. A move claims its target once, before it writes there: what it finds then
 * was left behind by a move that brought the tenant away, or is not for it to touch; what it finds later is its own.
 */
import type { TableMeta } from '../db/index.ts';
import { dropSchemaPlacement } from '../schema-tier/index.ts';
import type { Attempt, MoverOptions } from './attempt.ts';
import type { End } from './ends.ts';
import { moverErrors } from './errors.ts';
import type { Move } from './ports.ts';
import { emptyPlace } from './purge.ts';
import { filledTables } from './tenant-rows.ts';

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

/** Tables with rows of the tenant; or the schema of its own, whatever is in it. */
async function remainsAt(
  target: End,
  tenantId: string,
  { tables }: Pick<MoverOptions, 'tables'>,
): Promise<string[]> {
  const { schema } = target.place;
  const client = await target.connect();
  try {
    if (schema === null) return await filledTables(client, tables.map(nameOf), tenantId);
    const { rows } = await client.query('SELECT to_regnamespace($1) IS NOT NULL AS there', [schema]);
    return rows[0].there ? [schema] : [];
  } finally {
    await target.disconnect(client);
  }
}

const nameOf = ({ namespace, name }: TableMeta) => `${namespace}.${name}`;

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
