/**
 * Verification while the tenant works. A new slot tells a position of the source's log and a snapshot of it; the follower
 * stops exactly there for the moment in which the target's snapshot is taken. Both are then compared while changes go on.
 */
import pg from 'pg';
import type { Attempt } from './attempt.ts';
import { BY_KEY } from './ends.ts';
import type { Follower } from './follower.ts';
import { formatLsn } from './lsn.ts';
import type { Marker } from './marker.ts';
import type { MovedTable } from './moved-tables.ts';
import type { Side } from './ports.ts';
import { type Snapshot, takeSnapshot } from './slot.ts';
import { filledTables } from './tenant-rows.ts';
import type { Lookers } from './verify.ts';
import { verifyWhole } from './verify-whole.ts';
import type { Watch } from './watch.ts';

/** One for each table that is verified at the same time. */
export type Pairs = readonly [Lookers, ...Lookers[]];

export interface Verified {
  readonly rows: number;
  readonly lsn: string;
}

/**
 * Compares every row of the tenant, and every reference at the target.
 *
 * @throws TENANCY_MOVE_VERIFICATION_FAILED, and what `watch` stops it for
 */
export async function verifyAll(
  attempt: Attempt,
  follower: Follower,
  marker: Marker,
  { signal }: Watch,
): Promise<Verified> {
  const { tables, move, pace } = attempt;
  const { pairs, lsn } = await lookBoth(attempt, follower, marker);
  try {
    const filled = await filledAtEither(pairs, tables, move.tenantId);
    const rows = await verifyWhole(pairs, filled, { tenantId: move.tenantId, pace, signal });
    return { rows, lsn };
  } finally {
    for (const { source, target } of pairs) {
      await attempt.source.disconnect(source);
      await attempt.target.disconnect(target);
    }
  }
}

/** Tables that have rows of the tenant at one end or the other. */
async function filledAtEither(
  [looker]: Pairs,
  tables: readonly MovedTable[],
  tenantId: string,
): Promise<MovedTable[]> {
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
): Promise<{ readonly pairs: Pairs; readonly lsn: string }> {
  let snapshot: Snapshot | undefined;
  follower.hold();
  try {
    snapshot = await takeSnapshot(attempt);
    // So that there is a transaction behind the position, before which the follower can stop.
    await marker.emit();
    await follower.holdAt(snapshot.lsn);
    follower.takeTouched();
    const jobs = Math.max(1, attempt.options.jobs ?? 2);
    return { pairs: await openLookers(attempt, snapshot.name, jobs), lsn: formatLsn(snapshot.lsn) };
  } finally {
    follower.release();
    await snapshot?.close();
  }
}

async function openLookers({ source, target }: Attempt, snapshot: string, jobs: number): Promise<Pairs> {
  const open = async (atTarget: string | undefined): Promise<Lookers> => {
    const pair = { source: await source.connect(BY_KEY), target: await target.connect(BY_KEY) };
    await see(pair.source, snapshot);
    await see(pair.target, atTarget);
    return pair;
  };
  const first = await open(undefined);
  const { rows } = await first.target.query('SELECT pg_export_snapshot() AS name');
  const more: Lookers[] = [];
  for (let job = 1; job < jobs; job += 1) more.push(await open(rows[0].name));
  return [first, ...more];
}

async function see(client: pg.Client, snapshot: string | undefined): Promise<void> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  if (snapshot) await client.query(`SET TRANSACTION SNAPSHOT ${pg.escapeLiteral(snapshot)}`);
}
