/**
 * Applies the series of migrations to one database: in order, each in a transaction of its own, one runner at a time;
 * then to each schema of a tenant's own in it.
 */
import pg from 'pg';
import { readConfig } from '../config.ts';
import { exclusively } from '../db/index.ts';
import { createLogger } from '../log.ts';
import { keepMonthsReady } from '../partitions/index.ts';
import { upgradeEverySchema } from '../schema-tier/index.ts';
import { explainConnectionError, rolePassword } from '../stack/index.ts';
import { migrationErrors } from './errors.ts';
import { DATABASE_HISTORY, History, RUNNER_LOCK } from './history.ts';
import { type Migration, readMigrations, verifyFiles } from './journal.ts';
import { refuseWhileMoving } from './moving-tenants.ts';
import { inPatientTransaction } from './patient-transaction.ts';

const LOGIN_ROLES = ['dmz_app', 'dmz_mover', 'dmz_maintenance'] as const;

export interface MigrationRun {
  readonly applied: readonly string[];
  readonly total: number;
  /** Schemas of tenants' own that lacked migrations, with what was applied to each. */
  readonly placements: readonly { readonly schema: string; readonly applied: readonly string[] }[];
}

/**
 * @param adminUrl  URL of an administrator: it makes roles, and becomes `dmz_owner` for everything else
 * @param onStep    called before each file is applied, to the database or to a schema in it
 * @throws MIGRATION_FILE_CHANGED, MIGRATION_HISTORY_DIFFERS, MIGRATION_TENANT_MOVING, MIGRATION_FAILED, STACK_* when
 *   the server cannot be reached
 */
export async function migrate(
  adminUrl: string,
  onStep: (tag: string) => void = () => {},
): Promise<MigrationRun> {
  const migrations = readMigrations();
  verifyFiles(migrations);
  return exclusively(adminUrl, RUNNER_LOCK, async (client) => {
    const history = new History(client);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${DATABASE_HISTORY}`);
    await history.create();
    const pending = await history.pending(migrations);
    if (pending.length > 0) await refuseWhileMoving(client);
    for (const migration of pending) {
      onStep(migration.tag);
      await applyWithRetries(client, migration);
    }
    const placements = await upgradeEverySchema(client, onStep);
    await settle(client, adminUrl);
    return { applied: pending.map(({ tag }) => tag), total: migrations.length, placements };
  });
}

async function applyWithRetries(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await inPatientTransaction(client, () => apply(client, migration));
  } catch (error) {
    const found = error instanceof pg.DatabaseError ? `${error.code} ${error.message}` : String(error);
    throw migrationErrors.MIGRATION_FAILED({ found: `${migration.tag}: ${found}`, cause: error });
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  if (!migration.asAdministrator) await client.query('SET LOCAL ROLE dmz_owner');
  for (const statement of migration.statements) await client.query(statement);
  await client.query('RESET ROLE');
  await new History(client).record(migration);
  await client.query('COMMIT');
}

/** What no file can hold: rights on this very database, the months that have come since, and the roles' passwords. */
async function settle(client: pg.Client, adminUrl: string): Promise<void> {
  await inPatientTransaction(client, () => client.query('SELECT dmz.secure_database()'));
  for (const role of LOGIN_ROLES) await ensurePassword(client, adminUrl, role);
  await keepMonthsReady(adminUrl, createLogger(readConfig().LOG_LEVEL));
}

/** Roles are the whole server's, so a password that works is left alone: other databases may be changing it just now. */
async function ensurePassword(client: pg.Client, adminUrl: string, role: string): Promise<void> {
  const password = rolePassword(adminUrl, role);
  const { host, port, database } = client;
  const probe = new pg.Client({ host, port, database: database ?? 'postgres', user: role, password });
  probe.on('error', () => {});
  try {
    await probe.connect();
    await probe.end();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code?.startsWith('28')))
      throw explainConnectionError(error, adminUrl);
    await client.query(`ALTER ROLE ${pg.escapeIdentifier(role)} PASSWORD ${pg.escapeLiteral(password)}`);
  }
}
