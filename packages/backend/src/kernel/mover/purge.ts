/**
 * Removes a tenant's rows from a placement where it does not live: what a move left behind, or what one brought that went
 * no further. Rows go in small batches through the one door that append-only rows have, which looks itself that the
 * tenant is not served from there; a schema of the tenant's own goes as a whole.
 */
import pg from 'pg';
import { dropSchemaPlacement } from '../schema-tier/index.ts';
import type { EndUrls } from './ends.ts';
import { moverErrors } from './errors.ts';
import { explainMoveError } from './explain-error.ts';
import { Pace } from './pace.ts';
import { SliceSize } from './slice-size.ts';

const NAME = 'dmz-purge';

/** Rows that go by one statement. */
const BATCHES = { first: 200, least: 50, most: 2_000 };

export interface PlaceToEmpty {
  readonly urls: EndUrls;
  readonly schema: string | null;
  readonly tenantId: string;
  readonly slug: string;
  /** As `schema.table`, parents first; of the module schemas alone. */
  readonly tables: readonly string[];
  /** Of the move that brings the tenant here, who clears for it: nobody else may while it does. */
  readonly by?: { readonly moveId: string; readonly attempt: number };
  /** One of its own, unless given. */
  readonly pace?: Pace;
  /** Of its own one. */
  readonly restRatio?: number | undefined;
}

/** Told of each batch. */
type OnRows = (table: string, rows: number) => void;

/**
 * @param reason  for the record of purges
 * @returns rows that were removed, of those that were counted: a schema's are not
 * @throws TENANCY_MOVE_TARGET_TAKEN, SCHEMA_PLACEMENT_IN_USE  when the tenant is served from there
 * @throws TENANCY_MOVE_TAKEN_OVER  when another move, or another attempt of this one, brings the tenant there by now
 */
export async function emptyPlace(
  place: PlaceToEmpty,
  reason: string,
  onRows: OnRows = () => {},
): Promise<number> {
  const { urls, schema, tenantId, restRatio } = place;
  const client = new pg.Client({ connectionString: urls.maintenanceUrl, application_name: NAME });
  client.on('error', () => {});
  const pace =
    place.pace ?? (await Pace.open({ tenantId, adminUrls: [urls.adminUrl], name: NAME, restRatio }));
  try {
    await client.connect();
    await refuseWhereServed(client, place);
    if (schema !== null) await dropSchemaPlacement(urls.adminUrl, place.slug, place.by);
    else return await purgeTables({ client, pace, place, reason, onRows });
    return 0;
  } catch (error) {
    throw explainMoveError(error);
  } finally {
    await client.end();
    if (!place.pace) await pace.close();
  }
}

async function refuseWhereServed(client: pg.Client, { tenantId, schema }: PlaceToEmpty): Promise<void> {
  const { rows } = await client.query('SELECT dmz.is_served_from($1, $2) AS served', [tenantId, schema]);
  if (rows[0].served)
    throw moverErrors.TENANCY_MOVE_TARGET_TAKEN({
      found: `the tenant is served from ${schema === null ? 'the module schemas' : `schema ${schema}`}`,
    });
}

interface Purge {
  readonly client: pg.Client;
  readonly pace: Pace;
  readonly place: PlaceToEmpty;
  readonly reason: string;
  readonly onRows: OnRows;
}

async function purgeTables({ client, pace, place, reason, onRows }: Purge): Promise<number> {
  let total = 0;
  for (const table of [...place.tables].reverse()) {
    const size = new SliceSize(BATCHES);
    const purgeSome = async (ms: number): Promise<boolean> => {
      const most = size.for(ms);
      const begunAt = performance.now();
      const { rows } = await client.query<{ rows: string }>(
        'SELECT dmz.purge_unmoved_rows($1, $2, $3::text::regclass, $4, $5, $6) AS rows',
        [place.by?.moveId ?? null, place.by?.attempt ?? null, table, place.tenantId, most, reason],
      );
      const purged = Number(rows[0]?.rows ?? 0);
      size.learn(Math.max(1, purged), performance.now() - begunAt);
      total += purged;
      if (purged > 0) onRows(table, purged);
      return purged === most;
    };
    while (await pace.slice(purgeSome)) {
      // The next portion.
    }
  }
  return total;
}
