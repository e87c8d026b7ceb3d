/**
 * Applies the series of migrations to one database: in order, each in a transaction of its own, one runner at a time.
 * The history is Drizzle's own table, so Drizzle's tools read it too; its `hash` is the file's SHA-256.
 */
import pg from 'pg';
import { readConfig } from '../config.ts';
import { exclusively } from '../db/index.ts';
import { createLogger } from '../log.ts';
import { keepMonthsReady } from '../partitions/index.ts';
import { explainConnectionError, rolePassword } from '../stack/index.ts';
import { migrationErrors } from './errors.ts';
import { type Migration, readMigrations, verifyFiles } from './journal.ts';

/** One runner a database: any constant will do that nothing else in the platform locks. */
const RUNNER_LOCK = 0x646d7a01;
/** A waiting DDL statement makes every later writer wait behind it, so it gives up soon; the file is tried again. */
const LOCK_TIMEOUT_MS = 3_000;
const ATTEMPTS = 5;
/** lock_not_available, deadlock_detected */
const LOCK_STATES = ['55P03', '40P01'];
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
    await createHistory(client);
    const applied = await readHistory(client);
    verifyHistory(migrations, applied);
    const pending = migrations.slice(applied.length);
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
  const { rows } = await client.query(
    "SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS known",
  );
  if (!rows[0].known) return migrations.map(({ tag }) => tag);
  const applied = await readHistory(client);
  verifyHistory(migrations, applied);
  return migrations.slice(applied.length).map(({ tag }) => tag);
}

interface AppliedMigration {
  readonly hash: string;
  readonly name: string | null;
}

async function createHistory(client: pg.Client): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS drizzle');
  await client.query(`CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations
    (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint, name text, applied_at timestamptz NOT NULL DEFAULT now())`);
}

async function readHistory(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    'SELECT hash, name FROM drizzle.__drizzle_migrations ORDER BY id',
  );
  return rows;
}

function verifyHistory(migrations: readonly Migration[], applied: readonly AppliedMigration[]): void {
  applied.forEach(({ hash, name }, at) => {
    const ours = migrations[at];
    if (ours?.sha256 === hash) return;
    throw migrationErrors.MIGRATION_HISTORY_DIFFERS({
      found: `applied as number ${at}: ${name ?? 'a migration without a name'}, SHA-256 ${hash}`,
      expected: ours ? `${ours.tag}, SHA-256 ${ours.sha256}` : `no more than ${migrations.length} migrations`,
    });
  });
}

async function applyWithRetries(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await inTransaction(client, () => apply(client, migration));
  } catch (error) {
    const found = error instanceof pg.DatabaseError ? `${error.code} ${error.message}` : String(error);
    throw migrationErrors.MIGRATION_FAILED({ found: `${migration.tag}: ${found}`, cause: error });
  }
}

/** Runs work in a transaction that waits for locks a short time only, and tries it again where that was too short. */
async function inTransaction(client: pg.Client, work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query('BEGIN');
      await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
      await work();
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      const inTheWay = error instanceof pg.DatabaseError && LOCK_STATES.includes(error.code ?? '');
      if (!inTheWay || attempt >= ATTEMPTS) throw error;
    }
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  if (!migration.asAdministrator) await client.query('SET LOCAL ROLE dmz_owner');
  for (const statement of migration.statements) await client.query(statement);
  await client.query('RESET ROLE');
  await client.query(
    'INSERT INTO drizzle.__drizzle_migrations (hash, created_at, name) VALUES ($1, $2, $3)',
    [migration.sha256, migration.when, migration.tag],
  );
  await client.query('COMMIT');
}

/** What no file can hold: rights on this very database, the months that have come since, and the roles' passwords. */
async function settle(client: pg.Client, adminUrl: string): Promise<void> {
  await inTransaction(client, () => client.query('SELECT dmz.secure_database()'));
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
