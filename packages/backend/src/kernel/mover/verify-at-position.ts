/**
 * Verification while the tenant works. A new slot tells a position of the source's log and a snapshot of it; the follower
 * stops exactly there for the moment in which the target's snapshot is taken. Both are then compared while changes go on.
 */
import pg from 'pg';
import type { Attempt } from './attempt.ts';
import type { Follower } from './follower.ts';
import { formatLsn } from './lsn.ts';
import type { Marker } from './marker.ts';
import type { MovedTable } from './moved-tables.ts';
import type { Side } from './ports.ts';
import { verifyReferences } from './references.ts';
import { type Snapshot, takeSnapshot } from './slot.ts';
import { filledTables } from './tenant-rows.ts';
import { type Lookers, verifyTables } from './verify.ts';

export interface Verified {
  readonly rows: number;
  readonly lsn: string;
}

/** Compares every row of the tenant, and every reference at the target. @throws TENANCY_MOVE_VERIFICATION_FAILED */
export async function verifyAll(attempt: Attempt, follower: Follower, marker: Marker): Promise<Verified> {
  const { tables, move } = attempt;
  const { lookers, lsn } = await lookBoth(attempt, follower, marker);
  try {
    const filled = await filledAtEither(lookers, tables, move.tenantId);
    const rows = await verifyTables(lookers, filled, () => ({ tenantId: move.tenantId }));
    await verifyReferences(
      lookers.map(({ target }) => target),
      filled,
      move.tenantId,
    );
    return { rows, lsn };
  } finally {
    for (const { source, target } of lookers) {
      await attempt.source.disconnect(source);
      await attempt.target.disconnect(target);
    }
  }
}

/** Tables that have rows of the tenant at one end or the other. */
async function filledAtEither(
  [looker]: readonly Lookers[],
  tables: readonly MovedTable[],
  tenantId: string,
): Promise<MovedTable[]> {
  if (!looker) return [];
  const filledAt = async (side: Side) => {
    const names = tables.map((table) => table[side]);
    return new Set(await filledTables(looker[side], names, tenantId));
  };
  const [source, target] = await Promise.all([filledAt('source'), filledAt('target')]);
  return tables.filter((table) => source.has(table.source) || target.has(table.target));
}

/** Transactions at both ends that see one position of the source's log. What is touched from there on is still to verify. */
async function lookBoth(
  attempt: Attempt,
  follower: Follower,
  marker: Marker,
): Promise<{ readonly lookers: readonly Lookers[]; readonly lsn: string }> {
  let snapshot: Snapshot | undefined;
  follower.hold();
  try {
    snapshot = await takeSnapshot(attempt);
    // So that there is a transaction behind the position, before which the follower can stop.
    await marker.emit();
    await follower.holdAt(snapshot.lsn);
    follower.takeTouched();
    const jobs = Math.max(1, attempt.options.jobs ?? 2);
    return { lookers: await openLookers(attempt, snapshot.name, jobs), lsn: formatLsn(snapshot.lsn) };
  } finally {
    follower.release();
    await snapshot?.close();
  }
}

async function openLookers({ source, target }: Attempt, snapshot: string, jobs: number): Promise<Lookers[]> {
  const lookers: Lookers[] = [];
  let atTarget: string | undefined;
  for (let job = 0; job < jobs; job += 1) {
    const pair = { source: await source.connect(), target: await target.connect() };
    await see(pair.source, snapshot);
    await see(pair.target, atTarget);
    atTarget ??= (await pair.target.query('SELECT pg_export_snapshot() AS name')).rows[0].name;
    lookers.push(pair);
  }
  return lookers;
}

async function see(client: pg.Client, snapshot: string | undefined): Promise<void> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  if (snapshot) await client.query(`SET TRANSACTION SNAPSHOT ${pg.escapeLiteral(snapshot)}`);
}
