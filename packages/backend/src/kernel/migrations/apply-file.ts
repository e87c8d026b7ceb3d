/**
 * Applies one file to one placement, so that it is there as a whole or can be gone on with: in one transaction together
 * with its entry in the history, or statement by statement, each with the word of how far it is. What failed, and where,
 * stays in the database for whoever looks next.
 */
import pg from 'pg';
import { DmzError } from '../errors/index.ts';
import type { BackfillOptions } from './backfill.ts';
import { migrationErrors } from './errors.ts';
import type { Header } from './header.ts';
import { History, placeName } from './history.ts';
import type { Numbered } from './journal.ts';
import { inPatientTransaction, isLockFailure, type Patience, type Send } from './patient-transaction.ts';
import { Progress } from './progress.ts';

/** A file as it is said at one placement. */
export interface Applicable
  extends Numbered,
    Pick<Header, 'asAdministrator' | 'inTransaction' | 'phase' | 'completes'> {
  readonly needs?: number;
  readonly statements: readonly string[];
}

/**
 * What lets others work may wait for them, since nobody waits behind it: for the longest transaction that a placement
 * should ever see. Beyond that somebody should look.
 */
const CONCURRENT_WAIT_MS = 600_000;

/** active_sql_transaction: a statement that cannot be in a transaction. */
const IN_TRANSACTION = '25001';

/** connection_exception (SQL:2023, class 08). */
const CONNECTION_FAILURE = '08000';

interface Position {
  /** Of the statement that is at work, from 1. */
  statement: number;
}

/**
 * @param place  schema of the history: `drizzle` for the database itself
 * @returns false where a backfill was stopped before its end
 * @throws MIGRATION_FAILED, MIGRATION_LOCK_TIMEOUT, MIGRATION_STATEMENT_UNSUITABLE, MIGRATION_HISTORY_DIFFERS
 */
export async function applyFile(
  client: pg.Client,
  place: string,
  migration: Applicable,
  patience: Patience,
  options: BackfillOptions = {},
): Promise<boolean> {
  const progress = new Progress(client, place, migration);
  const at: Position = { statement: 0 };
  try {
    const job: Job = { client, place, migration, patience, progress, at };
    if (migration.phase === 'backfill') return await inBatches(job, options);
    if (migration.inTransaction) await inOne(job);
    else await oneByOne(job);
    return true;
  } catch (error) {
    throw await explain(error, { client, place, migration, progress, at });
  }
}

interface Job {
  readonly client: pg.Client;
  readonly place: string;
  readonly migration: Applicable;
  readonly patience: Patience;
  readonly progress: Progress;
  readonly at: Position;
}

async function inOne({ client, place, migration, patience, progress, at }: Job): Promise<void> {
  // What another text of this file began must be ended by that text.
  await progress.read();
  await inPatientTransaction(
    client,
    async (send) => {
      if (!migration.asAdministrator) await send('SET LOCAL ROLE dmz_owner');
      for (const [index, statement] of migration.statements.entries()) {
        at.statement = index + 1;
        await send(statement);
      }
      await record({ client, place, migration, progress }, send);
    },
    patience,
  );
}

async function record(
  { client, place, migration, progress }: Pick<Job, 'client' | 'place' | 'migration' | 'progress'>,
  send: Send,
): Promise<void> {
  await send('RESET ROLE');
  await new History(client, place).record(migration);
  await progress.clear();
}

/** Nearly every statement can be in a transaction, and then the word that it is done is in it too. */
async function oneByOne(job: Job): Promise<void> {
  const { client, migration, patience, progress, at } = job;
  const { parseStatements } = await import('./parse-statements.ts');
  const { outsideTransaction } = await import('./concurrently.ts');
  const statements = await parseStatements(migration.statements);
  const ways = statements.map(outsideTransaction);
  const { done, begun } = await progress.read();
  for (const [index, statement] of statements.entries()) {
    if (index < done) continue;
    at.statement = index + 1;
    const run = ways[index];
    if (run) {
      await progress.begin(index);
      await asOwner(job, () => run({ client, patience, again: begun === index }, statement));
      await progress.reach(index + 1);
    } else await ownTransaction(job, index, statement.text);
  }
  await inPatientTransaction(client, (send) => record(job, send), patience);
}

async function ownTransaction(
  { client, migration, patience, progress }: Job,
  index: number,
  text: string,
): Promise<void> {
  await inPatientTransaction(
    client,
    async (send) => {
      if (!migration.asAdministrator) await send('SET LOCAL ROLE dmz_owner');
      await send(text);
      await send('RESET ROLE');
      await progress.reach(index + 1);
    },
    patience,
  );
}

/** Statements that fill rows are said once a batch; the others in a transaction each. */
async function inBatches(job: Job, options: BackfillOptions): Promise<boolean> {
  const { client, place, migration, patience, progress, at } = job;
  const { readBackfill } = await import('./backfill-statement.ts');
  const { fillTable } = await import('./backfill.ts');
  const statements = await readBackfill(migration.tag, migration.statements);
  const { done } = await progress.read();
  for (const [index, { text, table }] of statements.entries()) {
    if (index < done) continue;
    at.statement = index + 1;
    if (table) {
      const filling = { client, place, migration, statement: index, text, table, patience };
      if (!(await fillTable(filling, options))) return false;
      await progress.reach(index + 1);
    } else await ownTransaction(job, index, text);
  }
  await inPatientTransaction(client, (send) => record(job, send), patience);
  return true;
}

async function asOwner({ client, migration }: Job, work: () => Promise<void>): Promise<void> {
  await client.query(`SET lock_timeout = ${CONCURRENT_WAIT_MS}`);
  if (!migration.asAdministrator) await client.query('SET ROLE dmz_owner');
  try {
    await work();
  } finally {
    await client.query('RESET ROLE; RESET lock_timeout').catch(() => {});
  }
}

async function explain(
  error: unknown,
  { client, place, migration, progress, at }: Omit<Job, 'patience'>,
): Promise<unknown> {
  if (error instanceof DmzError || !(error instanceof Error)) return error;
  // A connection that was lost has no SQLSTATE; by the standard it would be this one.
  const code = (error instanceof pg.DatabaseError && error.code) || CONNECTION_FAILURE;
  await progress.fail(at.statement, code).catch(() => {});
  const found = `${placeName(client, place)}: ${migration.tag}, statement ${at.statement} of ${migration.statements.length}: ${code} ${error.message}`;
  const particulars = { found, cause: error };
  if (isLockFailure(error)) return migrationErrors.MIGRATION_LOCK_TIMEOUT(particulars);
  if (code === IN_TRANSACTION && migration.inTransaction)
    return migrationErrors.MIGRATION_STATEMENT_UNSUITABLE({
      ...particulars,
      expected: '-- transaction: none as a line of the file’s header',
    });
  return migrationErrors.MIGRATION_FAILED(particulars);
}
