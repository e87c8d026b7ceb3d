/**
 * Applies the series of migrations to one database: in order, each in a transaction of its own, one runner at a time.
 */
import pg from 'pg';
import { readConfig } from '../config.ts';
import { exclusively } from '../db/index.ts';
import { createLogger } from '../log.ts';
import { keepMonthsReady } from '../partitions/index.ts';
import { explainConnectionError, rolePassword } from '../stack/index.ts';
import { migrationErrors } from './errors.ts';
import { DATABASE_HISTORY, History } from './history.ts';
import { type Migration, readMigrations, verifyFiles } from './journal.ts';
import { inPatientTransaction } from './patient-transaction.ts';

/** One runner a database: any constant will do that nothing else in the platform locks. */
export const RUNNER_LOCK = 0x646d7a01;
const LOGIN_ROLES = ['dmz_app', 'dmz_mover', 'dmz_maintenance'] as const;

export interface MigrationRun {
  readonly applied: readonly string[];
  readonly total: number;
}

/**
 * @param adminUrl  URL of an administrator: it makes roles, and becomes `dmz_owner` for everything else
 * @param onStep    called before each file is applied
 * @throws MIGRATION_FILE_CHANGED, MIGRATION_HISTORY_DIFFERS, MIGRATION_FAILED, STACK_* when the server cannot be reached
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
    for (const migration of pending) {
      onStep(migration.tag);
      await applyWithRetries(client, migration);
    }
    await settle(client, adminUrl);
    return { applied: pending.map(({ tag }) => tag), total: migrations.length };
  });
}

/** @returns the tags that this version has and the database has not */
export async function pendingMigrations(client: pg.Client): Promise<string[]> {
  const migrations = readMigrations();
  const history = new History(client);
  const pending = (await history.exists()) ? await history.pending(migrations) : migrations;
  return pending.map(({ tag }) => tag);
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
