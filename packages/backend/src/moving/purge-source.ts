/**
 * Purges what a move left behind when its time is over, and writes down in the tenant's own books, at the place where it
 * lives now, what went.
 */
import { v7 as uuidv7 } from 'uuid';
import { runAsOwner } from '../kernel/db/index.ts';
import { emptyPlace, type Move, namedUrls } from '../kernel/mover/index.ts';
import { recordRetentionRun } from '../modules/governance/index.ts';
import { moveRegister } from '../modules/public/index.ts';
import { movingErrors } from './errors.ts';
import { auditMove, inBooks, type Mover } from './move-tenant.ts';

export interface PurgedSource {
  readonly moveId: string;
  readonly tenant: string;
  /** By table; a schema of the tenant's own goes as a whole, and is not counted. */
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * @param now  also what is still to be kept
 * @throws TENANCY_MOVE_SOURCE_KEPT, TENANCY_MOVE_NOTHING_LEFT, TENANCY_MOVE_TARGET_TAKEN
 */
export async function purgeSource(
  mover: Mover,
  move: Move,
  now: boolean,
  onRows: (rows: number) => void = () => {},
): Promise<PurgedSource> {
  const { options } = mover;
  if (move.step !== 'completed')
    throw movingErrors.TENANCY_MOVE_NOTHING_LEFT({ found: `${move.slug}: ${move.step}` });
  if (!now && move.keptUntil && move.keptUntil > new Date())
    throw movingErrors.TENANCY_MOVE_SOURCE_KEPT({ found: `until ${move.keptUntil.toISOString()}` });
  const startedAt = new Date();
  const rows: Record<string, number> = {};
  const place = {
    // By the name, a move that brings the tenant back finds the sessions, and ends them.
    urls: namedUrls(await options.urlsOf(move.from.instance), move.id),
    schema: move.from.schema,
    tenantId: move.tenantId,
    slug: move.slug,
    restRatio: options.restRatio,
    tables: options.tables.map(({ namespace, name }) => `${namespace}.${name}`),
  };
  await emptyPlace(place, `move ${move.id}: left behind`, (table, purged) => {
    rows[table] = (rows[table] ?? 0) + purged;
    onRows(purged);
  });
  await inBooks(mover, move, async (tx) => {
    const runId = uuidv7();
    for (const [tableName, rowsPurged] of Object.entries(rows))
      await recordRetentionRun(tx, {
        ...{ runId, tableName, rowsPurged, startedAt, cutoffAt: startedAt },
        ...{
          cause: 'move_completed',
          frameworkCode: null,
          rowsHeld: 0,
          partitionsDropped: 0,
          rehearsal: false,
        },
      });
    await auditMove(tx, move, 'source_purged', { rows });
  });
  await runAsOwner(options.controlUrl, (tx) => moveRegister.record(tx, move, { step: 'purged' }));
  return { moveId: move.id, tenant: move.slug, rows };
}
