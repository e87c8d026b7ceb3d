/**
 * Removes a tenant's rows from a placement where it does not live: what a move left behind, or what one brought that went
 * no further. Rows go in small batches through the one door that append-only rows have, which looks itself that the
 * tenant is not served from there; a schema of the tenant's own goes as a whole.
 */
import pg from 'pg';
import { translateDriverError } from '../db/database-errors.ts';
import { dropSchemaPlacement } from '../schema-tier/index.ts';
import type { EndUrls } from './ends.ts';
import { moverErrors } from './errors.ts';

/** A batch takes some 10 ms, so others at the instance notice nothing. */
const BATCH_ROWS = 1_000;

export interface PlaceToEmpty {
  readonly urls: EndUrls;
  readonly schema: string | null;
  readonly tenantId: string;
  readonly slug: string;
  /** As `schema.table`, parents first; of the module schemas alone. */
  readonly tables: readonly string[];
}

/** Told of each batch. */
type OnRows = (table: string, rows: number) => void;

/**
 * @param reason  for the record of purges
 * @returns rows that were removed, of those that were counted: a schema's are not
 * @throws TENANCY_MOVE_TARGET_TAKEN  when the tenant is served from there
 */
export async function emptyPlace(
  place: PlaceToEmpty,
  reason: string,
  onRows: OnRows = () => {},
): Promise<number> {
  const { urls, schema, tables } = place;
  const client = new pg.Client({ connectionString: urls.maintenanceUrl, application_name: 'dmz-purge' });
  client.on('error', () => {});
  try {
    await client.connect();
    await refuseWhereServed(client, place);
    if (schema !== null) await dropSchemaPlacement(urls.adminUrl, place.slug);
    else return await purgeTables(client, place, [...tables].reverse(), reason, onRows);
    return 0;
  } catch (error) {
    throw translateDriverError(error);
  } finally {
    await client.end();
  }
}

async function refuseWhereServed(client: pg.Client, { tenantId, schema }: PlaceToEmpty): Promise<void> {
  const { rows } = await client.query('SELECT dmz.is_served_from($1, $2) AS served', [tenantId, schema]);
  if (rows[0].served)
    throw moverErrors.TENANCY_MOVE_TARGET_TAKEN({
      found: `the tenant is served from ${schema === null ? 'the module schemas' : `schema ${schema}`}`,
    });
}

async function purgeTables(
  client: pg.Client,
  { tenantId }: PlaceToEmpty,
  tables: readonly string[],
  reason: string,
  onRows: OnRows,
): Promise<number> {
  let total = 0;
  for (const table of tables) {
    for (let rows = BATCH_ROWS; rows === BATCH_ROWS; total += rows) {
      const purged = await client.query<{ rows: string }>(
        'SELECT dmz.purge_tenant_rows($1::text::regclass, $2, $3, $4) AS rows',
        [table, tenantId, BATCH_ROWS, reason],
      );
      rows = Number(purged.rows[0]?.rows ?? 0);
      if (rows > 0) onRows(table, rows);
    }
  }
  return total;
}
