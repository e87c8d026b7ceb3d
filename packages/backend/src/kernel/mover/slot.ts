/**
 * What a move keeps at its source while it follows: a publication of the tenant's rows and a replication slot, both named
 * after the move. A slot holds back the source's log until its changes were taken, so none may outlive its move.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Attempt } from './attempt.ts';
import type { End } from './ends.ts';
import { moverErrors } from './errors.ts';
import { type Lsn, parseLsn } from './lsn.ts';

export const slotName = (moveId: string): string => `dmz_move_${moveId.replaceAll('-', '')}`;

/** What a move keeps at a database, whether it still needs it or not. */
export interface KeptSlot {
  readonly moveId: string;
  /** How much of the log it holds back; 0 for what is left of a publication alone. */
  readonly retainedBytes: number;
}

/** What moves keep at this database. */
export async function listKeptSlots(client: pg.Client): Promise<KeptSlot[]> {
  const { rows } = await client.query<KeptSlot>(
    `SELECT substring(name, 10)::uuid AS "moveId", sum(retained)::float8 AS "retainedBytes" FROM (
       SELECT slot_name::text AS name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) AS retained
       FROM pg_replication_slots WHERE database = current_database() AND NOT temporary
       UNION ALL SELECT pubname, 0 FROM pg_publication
     ) AS kept WHERE name ~ '^dmz_move_[0-9a-f]{32}$' GROUP BY name ORDER BY name`,
  );
  return rows;
}

/** A tenant's rows, as one position of the log has them, for as long as the connection is kept. */
export interface Snapshot {
  readonly lsn: Lsn;
  /** For SET TRANSACTION SNAPSHOT. */
  readonly name: string;
  /** Lets go of it; transactions that have taken it keep it. */
  close(): Promise<void>;
}

/** The row filter names the tenant, which every primary key contains: it holds for updates and deletions too. */
export async function publish({ source, move, tables }: Attempt): Promise<void> {
  const name = slotName(move.id);
  const published = tables.map(
    (table) => `${table.source} WHERE (tenant_id = ${pg.escapeLiteral(move.tenantId)})`,
  );
  await source.owner.run(async (_, client) => {
    await client.query(`DROP PUBLICATION IF EXISTS "${name}"`);
    await client.query(
      `CREATE PUBLICATION "${name}" FOR TABLE ${published.join(', ')}
       WITH (publish = 'insert, update, delete', publish_via_partition_root = true)`,
    );
  });
}

/** Makes the slot of the move; its snapshot has all that was committed before the changes that the slot will send. */
export const createSlot = ({ source, move }: Attempt): Promise<Snapshot> =>
  exportSnapshot(source, slotName(move.id), '');

/** The source as it is at one position, for looking at; its slot ends with the connection. */
export const takeSnapshot = ({ source, move }: Attempt): Promise<Snapshot> =>
  exportSnapshot(source, `${slotName(move.id)}_look`, 'TEMPORARY');

async function exportSnapshot(source: End, slot: string, kind: string): Promise<Snapshot> {
  const client = await source.connect({ replication: true });
  const { rows } = await client.query(
    `CREATE_REPLICATION_SLOT "${slot}" ${kind} LOGICAL pgoutput (SNAPSHOT 'export')`,
  );
  const [made] = rows;
  return {
    lsn: parseLsn(made.consistent_point),
    name: made.snapshot_name,
    close: () => source.disconnect(client),
  };
}

const LETTING_GO_MS = 10_000;
const OBJECT_IN_USE = '55006';

/** Removes both; what is not there is removed already. */
export async function removeSlot({ client }: End['owner'], moveId: string): Promise<void> {
  const name = slotName(moveId);
  const deadline = performance.now() + LETTING_GO_MS;
  for (;;) {
    try {
      await client.query(
        `SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = $1 AND active`,
        [name],
      );
      await client.query(
        'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1',
        [name],
      );
      break;
    } catch (error) {
      // Whoever read from it is still on its way out.
      const inUse = error instanceof pg.DatabaseError && error.code === OBJECT_IN_USE;
      if (!inUse || performance.now() > deadline) throw error;
      await sleep(20);
    }
  }
  await client.query(`DROP PUBLICATION IF EXISTS "${name}"`);
}

/** How much of the log the slot holds back; 0 where there is none. */
export async function retainedBytes(client: pg.Client, moveId: string): Promise<number> {
  const { rows } = await client.query(
    `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::float8 AS bytes
     FROM pg_replication_slots WHERE slot_name = $1`,
    [slotName(moveId)],
  );
  return rows[0]?.bytes ?? 0;
}

/** Whether the slot still has all changes since the copy; a server may have been told to give up on slots that lag. */
export async function isSlotUsable({ source, move }: Attempt): Promise<boolean> {
  const { rows } = await source.owner.client.query(
    "SELECT wal_status <> 'lost' AS usable FROM pg_replication_slots WHERE slot_name = $1",
    [slotName(move.id)],
  );
  return rows[0]?.usable ?? false;
}

/** @throws TENANCY_MOVE_NOT_LOGICAL */
export async function requireLogical({ client }: End['owner']): Promise<void> {
  const { rows } = await client.query('SHOW wal_level');
  if (rows[0].wal_level !== 'logical')
    throw moverErrors.TENANCY_MOVE_NOT_LOGICAL({ found: `wal_level ${rows[0].wal_level}` });
}
