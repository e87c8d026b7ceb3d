/**
 * The connection that tends the partitions of one placement, as `dmz_maintenance`: it owns nothing, reads no row, and
 * reaches the logs through functions alone. What needs a lock that writers meet is done `briefly`: it waits for the lock
 * and holds it for less than a tenth of a second together, and otherwise lets everybody pass and tries again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { databaseErrorOf, translateDatabaseError, translateDriverError } from '../db/database-errors.ts';
import { roleUrl } from '../stack/index.ts';
import { partitionErrors } from './errors.ts';

export interface PartitionPlace {
  /** URL of the role `dmz_maintenance` at the placement's instance. */
  readonly maintenanceUrl: string;
  /** The tenant's own schema, or null for the modules' schemas. */
  readonly schema: string | null;
}

export interface Patience {
  /** How long one change may hold its locks, in ms. Writers wait that long at most, and as long as it waits itself. */
  readonly holdMs?: number | undefined;
  /** How long it is tried again, in ms. */
  readonly patienceMs?: number | undefined;
}

/** Writers queue behind a lock that is waited for, so the wait counts as theirs: together with the hold 100 ms at most. */
const LOCK_WAIT_MS = 40;
const HOLD_MS = 50;
const PATIENCE_MS = 15_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;
/** For what only others of its kind can be in the way of: tables that no writer knows yet. */
const QUIET_LOCK_WAIT_MS = 5_000;
/** One tends a database at a time. Any constant will do that nothing else in the platform locks. */
const TENDING_LOCK = 0x646d7a02;

const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK_DETECTED = '40P01';
const QUERY_CANCELED = '57014';

const STATES = {
  ZD050: partitionErrors.PARTITION_NAME_TAKEN,
  ZD051: partitionErrors.PARTITION_STATE_REFUSED,
  ZD052: partitionErrors.PARTITION_ROWS_DIFFER,
  ZD053: partitionErrors.PARTITION_REASON_MISSING,
};

/** The modules' schemas of the instance that an administrator's URL leads to. */
export function sharedPlace(adminUrl: string): PartitionPlace {
  return { maintenanceUrl: roleUrl(adminUrl, 'dmz_maintenance'), schema: null };
}

/** The placement that a log is at, as SQL names the log: `tenant_acme.game_events` is in the schema of acme's own. */
export function placeOfLog(adminUrl: string, log: string): PartitionPlace {
  return { ...sharedPlace(adminUrl), schema: /^(tenant_\w+)\./.exec(log)?.[1] ?? null };
}

const OWN_SCHEMAS =
  "SELECT nspname AS schema FROM pg_namespace WHERE nspname LIKE 'tenant\\_%' ORDER BY nspname";

/** Every placement at that instance: the modules' schemas first, then tenants' own. */
export function placesAt(adminUrl: string): Promise<PartitionPlace[]> {
  const shared = sharedPlace(adminUrl);
  return tend(shared, async (caretaker) => {
    const own = await caretaker.ask<{ schema: string }>(OWN_SCHEMAS);
    return [shared, ...own.map(({ schema }) => ({ ...shared, schema }))];
  });
}

export class Caretaker {
  readonly #client: pg.Client;
  readonly schema: string | null;

  constructor(client: pg.Client, schema: string | null) {
    this.#client = client;
    this.schema = schema;
  }

  /** One statement, which no writer can meet. */
  async ask<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.#client.query<Row>(text, [...values]).catch((error: unknown) => {
      throw translate(error);
    });
    return rows;
  }

  /** Waits until nobody else tends this database. A program that is killed leaves no lock behind. */
  async alone(): Promise<void> {
    await this.ask('SET lock_timeout = 0');
    await this.ask('SELECT pg_advisory_lock($1)', [TENDING_LOCK]);
    await this.ask(`SET lock_timeout = ${QUIET_LOCK_WAIT_MS}`);
  }

  /**
   * Runs one statement, a transaction of its own that is over, one way or the other, before a writer notices.
   *
   * @param text  gives one row with a column `result`
   * @param log   whose locks are looked at when they are not to be had
   * @throws PARTITION_LOCK_TIMEOUT, PARTITION_HOLD_TOO_SHORT, and what the function refuses
   */
  async briefly<Result>(
    log: string,
    text: string,
    values: readonly unknown[],
    { holdMs = HOLD_MS, patienceMs = PATIENCE_MS }: Patience,
  ): Promise<Result> {
    const deadline = performance.now() + patienceMs;
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#attempt<Result>(text, values, holdMs);
      } catch (error) {
        const state = databaseErrorOf(error)?.code ?? '';
        if (![LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED, QUERY_CANCELED].includes(state)) throw translate(error);
        if (performance.now() < deadline) await sleep(pauseMs(tries));
        else throw await this.#explain(log, state === QUERY_CANCELED, tries, holdMs, error);
      }
    }
  }

  /** The statement is a transaction of its own: were it ended by this program, locks would be held while that is held up. */
  async #attempt<Result>(text: string, values: readonly unknown[], holdMs: number): Promise<Result> {
    await this.#client.query(
      `SET lock_timeout = ${LOCK_WAIT_MS}; SET statement_timeout = ${LOCK_WAIT_MS + holdMs}`,
    );
    try {
      const { rows } = await this.#client.query<{ result: Result }>(text, [...values]);
      const [row] = rows;
      if (!row) throw new Error('The statement gave no row.');
      return row.result;
    } finally {
      await this.#client.query(`SET lock_timeout = ${QUIET_LOCK_WAIT_MS}; SET statement_timeout = 0`);
    }
  }

  async #explain(log: string, held: boolean, tries: number, holdMs: number, cause: unknown): Promise<Error> {
    if (held)
      return partitionErrors.PARTITION_HOLD_TOO_SHORT({
        found: `${log}: more than ${holdMs} ms, ${tries} times`,
        cause,
      });
    const holders = await this.ask<{ holder: string }>(LOCK_HOLDERS, [log]);
    const named = holders.map(({ holder }) => holder).join('; ') || 'nobody any more';
    return partitionErrors.PARTITION_LOCK_TIMEOUT({
      found: `${log}, locked by ${named}`,
      expected: `its locks within ${LOCK_WAIT_MS} ms, at one of ${tries} attempts`,
      cause,
    });
  }
}

const translate = (error: unknown): unknown =>
  databaseErrorOf(error) ? translateDatabaseError(error, STATES) : translateDriverError(error);

/** Of the log and its partitions; who asks is not named. */
const LOCK_HOLDERS = `
SELECT DISTINCT format('process %s (%s, %s)', pid, usename, coalesce(nullif(application_name, ''), 'unnamed')) AS holder
FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE granted AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND relation IN (SELECT relid FROM pg_partition_tree($1::regclass)) ORDER BY 1 LIMIT 5`;

/** Doubling pauses, spread so that it does not meet the same writer each time. */
function pauseMs(tries: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
}

/**
 * Gives work the connection, and closes it however the work ends.
 *
 * @throws DATABASE_ROLE_REFUSED  where the migrations have not made the role yet; DATABASE_UNAVAILABLE
 */
export async function tend<Result>(
  { maintenanceUrl, schema }: PartitionPlace,
  work: (caretaker: Caretaker) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: maintenanceUrl, application_name: 'dmz-partitions' });
  // A server that goes away between statements is reported by the statement that meets it.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw translateDriverError(error);
  }
  try {
    // Names are then printed with their schema, and lock waits of what is no writer's are bounded too.
    await client.query(
      `SET search_path = ''; SET lock_timeout = ${QUIET_LOCK_WAIT_MS}; SET TimeZone = 'UTC'`,
    );
    return await work(new Caretaker(client, schema));
  } finally {
    await client.end();
  }
}
