/**
 * The connection by which retention takes rows, as `dmz_maintenance`: it reads no row, and deletes through functions alone,
 * which look themselves at holds and references. Each call is a short transaction; a rehearsal is one that is undone, so it
 * tells what a run would do by doing it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { databaseErrorOf, translateDatabaseError, translateDriverError } from '../db/database-errors.ts';
import { END_WHEN_VANISHED } from '../db/index.ts';

/** Rows that go with a row of another table, and by which column they know it. Tables as schema.table. */
export interface Part {
  readonly child: string;
  readonly column: string;
  readonly of: string;
}

export interface DueRows {
  readonly runId: string;
  /** As SQL names it at its placement. */
  readonly place: string;
  readonly tenantId: string;
  readonly epoch: number;
  /** Times whose rows are due, as a tstzmultirange. */
  readonly due: string;
  /** Rows of a call, chains aside. */
  readonly most: number;
}

export interface Purged {
  /** Where the next call goes on; null at the end. */
  readonly last: string | null;
  /** Due, whatever became of them. */
  readonly matched: number;
  /** Rows by table, those included that went along. */
  readonly purged: Readonly<Record<string, number>>;
  /** Rows that stay, by what keeps them. */
  readonly kept: Readonly<Record<string, number>>;
}

export interface PurgedRun {
  readonly runId: string;
  readonly purged: Readonly<Record<string, number>>;
}

const ROWS = 'SELECT * FROM dmz.purge_due_rows($1, $2::text::regclass, $3, $4, $5, $6, $7, $8)';
const ENTRIES = 'SELECT * FROM dmz.purge_audit_entries($1, $2::text::regclass, $3, $4, $5, $6, $7, $8)';
const LEAST_ID = '00000000-0000-0000-0000-000000000000';

/** Who works with a row that is due is let finish; whoever waits behind us waits this long at most. */
const LOCK_WAIT_MS = 1_000;
const PATIENCE_MS = 30_000;
const PAUSE_MS = 200;
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK_DETECTED = '40P01';
/** Also of a move, which cancels what keeps it from its switch. */
const QUERY_CANCELED = '57014';

export class PurgeDoor {
  readonly #client: pg.Client;
  readonly #isRehearsal: boolean;

  private constructor(client: pg.Client, isRehearsal: boolean) {
    this.#client = client;
    this.#isRehearsal = isRehearsal;
  }

  /** @throws DATABASE_UNAVAILABLE, DATABASE_ROLE_REFUSED */
  static async open(maintenanceUrl: string, { rehearsal }: { rehearsal: boolean }): Promise<PurgeDoor> {
    const client = new pg.Client({ connectionString: maintenanceUrl, application_name: 'dmz-retention' });
    // A server that goes away between statements is reported by the statement that meets it.
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query(END_WHEN_VANISHED);
      await client.query(
        `SET search_path = ''; SET lock_timeout = ${LOCK_WAIT_MS}; SET TimeZone = 'UTC'${rehearsal ? '; BEGIN' : ''}`,
      );
    } catch (error) {
      await client.end().catch(() => {});
      throw translateDriverError(error);
    }
    return new PurgeDoor(client, rehearsal);
  }

  /**
   * Waits until no other run takes rows of the tenant here, and keeps others away until it is closed. A program that is killed
   * leaves no lock behind.
   *
   * @throws DATABASE_CONTENTION  where the other one does not end
   */
  async alone(tenantId: string): Promise<void> {
    await this.#ask("SELECT pg_advisory_lock(hashtextextended('retention:' || $1, 0))", [tenantId]);
  }

  /** What the last run that took rows of a tenant has taken at this instance. */
  async latestRun(tenantId: string): Promise<PurgedRun | undefined> {
    const rows = await this.#ask<{ run: string; table_name: string; rows: string }>(
      'SELECT * FROM dmz.latest_retention_run($1)',
      [tenantId],
    );
    const [first] = rows;
    if (!first) return undefined;
    return {
      runId: first.run,
      purged: Object.fromEntries(rows.map((each) => [each.table_name, Number(each.rows)])),
    };
  }

  /**
   * Takes what may go of the next rows that are due.
   *
   * @param after  where the call before stopped; null at first
   * @throws TENANCY_MOVED, TENANCY_NOT_SERVED, TENANCY_UNKNOWN_TENANT, DATABASE_*
   */
  purgeRows(rows: DueRows, parts: readonly Part[], after: string | null): Promise<Purged> {
    const { runId, place, tenantId, epoch, due, most } = rows;
    const values = [runId, place, tenantId, epoch, due, JSON.stringify(parts), after ?? LEAST_ID, most];
    return this.#purge(ROWS, values);
  }

  /** The same for entries of an audit log, whose hashes stay. */
  purgeEntries(rows: DueRows, after: string | null): Promise<Purged> {
    const { runId, place, tenantId, epoch, due, most } = rows;
    return this.#purge(ENTRIES, [runId, place, tenantId, epoch, due, after ?? 0, most, this.#isRehearsal]);
  }

  /** Undoes a rehearsal. */
  close(): Promise<void> {
    return this.#client.end();
  }

  async #purge(text: string, values: readonly unknown[]): Promise<Purged> {
    const [row] = await this.#ask<Purged & { matched: string }>(text, values);
    if (!row) throw new Error('The function gave no row.');
    return { ...row, matched: Number(row.matched) };
  }

  async #ask<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return (await this.#client.query<Row>(text, [...values])).rows;
      } catch (error) {
        const state = databaseErrorOf(error)?.code ?? '';
        const passes = [LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED, QUERY_CANCELED].includes(state);
        // A rehearsal is one transaction, of which nothing is left.
        if (!passes || this.#isRehearsal || performance.now() > deadline)
          throw databaseErrorOf(error) ? translateDatabaseError(error) : translateDriverError(error);
        await sleep(PAUSE_MS);
      }
    }
  }
}
