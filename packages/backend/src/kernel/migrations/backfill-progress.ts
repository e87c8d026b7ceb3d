/**
 * How far a backfill has come at a placement: the last key of each statement, written in the transaction of its batch, so
 * a killed one goes on where it was. Rows are there only while the file is in the middle of being applied.
 */
import type pg from 'pg';
import { DATABASE_HISTORY } from './history.ts';
import type { Numbered } from './journal.ts';

const TABLE = `${DATABASE_HISTORY}.__backfill_progress`;

export interface Key {
  readonly tenantId: string;
  readonly id: string;
}

export interface Reached extends Key {
  /** That the batches went over until there, whether they changed them or not. */
  readonly rows: number;
}

export async function createBackfillProgress(client: pg.Client): Promise<void> {
  await client.query(`CREATE TABLE IF NOT EXISTS ${TABLE} (place name, statement integer, hash text NOT NULL,
    last_tenant_id uuid NOT NULL, last_id uuid NOT NULL, rows bigint NOT NULL, updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (place, statement))`);
}

/** The placement is no more, or its file is applied. */
export async function forgetBackfill(client: pg.Client, place: string): Promise<void> {
  await client.query(`DELETE FROM ${TABLE} WHERE place = $1`, [place]);
}

/** @returns undefined where nothing was filled, or by another text of the file: then all of it is gone over again */
export async function readReached(
  client: pg.Client,
  place: string,
  { sha256 }: Numbered,
  statement: number,
): Promise<Reached | undefined> {
  const { rows } = await client.query<{ tenantId: string; id: string; rows: string }>(
    `SELECT last_tenant_id AS "tenantId", last_id AS id, rows FROM ${TABLE} WHERE place = $1 AND statement = $2 AND hash = $3`,
    [place, statement, sha256],
  );
  const [row] = rows;
  return row && { ...row, rows: Number(row.rows) };
}

/** In the transaction of the batch. */
export async function writeReached(
  client: pg.Client,
  place: string,
  { sha256 }: Numbered,
  statement: number,
  { tenantId, id, rows }: Reached,
): Promise<void> {
  await client.query(
    `INSERT INTO ${TABLE} (place, statement, hash, last_tenant_id, last_id, rows) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (place, statement) DO UPDATE SET hash = $3, last_tenant_id = $4, last_id = $5, rows = $6, updated_at = now()`,
    [place, statement, sha256, tenantId, id, rows],
  );
}
