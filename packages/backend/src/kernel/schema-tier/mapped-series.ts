/**
 * The series of migrations as statements for a schema of a tenant's own. Parsing and mapping all of it takes a second, so
 * the result is kept in the state folder, under a name that follows from the migrations and from the mapping itself.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Migration, readMigrations } from '../migrations/journal.ts';
import { stateFolder } from '../project.ts';

/** With statements for the schema `PLACEHOLDER`; none where the migration is the database's alone. */
export type MappedMigration = Migration;

let known: { readonly key: string; readonly series: Promise<readonly MappedMigration[]> } | undefined;

/**
 * @param folder  where the series is; the platform's own unless given
 * @throws SCHEMA_TIER_UNMAPPABLE
 */
export function mappedSeries(folder?: string): Promise<readonly MappedMigration[]> {
  const migrations = readMigrations(folder);
  const key = keyOf(migrations);
  if (known?.key !== key) known = { key, series: readOrMap(migrations, key) };
  return known.series;
}

async function readOrMap(migrations: readonly Migration[], key: string): Promise<readonly MappedMigration[]> {
  const file = path.join(stateFolder(), 'cache', `schema-tier-${key}.json`);
  const kept = readKept(file);
  if (kept) return kept;
  const { mapSeries } = await import('./map-series.ts');
  const mapped = await mapSeries(migrations);
  keep(file, mapped);
  return mapped;
}

/** A file of this name was written whole, by this mapping of these migrations. */
function readKept(file: string): readonly MappedMigration[] | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly MappedMigration[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written beside and renamed, since several programs may do so at once. */
function keep(file: string, mapped: readonly MappedMigration[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, JSON.stringify(mapped));
  renameSync(beside, file);
}

function keyOf(migrations: readonly Migration[]): string {
  const folder = path.dirname(fileURLToPath(import.meta.url));
  const hash = createHash('sha256');
  for (const { tag, sha256 } of migrations) hash.update(`${tag} ${sha256}\n`);
  for (const name of readdirSync(folder).sort())
    if (!name.includes('.test.')) hash.update(readFileSync(path.join(folder, name)));
  hash.update(readFileSync(path.join(folder, '../db/placed-name.ts')));
  return hash.digest('hex').slice(0, 16);
}
