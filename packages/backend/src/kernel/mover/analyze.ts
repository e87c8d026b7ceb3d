/** The planner at the target knows nothing of the rows that have come; it learns of them before people ask for them. */
import type pg from 'pg';
import type { Attempt } from './attempt.ts';
import { filledTables } from './tenant-rows.ts';

/** Below this, a table's statistics do not matter to its plans. */
export const FROM_ROWS = 1_000;
/** As autovacuum goes about it: ANALYZE rests for so long, in ms, whenever it has read some hundred pages. */
const REST_MS = 2;

/** ANALYZE is the owner's, and repeatable: a move that is taken up again does it again. */
export async function analyzeTarget({ target, tables, move }: Attempt): Promise<void> {
  const client = await target.connect();
  const names = tables.map((table) => table.target);
  const large = await filledTables(client, names, move.tenantId, FROM_ROWS);
  await target.disconnect(client);
  await analyzeTables(target.owner.client, large);
}

/** @param client  the administrator's */
export async function analyzeTables(client: pg.Client, tables: readonly string[]): Promise<void> {
  for (const table of tables) await client.query(`SET vacuum_cost_delay = ${REST_MS}; ANALYZE ${table}`);
}
