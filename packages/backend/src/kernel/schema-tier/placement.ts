/**
 * Makes, upgrades and drops schemas of tenants' own. A schema is made in one transaction, so there is none or a whole
 * one; migrations that come later are applied one by one, as they are to the database, whose own come first.
 */
import pg from 'pg';
import { explainDatabaseError } from '../db/database-errors.ts';
import { tenantRole, tenantSchema } from '../db/index.ts';
import { isDmzError } from '../errors/index.ts';
import { applyFile } from '../migrations/apply-file.ts';
import { migrationErrors } from '../migrations/errors.ts';
import { History, pendingMigrations } from '../migrations/history.ts';
import { inPatientTransaction, PATIENCE } from '../migrations/patient-transaction.ts';
import { createProgress, forgetProgress } from '../migrations/progress.ts';
import { asRunner } from '../migrations/runner-lock.ts';
import { schemaTierErrors } from './errors.ts';
import { type MappedMigration, mappedSeries } from './mapped-series.ts';
import { forSchema } from './placeholder.ts';
import { ensureTenantRole } from './tenant-role.ts';

export interface SchemaPlacement {
  readonly schema: string;
  /** What transactions in it work as. */
  readonly role: string;
  /** Tags of the migrations that were applied now. */
  readonly applied: readonly string[];
}

/**
 * Makes the schema of a tenant's own, at the database's version; where it is there, upgrades it. No row is in it, and no
 * register knows of it.
 *
 * @param folder  where the series is; the platform's own unless given
 * @throws MIGRATION_PENDING, SCHEMA_PLACEMENT_TAKEN, and what `upgradeSchemaPlacement` throws
 */
export async function createSchemaPlacement(
  adminUrl: string,
  slug: string,
  folder?: string,
): Promise<SchemaPlacement> {
  const { schema, role } = namesOf(slug);
  const series = await mappedSeries(folder);
  return asRunner(adminUrl, async ({ client }) => {
    await requireMigrated(client, folder);
    await ensureTenantRole(client, role);
    if (await schemaExists(client, schema)) return upgrade(client, schema, series);
    await applying(schema, 'all', () => inPatientTransaction(client, () => create(client, schema, series)));
    return { schema, role, applied: series.map(({ tag }) => tag) };
  });
}

/**
 * Applies the migrations that the schema has not had yet, each in a transaction of its own.
 *
 * @param onStep  called before each
 * @throws MIGRATION_PENDING, MIGRATION_HISTORY_DIFFERS, MIGRATION_FAILED, SCHEMA_PLACEMENT_MISSING
 */
export async function upgradeSchemaPlacement(
  adminUrl: string,
  slug: string,
  onStep: (tag: string) => void = () => {},
): Promise<SchemaPlacement> {
  const { schema, role } = namesOf(slug);
  const series = await mappedSeries();
  return asRunner(adminUrl, async ({ client }) => {
    await requireMigrated(client);
    if (!(await schemaExists(client, schema)))
      throw schemaTierErrors.SCHEMA_PLACEMENT_MISSING({ found: `no schema ${schema}` });
    await ensureTenantRole(client, role);
    return upgrade(client, schema, series, onStep);
  });
}

/** Of a move, the attempt that brings a tenant here. */
interface BringingAttempt {
  readonly moveId: string;
  readonly attempt: number;
}

/**
 * Drops the schema with every row in it, and its role unless another database of the server has use for it. Repeatable.
 *
 * @param by  who may drop the schema of a tenant that is moving there
 * @throws SCHEMA_PLACEMENT_IN_USE
 */
export async function dropSchemaPlacement(
  adminUrl: string,
  slug: string,
  by?: BringingAttempt,
): Promise<void> {
  const { schema, role } = namesOf(slug);
  await asRunner(adminUrl, async ({ client }) => {
    await client.query('SET client_min_messages = warning');
    await inPatientTransaction(client, async (send) => {
      await refuseInUse(client, slug, by);
      await send(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    });
    await forgetProgress(client, schema);
    await client.query(`DROP ROLE IF EXISTS ${role}`).catch((error: unknown) => {
      if (!(error instanceof pg.DatabaseError && error.code === DEPENDENT_OBJECTS)) throw error;
    });
  });
}

/**
 * Whoever asks may have stood still since he was let; by now the tenant can live here, or be on its way. No move begins
 * under the lock of runners, and the attempt of one stays the same while this transaction lasts.
 */
async function refuseInUse(client: pg.Client, slug: string, by?: BringingAttempt): Promise<void> {
  const served = await client.query(
    "SELECT schema_name AS found FROM public.residents WHERE schema_name = $1 AND state <> 'departed'",
    [namesOf(slug).schema],
  );
  const bringing = await client.query<BringingAttempt>(
    `SELECT move_id AS "moveId", attempt FROM public.move_ends WHERE tenant_slug = $1 AND side = 'target' FOR SHARE`,
    [slug],
  );
  const others = bringing.rows.filter((each) => each.moveId !== by?.moveId || each.attempt !== by.attempt);
  const found = [
    ...served.rows.map(() => `${slug} is served from it`),
    ...others.map(({ moveId, attempt }) => `move ${moveId}, attempt ${attempt}`),
  ];
  if (found.length > 0) throw schemaTierErrors.SCHEMA_PLACEMENT_IN_USE({ found: found.join('; ') });
}

/** dependent_objects_still_exist: another database has a schema of this name, and its rights. */
const DEPENDENT_OBJECTS = '2BP01';

/** Schemas of tenants' own in a database, by name. */
export async function schemaPlacements(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'tenant\\_%' ORDER BY nspname",
  );
  return rows.map(({ name }) => name);
}

/**
 * Tags of the migrations that a schema placement lacks.
 *
 * @throws SCHEMA_PLACEMENT_TAKEN, MIGRATION_HISTORY_DIFFERS, MIGRATION_OUT_OF_ORDER
 */
export async function pendingAtPlacement(client: pg.Client, schema: string): Promise<string[]> {
  return (await pendingOf(client, schema, await mappedSeries())).map(({ tag }) => tag);
}

/**
 * Of a mapped series, the files that a schema placement lacks, as they are said there.
 *
 * @throws SCHEMA_PLACEMENT_TAKEN, MIGRATION_HISTORY_DIFFERS, MIGRATION_OUT_OF_ORDER
 */
export async function pendingOf(
  client: pg.Client,
  schema: string,
  series: readonly MappedMigration[],
): Promise<MappedMigration[]> {
  await schemaExists(client, schema);
  const pending = await new History(client, schema).pending(series);
  return pending.map(({ statements, ...migration }) => ({
    ...migration,
    statements: statements.map((statement) => forSchema(statement, schema)),
  }));
}

const namesOf = (slug: string) => {
  const schema = tenantSchema(slug);
  return { schema, role: tenantRole(schema) };
};

async function requireMigrated(client: pg.Client, folder?: string): Promise<void> {
  const pending = await pendingMigrations(client, folder);
  if (pending.length > 0) throw migrationErrors.MIGRATION_PENDING({ found: pending.join(', ') });
}

async function schemaExists(client: pg.Client, schema: string): Promise<boolean> {
  const { rows } = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rows.length === 0) return false;
  if (await new History(client, schema).exists()) return true;
  throw schemaTierErrors.SCHEMA_PLACEMENT_TAKEN({ found: `${schema}, without a history of migrations` });
}

async function create(client: pg.Client, schema: string, series: readonly MappedMigration[]): Promise<void> {
  const history = new History(client, schema);
  await client.query(`SET LOCAL ROLE dmz_owner; CREATE SCHEMA ${schema};
    COMMENT ON SCHEMA ${schema} IS 'Everything of one tenant, in tables <module>_<table>.';
    GRANT USAGE ON SCHEMA ${schema} TO ${tenantRole(schema)}, dmz_mover, dmz_maintenance`);
  await history.create();
  await client.query(batchOf(series, schema));
  for (const migration of series) await history.record(migration);
}

async function upgrade(
  client: pg.Client,
  schema: string,
  series: readonly MappedMigration[],
  onStep: (tag: string) => void = () => {},
): Promise<SchemaPlacement> {
  await createProgress(client);
  const pending = await pendingOf(client, schema, series);
  for (const migration of pending) {
    onStep(migration.tag);
    await applyFile(client, schema, migration, PATIENCE);
  }
  return { schema, role: tenantRole(schema), applied: pending.map(({ tag }) => tag) };
}

/** All in one message: a round trip for each of four thousand statements would take longer than they do. */
const batchOf = (migrations: readonly MappedMigration[], schema: string): string =>
  forSchema(migrations.flatMap(forNoRows).join(';\n'), schema);

/** What a backfill fills is not there yet, and nobody works with an index's table meanwhile; the rest is for everybody. */
const forNoRows = ({ phase, statements }: MappedMigration): readonly string[] =>
  (phase === 'backfill' ? statements.filter((text) => !/\$[1-4]\b/.test(text)) : statements).map((text) =>
    text.replace(/^((?:CREATE|DROP)(?: UNIQUE)? INDEX) CONCURRENTLY\b/, '$1'),
  );

async function applying(schema: string, tag: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // A server that goes away says nothing of the migration, which can be tried again.
    const passing = explainDatabaseError(error);
    if (isDmzError(passing, 'DATABASE_UNAVAILABLE')) throw passing;
    const found = error instanceof pg.DatabaseError ? `${error.code} ${error.message}` : String(error);
    throw migrationErrors.MIGRATION_FAILED({ found: `${schema}, ${tag}: ${found}`, cause: error });
  }
}
