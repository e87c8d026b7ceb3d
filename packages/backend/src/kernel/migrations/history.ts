/**
 * Which migrations have been applied: Drizzle's own table, so Drizzle's tools read it too; its `hash` is the file's
 * SHA-256. A database has one in the schema `drizzle`, and every schema of a tenant's own has one inside, which goes
 * where the schema goes.
 */
import type pg from 'pg';
import { migrationErrors } from './errors.ts';
import { type Numbered, numberOf, readMigrations } from './journal.ts';

const TABLE = '__drizzle_migrations';
export const DATABASE_HISTORY = 'drizzle';

interface AppliedMigration {
  readonly hash: string;
  readonly name: string | null;
}

export class History {
  readonly #client: pg.Client;
  readonly #schema: string;
  readonly #table: string;

  /** @param schema  its name needs no quotes */
  constructor(client: pg.Client, schema = DATABASE_HISTORY) {
    this.#client = client;
    this.#schema = schema;
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
   * @throws MIGRATION_HISTORY_DIFFERS, MIGRATION_OUT_OF_ORDER  naming the file and the database
   */
  async pending<Each extends Numbered>(migrations: readonly Each[]): Promise<readonly Each[]> {
    const { rows } = await this.#client.query<AppliedMigration>(
      `SELECT hash, name FROM ${this.#table} ORDER BY id`,
    );
    verifyHistory(migrations, rows, placeName(this.#client, this.#schema));
    return migrations.slice(rows.length);
  }

  async record({ tag, when, sha256 }: Numbered): Promise<void> {
    await this.#client.query(
      `INSERT INTO ${this.#table} (id, hash, created_at, name) SELECT count(*) + 1, $1, $2, $3 FROM ${this.#table}`,
      [sha256, when, tag],
    );
  }
}

/** A placement in a message: `database dmz`, `database dmz, schema tenant_acme`. */
export const placeName = ({ database }: pg.Client, schema: string): string =>
  `database ${database ?? ''}${schema === DATABASE_HISTORY ? '' : `, schema ${schema}`}`;

/**
 * Tags of the migrations that a database lacks.
 *
 * @throws MIGRATION_HISTORY_DIFFERS, MIGRATION_OUT_OF_ORDER
 */
export async function pendingMigrations(client: pg.Client, folder?: string): Promise<string[]> {
  const migrations = readMigrations(folder);
  const history = new History(client);
  const pending = (await history.exists()) ? await history.pending(migrations) : migrations;
  return pending.map(({ tag }) => tag);
}

/** Without a sequence: one runner at a time writes it. */
const COLUMNS =
  '(id integer PRIMARY KEY, hash text NOT NULL, created_at bigint, name text, applied_at timestamptz NOT NULL DEFAULT now())';

function verifyHistory(
  migrations: readonly Numbered[],
  applied: readonly AppliedMigration[],
  place: string,
): void {
  if (applied.every(({ hash }, at) => migrations[at]?.sha256 === hash)) return;
  refuseLatecomer(migrations, applied, place);
  applied.forEach(({ hash, name }, at) => {
    const ours = migrations[at];
    if (ours?.sha256 === hash) return;
    throw migrationErrors.MIGRATION_HISTORY_DIFFERS({
      found: `${place} applied as number ${at}: ${name ?? 'a migration without a name'}, SHA-256 ${hash}`,
      expected: ours
        ? `${ours.tag}.sql, SHA-256 ${ours.sha256}`
        : `no more than ${migrations.length} migrations`,
    });
  });
}

/** A file that the database lacks, below one that it has: applying it now would be another order than everywhere else. */
function refuseLatecomer(
  migrations: readonly Numbered[],
  applied: readonly AppliedMigration[],
  place: string,
): void {
  const isApplied = ({ tag, sha256 }: Numbered) =>
    applied.some(({ hash, name }) => hash === sha256 || name === tag);
  const last = migrations.findLast(isApplied);
  const latecomer = migrations.find((each) => !isApplied(each));
  if (!last || !latecomer || numberOf(latecomer) > numberOf(last)) return;
  throw migrationErrors.MIGRATION_OUT_OF_ORDER({
    found: `${latecomer.tag}.sql, while ${place} has applied ${last.tag}`,
    expected: 'a number above every one that was applied',
  });
}
