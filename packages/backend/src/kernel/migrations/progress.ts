/**
 * What a database remembers of files that are not applied yet: how far a file without a transaction has come, and where
 * and by which error one failed. A placement has a row only while a file is in the middle of that.
 */
import type pg from 'pg';
import { createBackfillProgress, forgetBackfill } from './backfill-progress.ts';
import { migrationErrors } from './errors.ts';
import { DATABASE_HISTORY, placeName } from './history.ts';
import type { Numbered } from './journal.ts';

const TABLE = `${DATABASE_HISTORY}.__migration_progress`;

export interface Failure {
  readonly file: string;
  /** From 1, in the file as it is applied at this placement. */
  readonly statement: number;
  /** An SQLSTATE; the message stays out, since it can hold what rows hold. */
  readonly code: string;
  readonly at: Date;
}

interface ProgressRow {
  readonly name: string;
  readonly hash: string;
  readonly done: number;
  readonly begun: number | null;
}

/** Makes the tables where an earlier version has not. */
export async function createProgress(client: pg.Client): Promise<void> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${DATABASE_HISTORY};
    CREATE TABLE IF NOT EXISTS ${TABLE} (place name PRIMARY KEY, name text NOT NULL, hash text NOT NULL,
      statements_done integer NOT NULL DEFAULT 0, statement_begun integer,
      failed_statement integer, failed_code text, updated_at timestamptz NOT NULL DEFAULT now())`);
  await createBackfillProgress(client);
}

/** @returns by schema of the placements; the database itself is `drizzle` */
export async function readFailures(client: pg.Client): Promise<Map<string, Failure>> {
  const { rows: known } = await client.query('SELECT to_regclass($1) IS NOT NULL AS known', [TABLE]);
  if (!known[0].known) return new Map();
  const { rows } = await client.query<Failure & { place: string }>(
    `SELECT place::text, name AS file, failed_statement AS statement, failed_code AS code, updated_at AS at
     FROM ${TABLE} WHERE failed_code IS NOT NULL`,
  );
  return new Map(rows.map(({ place, ...failure }) => [place, failure]));
}

/** A placement is no more. */
export async function forgetProgress(client: pg.Client, place: string): Promise<void> {
  await createProgress(client);
  await client.query(`DELETE FROM ${TABLE} WHERE place = $1`, [place]);
  await forgetBackfill(client, place);
}

/** Of one file at one placement. */
export class Progress {
  readonly #client: pg.Client;
  readonly #place: string;
  readonly #migration: Numbered;

  constructor(client: pg.Client, place: string, migration: Numbered) {
    this.#client = client;
    this.#place = place;
    this.#migration = migration;
  }

  /**
   * @returns statements that are done, and the one that was begun and not said to be done, all from 0
   * @throws MIGRATION_HISTORY_DIFFERS  when another file, or another text of this one, is in the middle of being applied
   */
  async read(): Promise<{ readonly done: number; readonly begun: number | null }> {
    const { rows } = await this.#client.query<ProgressRow>(
      `SELECT name, hash, statements_done AS done, statement_begun AS begun FROM ${TABLE} WHERE place = $1`,
      [this.#place],
    );
    const [row] = rows;
    if (!row) return { done: 0, begun: null };
    const { tag, sha256 } = this.#migration;
    if ((row.name === tag && row.hash === sha256) || (row.done === 0 && row.begun === null)) return row;
    throw migrationErrors.MIGRATION_HISTORY_DIFFERS({
      found: `${placeName(this.#client, this.#place)} has applied ${row.done} statements of ${row.name}, SHA-256 ${row.hash}`,
      expected: `the rest of that very file, and there is ${tag}.sql, SHA-256 ${sha256}`,
      next: 'restore that file, let it be applied to its end, and mend it by the next one',
    });
  }

  /** A statement that cannot be in a transaction is about to run. */
  async begin(statement: number): Promise<void> {
    await this.#write({ done: statement, begun: statement });
  }

  /** Everything before a statement is done; in the transaction of its effect where there is one. */
  async reach(statement: number): Promise<void> {
    await this.#write({ done: statement, begun: null });
  }

  async fail(statement: number, code: string): Promise<void> {
    const { tag, sha256 } = this.#migration;
    await this.#client.query(
      `INSERT INTO ${TABLE} AS p (place, name, hash, failed_statement, failed_code) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (place) DO UPDATE SET name = $2, hash = $3, failed_statement = $4, failed_code = $5, updated_at = now()`,
      [this.#place, tag, sha256, statement, code],
    );
  }

  /** The file is applied; in the transaction that says so in the history. */
  async clear(): Promise<void> {
    await this.#client.query(`DELETE FROM ${TABLE} WHERE place = $1`, [this.#place]);
    await forgetBackfill(this.#client, this.#place);
  }

  async #write({ done, begun }: Pick<ProgressRow, 'done' | 'begun'>): Promise<void> {
    const { tag, sha256 } = this.#migration;
    await this.#client.query(
      `INSERT INTO ${TABLE} (place, name, hash, statements_done, statement_begun) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (place) DO UPDATE SET name = $2, hash = $3, statements_done = $4, statement_begun = $5,
         failed_statement = NULL, failed_code = NULL, updated_at = now()`,
      [this.#place, tag, sha256, done, begun],
    );
  }
}
