/**
 * A program's word that it runs, and which migration it knows, so that no contraction takes away what it needs. It is
 * given by the application's role through `dmz.report_program`, which is all that the role may do there.
 */
import os from 'node:os';
import pg from 'pg';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { lastNumber } from '../migrations/journal.ts';
import { programVersion } from '../project.ts';

/** A command that is over sooner says nothing: it would be gone before a contraction had its locks. */
const FIRST_AFTER_MS = 2_000;
/** Five times in the period after which a silent program is taken for dead. */
const EVERY_MS = 60_000;
const CONNECT_MS = 5_000;

export interface ProgramReport {
  /** Signs off, where it has reported itself. */
  close(): Promise<void>;
}

interface Options {
  /** URL of the application's role at the control database. */
  readonly appUrl: string;
  /** What it is called by whoever runs it. */
  readonly program: string;
  readonly log: Logger;
  readonly firstAfterMs?: number;
}

/** A report that cannot be given is tried again at its next time, and fails nothing else. */
export function reportProgram({
  appUrl,
  program,
  log,
  firstAfterMs = FIRST_AFTER_MS,
}: Options): ProgramReport {
  const id = uuidv7();
  let reported = false;
  let last: Promise<void> = Promise.resolve();
  const call = (text: string, values: readonly unknown[]) => {
    last = last
      .then(() => callOnce(appUrl, text, values))
      .catch((error) => log.debug(error, 'no report was given'));
    return last;
  };
  const report = () => {
    reported = true;
    const host = `${os.hostname()}:${process.pid}`;
    void call('SELECT dmz.report_program($1, $2, $3, $4, $5)', [
      id,
      program,
      programVersion(),
      lastNumber(),
      host,
    ]);
  };
  let again: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    report();
    again = setInterval(report, EVERY_MS).unref();
  }, firstAfterMs).unref();
  return {
    async close() {
      clearTimeout(first);
      clearInterval(again);
      if (reported) await call('SELECT dmz.sign_off_program($1)', [id]);
    },
  };
}

/** A connection for each: once a minute it costs less than one that is kept. */
async function callOnce(appUrl: string, text: string, values: readonly unknown[]): Promise<void> {
  const client = new pg.Client({
    connectionString: appUrl,
    application_name: 'dmz-program',
    connectionTimeoutMillis: CONNECT_MS,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(text, [...values]);
  } finally {
    await client.end().catch(() => {});
  }
}
