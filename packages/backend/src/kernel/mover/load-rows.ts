/**
 * Writes a tenant's rows where there are none of it yet, as they were accepted elsewhere: triggers are off, so everything is
 * verified before it is committed. All of it is one transaction: there is the whole tenant, or nothing.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openAsOwner, type TableMeta } from '../db/index.ts';
import { analyzeTables, FROM_ROWS } from './analyze.ts';
import { checksumOf } from './checksums.ts';
import { AS_REPLICA, connectAsMover } from './ends.ts';
import { moverErrors } from './errors.ts';
import { explainMoveError } from './explain-error.ts';
import { type MovedTable, namesOf, readMovedTables } from './moved-tables.ts';
import { findOrphans, readForeignKeys } from './references.ts';
import { type ArchivedTable, byName, CSV, type RowPlace, whileNotMigrating } from './snapshot-rows.ts';
import { filledTables } from './tenant-rows.ts';

const NAME = 'dmz-archive';

export interface LoadedTable extends ArchivedTable {
  /** As `RowSnapshot.csv` writes them. */
  readonly csv: () => AsyncIterable<Uint8Array>;
}

/** @returns tables of the module schemas that have rows of the tenant; of a schema of its own, whether there is one */
export async function findRemains(
  { tenantId, urls, schema }: RowPlace,
  tables: readonly TableMeta[],
): Promise<string[]> {
  const client = await connectAsMover(urls.moverUrl, NAME);
  try {
    if (schema === null) return await filledTables(client, tables.map(nameOf), tenantId);
    const { rows } = await client.query('SELECT to_regnamespace($1) IS NOT NULL AS there', [schema]);
    return rows[0].there ? [schema] : [];
  } finally {
    await client.end();
  }
}

const nameOf = ({ namespace, name }: TableMeta) => `${namespace}.${name}`;

/**
 * @param tables    every table that belongs to tenants
 * @param contents  those that have rows; the others must have none
 * @param onTable   told of each table and its rows, before they are loaded and before they are verified
 * @throws TENANCY_ROWS_DIFFER, TENANCY_ROWS_MIGRATING, DATABASE_*, and what reading the rows fails with
 */
export async function loadRows(
  place: RowPlace,
  tables: readonly TableMeta[],
  contents: readonly LoadedTable[],
  onTable: (phase: 'loading' | 'verifying', name: string, rows: number) => void = () => {},
): Promise<void> {
  const { urls, schema } = place;
  const owner = await openAsOwner(urls.adminUrl, NAME);
  const client = await connectAsMover(urls.moverUrl, NAME, { settings: AS_REPLICA });
  try {
    await whileNotMigrating(owner, schema, async () => {
      await client.query('BEGIN');
      const side = { client, schema };
      const moved = byName(await readMovedTables(tables, side, side));
      const byTable = requireKnown(moved, contents);
      for (const [table, content] of byTable) {
        onTable('loading', table.name, content.rows);
        await loadTable(client, table, content);
      }
      await verify(client, place, moved, byTable, (name, rows) => onTable('verifying', name, rows));
      await client.query('COMMIT');
      const large = [...byTable].filter(([, { rows }]) => rows >= FROM_ROWS);
      await analyzeTables(
        owner.client,
        large.map(([{ target }]) => target),
      );
    });
  } catch (error) {
    throw explainMoveError(error);
  } finally {
    await Promise.allSettled([client.end(), owner.close()]);
  }
}

type Contents = ReadonlyMap<MovedTable, LoadedTable>;

/** What is archived of a table must be what the table has here: column by column, and none that is not there. */
function requireKnown(tables: readonly MovedTable[], contents: readonly LoadedTable[]): Contents {
  const known = new Map(tables.map((table) => [table.name, table]));
  return new Map(
    contents.map((content) => {
      const table = known.get(content.name);
      const [found, expected] = [content.columns.join(', '), table?.columns.join(', ')];
      if (!table || found !== expected)
        throw moverErrors.TENANCY_ROWS_DIFFER({
          found: `${content.name} with ${found}`,
          expected: expected ?? 'a table that is known here',
        });
      return [table, content];
    }),
  );
}

async function loadTable(client: pg.Client, { name, target, columns }: MovedTable, content: LoadedTable) {
  const into = client.query(
    copyFrom(`COPY ${target} (${namesOf(columns)}) FROM STDIN (${CSV}, HEADER MATCH)`),
  );
  await pipeline(Readable.from(content.csv()), into);
  // Rows of anybody else would have been written, too; counting those of the tenant then tells that they were.
  if (into.rowCount !== content.rows)
    throw moverErrors.TENANCY_ROWS_DIFFER({
      found: `${name}: ${into.rowCount} rows`,
      expected: `${content.rows} rows`,
    });
}

const NOTHING = { rows: 0, sum: '' };

/** Every row of the tenant, in every table, and each reference, before anybody can see them. */
async function verify(
  client: pg.Client,
  { tenantId }: RowPlace,
  tables: readonly MovedTable[],
  contents: Contents,
  onTable: (name: string, rows: number) => void,
): Promise<void> {
  const foreignKeys = await readForeignKeys(client, tables);
  for (const table of tables) {
    const wanted = contents.get(table) ?? NOTHING;
    onTable(table.name, wanted.rows);
    const found = await checksumOf(client, table, 'target', { tenantId });
    if (found.rows !== wanted.rows || found.sum !== wanted.sum)
      throw moverErrors.TENANCY_ROWS_DIFFER({
        found: `${table.name}: ${found.rows} rows, checksum ${found.sum || 'none'}`,
        expected: `${wanted.rows} rows, checksum ${wanted.sum || 'none'}`,
      });
    if (wanted.rows === 0) continue;
    for (const key of foreignKeys.get(table) ?? []) {
      const [orphans] = await findOrphans(client, table, key, { tenantId });
      if (orphans)
        throw moverErrors.TENANCY_ROWS_DIFFER({
          found: `${table.name}: ${orphans.rows} rows break ${orphans.foreignKey}`,
          expected: 'every reference to find its row, here or in the reference data',
        });
    }
  }
}
