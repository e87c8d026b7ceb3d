/**
 * Which migrations have been applied: Drizzle's own table, so Drizzle's tools read it too; its `hash` is the file's
 * SHA-256. A database has one in the schema `drizzle`, and every schema of a tenant's own has one inside, which goes
 * where the schema goes.
 */
import type pg from 'pg';
import { migrationErrors } from './errors.ts';
import { type Migration, readMigrations } from './journal.ts';

/** One writer of histories a database: any constant will do that nothing else in the platform locks. */
export const RUNNER_LOCK = 0x646d7a01;
const TABLE = '__drizzle_migrations';
export const DATABASE_HISTORY = 'drizzle';

interface AppliedMigration {
  readonly hash: string;
  readonly name: string | null;
}

type Numbered = Pick<Migration, 'tag' | 'when' | 'sha256'>;

export class History {
  readonly #client: pg.Client;
  readonly #table: string;

  /** @param schema  its name needs no quotes */
  constructor(client: pg.Client, schema = DATABASE_HISTORY) {
    this.#client = client;
    this.#table = `${schema}.${TABLE}`;
  }

  async exists(): Promise<boolean> {
    const { rows } = await this.#client.query('SELECT to_regclass($1) IS NOT NULL AS known', [this.#table]);
    return rows[0].known;
  }

  async create(): Promise<void> {
    await this.#client.query(`CREATE TABLE IF NOT EXISTS ${this.#table} ${COLUMNS}`);
  }

  /**
   * Of a series, what is still to be applied.
   *
   * @throws MIGRATION_HISTORY_DIFFERS
   */
  async pending<Each extends Numbered>(migrations: readonly Each[]): Promise<readonly Each[]> {
    const { rows } = await this.#client.query<AppliedMigration>(
      `SELECT hash, name FROM ${this.#table} ORDER BY id`,
    );
    verifyHistory(migrations, rows);
    return migrations.slice(rows.length);
  }

  async record({ tag, when, sha256 }: Numbered): Promise<void> {
    await this.#client.query(
      `INSERT INTO ${this.#table} (id, hash, created_at, name) SELECT count(*) + 1, $1, $2, $3 FROM ${this.#table}`,
      [sha256, when, tag],
    );
  }
}

/** @returns the tags that this version has and the database has not */
export async function pendingMigrations(client: pg.Client): Promise<string[]> {
  const migrations = readMigrations();
  const history = new History(client);
  const pending = (await history.exists()) ? await history.pending(migrations) : migrations;
  return pending.map(({ tag }) => tag);
}

/** Without a sequence: one runner at a time writes it. */
const COLUMNS =
  '(id integer PRIMARY KEY, hash text NOT NULL, created_at bigint, name text, applied_at timestamptz NOT NULL DEFAULT now())';

function verifyHistory(migrations: readonly Numbered[], applied: readonly AppliedMigration[]): void {
  applied.forEach(({ hash, name }, at) => {
    const ours = migrations[at];
    if (ours?.sha256 === hash) return;
    throw migrationErrors.MIGRATION_HISTORY_DIFFERS({
      found: `applied as number ${at}: ${name ?? 'a migration without a name'}, SHA-256 ${hash}`,
      expected: ours ? `${ours.tag}, SHA-256 ${ours.sha256}` : `no more than ${migrations.length} migrations`,
    });
  });
}
