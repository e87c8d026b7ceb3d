/**
 * `pnpm db:check`: whether schema, migrations and the live database agree, whether every object keeps the rules of its
 * kind, and whether the catalogue is the one that was reviewed. It writes nothing.
 */
import pg from 'pg';
import { connectAsAdministrator } from '../db/index.ts';
import { migrationErrors } from '../migrations/errors.ts';
import { pendingMigrations } from '../migrations/history.ts';
import { differenceAt, findingsOf, type Need, rightsRules } from '../rights/index.ts';
import { catalogueRules, checkCatalogue } from './catalogue.ts';
import type { CheckReport, Finding } from './finding.ts';
import { listCatalogue } from './listing.ts';
import { checkFiles, checkHistory, checkSchema, seriesRules } from './series.ts';
import { compareSnapshot, readSnapshot, snapshotRule } from './snapshot.ts';

export { catalogueRules, checkCatalogue } from './catalogue.ts';
export type { CheckReport, Finding } from './finding.ts';
export { listCatalogue } from './listing.ts';
export { fictionalTables } from './rules/personal-data.ts';
export { compareSnapshot, readSnapshot, writeSnapshot } from './snapshot.ts';
export { checkWalls } from './walls.ts';

/** What holds for every database, handed in because the kernel does not know the modules. */
export interface DefinedInstance {
  readonly namespaces: readonly string[];
  /** Every right that a role needs. */
  readonly needs: readonly Need[];
}

/** What the modules define besides. */
export interface DefinedSchema extends DefinedInstance {
  /** Every table and schema that drizzle-kit reads, by any name. */
  readonly definitions: Readonly<Record<string, unknown>>;
}

/** @throws STACK_* when the server cannot be reached */
export async function checkDatabase(adminUrl: string, defined: DefinedSchema): Promise<CheckReport> {
  const ofFiles: Finding[] = [...checkFiles(), ...(await checkSchema(defined.definitions))];
  const { checked, findings } = await checkInstance(adminUrl, defined);
  return { checked: checked + FILE_RULES, findings: [...ofFiles, ...findings] };
}

/** Rules about the checkout itself, which are looked at once, however many databases there are. */
const FILE_RULES = [seriesRules.files, seriesRules.schema].length;

/** The same without the files, for databases beside the first. @throws STACK_* when the server cannot be reached */
export function checkInstance(
  adminUrl: string,
  { namespaces, needs }: DefinedInstance,
): Promise<CheckReport> {
  return inspect(adminUrl, async (client) => {
    const history = await checkHistory(client);
    const ofHistory = [seriesRules.history].length;
    // A database of another version breaks rules that it could not know.
    if (history.length > 0) return { checked: ofHistory, findings: history };
    const catalogue = await checkCatalogue(client, namespaces);
    const ofRights = findingsOf(await differenceAt(client, needs));
    const ofSnapshot = compareSnapshot(await listCatalogue(client, namespaces), readSnapshot());
    return {
      checked: ofHistory + catalogueRules.length + Object.keys(rightsRules).length + [snapshotRule].length,
      findings: [...catalogue.findings, ...ofRights, ...ofSnapshot],
    };
  });
}

/**
 * The listing of the database as it is now; `writeSnapshot` puts it into the repository.
 *
 * @throws MIGRATION_PENDING  because the listing of an older version would undo what is reviewed
 */
export function listDatabase(adminUrl: string, namespaces: readonly string[]): Promise<string> {
  return inspect(adminUrl, async (client) => {
    const pending = await pendingMigrations(client);
    if (pending.length > 0) throw migrationErrors.MIGRATION_PENDING({ found: pending.join(', ') });
    return listCatalogue(client, namespaces);
  });
}

/** undefined_object: roles belong to the whole server, and one can be dropped between being listed and being asked about. */
const DROPPED_MEANWHILE = '42704';
const LOOKS = 5;

async function inspect<Result>(
  adminUrl: string,
  look: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  for (let looks = 1; ; looks += 1) {
    try {
      return await inspectOnce(adminUrl, look);
    } catch (error) {
      const passing = error instanceof pg.DatabaseError && error.code === DROPPED_MEANWHILE;
      if (!passing || looks === LOOKS) throw error;
    }
  }
}

async function inspectOnce<Result>(
  adminUrl: string,
  look: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = await connectAsAdministrator(adminUrl);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await client.query("SET LOCAL search_path = ''");
    return await look(client);
  } finally {
    await client.end();
  }
}
