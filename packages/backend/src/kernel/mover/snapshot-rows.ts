/**
 * Everything that a tenant has in its tables, as one moment has it: read in one transaction, table by table, as text whose
 * bytes depend on the rows alone. No migration changes a table meanwhile, and the tenant lived there at that moment.
 */
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { databaseErrors } from '../db/database-errors.ts';
import { type OwnerConnection, openAsOwner, type TableMeta } from '../db/index.ts';
import { pendingMigrations } from '../migrations/history.ts';
import { runUnlessMigrating } from '../migrations/moving-tenants.ts';
import { pendingAtPlacement } from '../schema-tier/index.ts';
import { type Checksum, checksumOf } from './checksums.ts';
import { connectAsMover, type EndUrls } from './ends.ts';
import { moverErrors } from './errors.ts';
import { explainMoveError } from './explain-error.ts';
import { type MovedTable, namesOf, readMovedTables } from './moved-tables.ts';
import { estimateRows, filledTables } from './tenant-rows.ts';

/** Where a tenant's rows are. */
export interface RowPlace {
  readonly tenantId: string;
  readonly urls: EndUrls;
  /** The tenant's own schema; null in the module schemas. */
  readonly schema: string | null;
}

/** A table as it is archived: its rows in the order of their keys, and a sum over them in any order. */
export interface ArchivedTable extends Checksum {
  /** As `game.events`, at whatever placement. */
  readonly name: string;
  readonly columns: readonly string[];
}

const NAME = 'dmz-archive';
/** How the rows of a table are written, and read again: CSV, whose first line names the columns. */
export const CSV = "FORMAT csv, ENCODING 'UTF8'";

export class RowSnapshot {
  /** Those that have rows of the tenant, in the order of their names. */
  readonly tables: readonly MovedTable[];
  /** What the planner believes there to be in them. */
  readonly estimatedRows: number;
  readonly #client: pg.Client;
  readonly #tenantId: string;

  private constructor(
    client: pg.Client,
    tenantId: string,
    tables: readonly MovedTable[],
    estimatedRows: number,
  ) {
    this.#client = client;
    this.#tenantId = tenantId;
    this.tables = tables;
    this.estimatedRows = estimatedRows;
  }

  /**
   * It holds back what vacuum may clear, and a migration, until it is closed.
   *
   * @param epoch   of the placement; another one means that the tenant has moved
   * @param tables  every table that belongs to tenants
   * @throws TENANCY_ROWS_MIGRATING, TENANCY_MOVED, DATABASE_*
   */
  static async open(
    { tenantId, urls, schema, epoch }: RowPlace & { readonly epoch: number },
    tables: readonly TableMeta[],
  ): Promise<RowSnapshot> {
    const owner = await openAsOwner(urls.adminUrl, NAME);
    const client = await connectAsMover(urls.moverUrl, NAME);
    try {
      const opened = await whileNotMigrating(owner, schema, async () => {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
        const side = { client, schema };
        const all = await readMovedTables(tables, side, side);
        const names = all.map(({ source }) => source);
        await client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS SHARE MODE`);
        // Asked after the snapshot was taken: whoever lives here now did so then.
        await requireResident(owner, tenantId, epoch);
        const filled = new Set(await filledTables(client, names, tenantId));
        const rows = await estimateRows(client, [...filled], tenantId);
        return new RowSnapshot(
          client,
          tenantId,
          byName(all).filter((each) => filled.has(each.source)),
          rows,
        );
      });
      return opened;
    } catch (error) {
      await client.end();
      throw explainMoveError(error);
    } finally {
      await owner.close();
    }
  }

  /** A table's rows as CSV, read no faster than they are taken. */
  async *csv({ source, columns, key }: MovedTable): AsyncGenerator<Buffer> {
    const order = namesOf(key.map(({ name }) => name));
    const rows = `SELECT ${namesOf(columns)} FROM ${source} WHERE tenant_id = '${this.#tenantId}' ORDER BY ${order}`;
    yield* this.#client.query(copyTo(`COPY (${rows}) TO STDOUT (${CSV}, HEADER)`));
  }

  checksum(table: MovedTable): Promise<Checksum> {
    return checksumOf(this.#client, table, 'source', { tenantId: this.#tenantId });
  }

  /** Some columns of a small table as text, in the order of its key. */
  async values<Name extends string>(
    name: string,
    columns: readonly Name[],
  ): Promise<Readonly<Record<Name, string>>[]> {
    const table = this.tables.find((each) => each.name === name);
    if (!table) return [];
    const { rows } = await this.#client.query(
      `SELECT ${columns.map((column) => `"${column}"::text`).join(', ')} FROM ${table.source}
       WHERE tenant_id = $1 ORDER BY ${namesOf(table.key.map((each) => each.name))}`,
      [this.#tenantId],
    );
    return rows;
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}

export const byName = (tables: readonly MovedTable[]): MovedTable[] =>
  [...tables].sort((one, other) => (one.name < other.name ? -1 : 1));

/**
 * Runs work while the place has every migration, and none runs.
 *
 * @param schema  null where it is made only now
 * @throws TENANCY_ROWS_MIGRATING
 */
export async function whileNotMigrating<Result>(
  { client }: OwnerConnection,
  schema: string | null,
  work: () => Promise<Result>,
): Promise<Result> {
  let result: { readonly of: Result } | undefined;
  await runUnlessMigrating(client, async () => {
    const pending = [
      ...(await pendingMigrations(client)),
      ...(schema === null ? [] : await pendingAtPlacement(client, schema)),
    ];
    if (pending.length > 0) throw moverErrors.TENANCY_ROWS_MIGRATING({ found: pending.join(', ') });
    result = { of: await work() };
  });
  if (!result) throw moverErrors.TENANCY_ROWS_MIGRATING({ found: 'a migration that runs' });
  return result.of;
}

async function requireResident({ client }: OwnerConnection, tenantId: string, epoch: number): Promise<void> {
  const { rowCount } = await client.query(
    "SELECT FROM public.residents WHERE tenant_id = $1 AND epoch = $2 AND state <> 'departed'",
    [tenantId, epoch],
  );
  if (rowCount !== 1) throw databaseErrors.TENANCY_MOVED({ found: 'a tenant that has just moved' });
}
