/**
 * The owner alone in a tenant: for what changes how the tenant is served. It takes the fence for itself, as a move does, so
 * whoever was in the tenant has left, and whoever comes waits and then finds it as it was left. What is written inside the
 * tenant and how it is served from then on are one transaction.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { databaseErrorOf, translateDatabaseError } from '../db/database-errors.ts';
import { connectAsAdministrator } from '../db/index.ts';
import { announceCommit, bind, finish, unbind } from './connection.ts';
import type { TenantLocation } from './router.ts';
import type { TenantTx } from './tenant-tx.ts';

/** Those who come queue behind a fence that is waited for; after so long they are let pass, and it is tried again. */
const FENCE_WAIT_MS = 400;
const PAUSE_MS = 100;
/** No transaction of a tenant lasts longer than the server lets a statement, or its silence, last. */
const PATIENCE_MS = 35_000;
const LOCK_NOT_AVAILABLE = '55P03';

/** How a tenant is served from then on. */
export type Standing = 'serving' | 'suspended' | 'archived' | 'departed';

/**
 * @param adminUrl  an administrator's URL of the tenant's instance
 * @param work      inside the tenant, whatever its standing was
 * @returns false when the tenant is not there any more, at this epoch
 * @throws DATABASE_CONTENTION  when somebody did not leave the tenant in time; DATABASE_*, and what the work throws
 */
export async function aloneInTenant(
  adminUrl: string,
  location: TenantLocation,
  standing: Standing,
  work: (tx: TenantTx) => Promise<void>,
  log: Logger,
): Promise<boolean> {
  const client = await connectAsAdministrator(adminUrl);
  const deadline = performance.now() + PATIENCE_MS;
  try {
    for (;;) {
      try {
        return await attempt(client, location, standing, work, log);
      } catch (error) {
        await client.query('ROLLBACK');
        const busy = databaseErrorOf(error)?.code === LOCK_NOT_AVAILABLE;
        if (!busy || performance.now() > deadline) throw error;
        await sleep(PAUSE_MS);
      }
    }
  } catch (error) {
    throw translateDatabaseError(error);
  } finally {
    await client.end();
  }
}

async function attempt(
  client: pg.Client,
  location: TenantLocation,
  standing: Standing,
  work: (tx: TenantTx) => Promise<void>,
  log: Logger,
): Promise<boolean> {
  const { id, epoch } = location;
  await client.query(`BEGIN; SET LOCAL ROLE dmz_owner; SET LOCAL lock_timeout = ${FENCE_WAIT_MS}`);
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('fence:' || $1, 0))", [id]);
  const serve = 'UPDATE public.residents SET state = $3 WHERE tenant_id = $1 AND epoch = $2';
  // Nobody sees this: it is for entering, and is overwritten before the end.
  const { rowCount } = await client.query(`${serve} AND state <> 'departed'`, [id, epoch, 'serving']);
  if (rowCount !== 1) {
    await client.query('ROLLBACK');
    return false;
  }
  const { rows } = await client.query<{ now: Date }>('SELECT dmz.open_tenant($1, $2) AS now', [id, epoch]);
  // A client of its own has what a pooled one lends, but for the release.
  const tx = bind(client as pg.PoolClient, location, {
    ...{ now: rows[0]?.now ?? new Date(), log },
    snapshot: false,
  });
  try {
    await work(tx);
    await finish(tx);
  } finally {
    unbind(tx);
  }
  await client.query(serve, [id, epoch, standing]);
  await client.query('COMMIT');
  announceCommit(tx);
  return true;
}
