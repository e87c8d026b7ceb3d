/**
 * What PostgreSQL's errors mean to the platform. SQLSTATEs are from PostgreSQL's appendix A; those of class ZD are
 * raised by our own functions and triggers (class names from I to Z are free for it: SQL:2023-2, 24.1).
 */
import { DrizzleQueryError } from 'drizzle-orm/errors';
import pg from 'pg';
import { DmzError, defineErrors, type ErrorParticulars } from '../errors/index.ts';
import { valueErrors } from '../values/index.ts';
import { placedName } from './placed-name.ts';

export const databaseErrors = defineErrors({
  DATABASE_UNAVAILABLE: {
    message: 'The database cannot be reached, or went away during the work; nothing was half done.',
    next: 'pnpm dmz stack status, then pnpm dmz stack up',
    exitCode: 1,
    retryable: true,
  },
  DATABASE_CONTENTION: {
    message: 'Concurrent work kept this transaction from being committed; it was rolled back.',
    next: 'make the same call again',
    exitCode: 1,
    retryable: true,
  },
  DATABASE_DISK_FULL: {
    message: 'The database has no room left on its disk; the transaction was rolled back.',
    next: 'free or add space where the database keeps its data (pnpm dmz stack status), then repeat the command',
    exitCode: 1,
  },
  DATABASE_REFUSED: {
    message: 'The database refused the statement; the transaction was rolled back.',
    next: 'pnpm dmz db check, and see the cause with LOG_LEVEL=debug',
    exitCode: 1,
  },
  DATABASE_ROLE_REFUSED: {
    message: 'The database does not let the application’s role in.',
    next: 'pnpm db:migrate gives the roles their passwords, which follow from the administrator’s in DATABASE_URL: every program must use the same one',
    exitCode: 1,
  },
  DATABASE_CANCELLED: {
    message: 'A statement took too long or was cancelled; the transaction was rolled back.',
    next: 'make the same call again; if it happens again, look what the database is waiting for (pg_stat_activity)',
    exitCode: 1,
  },
  DATABASE_NOT_MIGRATED: {
    message: 'The database lacks something that this version needs.',
    next: 'pnpm db:migrate, then pnpm db:seed',
    exitCode: 1,
  },
  DATABASE_APPEND_ONLY: {
    message: 'The record is append-only: it is never updated or deleted.',
    next: 'write a new record that corrects or invalidates it',
    exitCode: 1,
  },
  TENANCY_NO_CONTEXT: {
    message: 'A statement reached a tenant’s table outside a tenant’s transaction.',
    next: 'run it inside tenancy.run',
    exitCode: 1,
  },
  TENANCY_UNKNOWN_TENANT: {
    message: 'No tenant with this id or slug lives here.',
    next: 'pnpm dmz tenant list',
    exitCode: 1,
  },
  TENANCY_NOT_SERVED: {
    message: 'The tenant is not served at present.',
    next: 'pnpm dmz tenant show <slug>',
    exitCode: 1,
  },
  TENANCY_TOKEN_MALFORMED: {
    message: 'A tenant was to be entered without a token.',
    next: 'enter through tenancy.run; nothing else has a way into a tenant',
    exitCode: 1,
  },
  TENANCY_KEY_UNKNOWN: {
    message: 'The key that an entry into a tenant was signed with is unknown to the database, or retired.',
    next: 'make the same call again; if it lasts, pnpm dmz keys list shows which key signs',
    exitCode: 1,
    retryable: true,
  },
  TENANCY_TOKEN_FORGED: {
    message: 'An entry into a tenant was not signed for it, by this database’s key.',
    next: 'pnpm db:migrate sets the keys again, where the administrator’s password has changed; otherwise find who makes tokens',
    exitCode: 1,
  },
  TENANCY_OTHER_CONNECTION: {
    message: 'A token was shown on another connection than the one that it was made for.',
    next: 'connect programs without a pooler that lends connections by transaction; otherwise find who shows tokens again',
    exitCode: 1,
  },
  TENANCY_CLOCK_DIFFERS: {
    message: 'A token is of another time than the database’s.',
    next: 'make the same call again; if it lasts, set the clocks of this machine and the database’s',
    exitCode: 1,
    retryable: true,
  },
  TENANCY_REGION_DIFFERS: {
    message: 'A tenant’s rows stay in its region, and the instance is in another one.',
    next: 'choose an instance in the tenant’s region: pnpm dmz instance list',
    exitCode: 1,
  },
  TENANCY_MOVED: {
    message: 'The tenant has moved since this program looked where it lives.',
    next: 'make the same call again',
    exitCode: 1,
    retryable: true,
  },
});

type Code = keyof typeof databaseErrors.definitions;

const CODE_OF_SQLSTATE: Readonly<Record<string, Code>> = {
  ZD001: 'TENANCY_NO_CONTEXT',
  ZD002: 'TENANCY_UNKNOWN_TENANT',
  ZD003: 'TENANCY_NOT_SERVED',
  ZD004: 'TENANCY_NO_CONTEXT',
  ZD005: 'TENANCY_MOVED',
  ZD010: 'DATABASE_APPEND_ONLY',
  ZD070: 'TENANCY_REGION_DIFFERS',
  ZD080: 'TENANCY_TOKEN_MALFORMED',
  ZD081: 'TENANCY_KEY_UNKNOWN',
  ZD082: 'TENANCY_TOKEN_FORGED',
  ZD083: 'TENANCY_OTHER_CONNECTION',
  ZD084: 'TENANCY_CLOCK_DIFFERS',
  '40001': 'DATABASE_CONTENTION', // serialization_failure
  '40P01': 'DATABASE_CONTENTION', // deadlock_detected
  '55P03': 'DATABASE_CONTENTION', // lock_not_available
  '53100': 'DATABASE_DISK_FULL',
  '53300': 'DATABASE_UNAVAILABLE', // too_many_connections
  '57014': 'DATABASE_CANCELLED', // query_canceled
  '26000': 'DATABASE_UNAVAILABLE', // invalid_sql_statement_name: the connection has lost its prepared statements
  '25P03': 'DATABASE_UNAVAILABLE', // idle_in_transaction_session_timeout
  '57P01': 'DATABASE_UNAVAILABLE', // admin_shutdown
  '57P02': 'DATABASE_UNAVAILABLE', // crash_shutdown
  '57P03': 'DATABASE_UNAVAILABLE', // cannot_connect_now
  '57P05': 'DATABASE_UNAVAILABLE', // idle_session_timeout
  '3D000': 'DATABASE_NOT_MIGRATED', // invalid_catalog_name
  '3F000': 'DATABASE_NOT_MIGRATED', // invalid_schema_name
  '42P01': 'DATABASE_NOT_MIGRATED', // undefined_table
  '42883': 'DATABASE_NOT_MIGRATED', // undefined_function
  '42703': 'DATABASE_NOT_MIGRATED', // undefined_column
  '22023': 'DATABASE_NOT_MIGRATED', // invalid_parameter_value: SET ROLE to a role that is not there yet
  '28P01': 'DATABASE_ROLE_REFUSED', // invalid_password
  '28000': 'DATABASE_ROLE_REFUSED', // invalid_authorization_specification: the role is not there yet
};

/** Data exceptions, and limits of the server's, that a value alone can lead to; of other states a value is no cause. */
const OF_A_VALUE = new Set([
  '22001', // string_data_right_truncation
  '22003', // numeric_value_out_of_range
  '22007', // invalid_datetime_format
  '22008', // datetime_field_overflow
  '22009', // invalid_time_zone_displacement_value, as which a year of five digits is read
  '22021', // character_not_in_repertoire
  '22P02', // invalid_text_representation
  '22P03', // invalid_binary_representation
  '22P05', // untranslatable_character
  '2201W', // invalid_row_count_in_limit_clause
  '2201X', // invalid_row_count_in_result_offset_clause
  '54000', // program_limit_exceeded: a text that is too long for an index
]);

/** What `pg` says, without a SQLSTATE, when a connection is gone. */
const LOST_CONNECTION =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed|Query read timeout/;

/** What Node.js says of a socket that is gone, or that cannot be had (its manual, "Common system errors" and "Node.js error codes"). */
const LOST_SOCKET = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENETDOWN',
  ],
  ...[
    'ENOTFOUND',
    'EAI_AGAIN',
    'ERR_STREAM_PREMATURE_CLOSE',
    'ERR_STREAM_DESTROYED',
    'ERR_STREAM_WRITE_AFTER_END',
  ],
]);

/** The PostgreSQL error at the root of whatever a query builder or pool made of it. */
export function databaseErrorOf(error: unknown): pg.DatabaseError | undefined {
  return causesOf(error).find((each) => each instanceof pg.DatabaseError);
}

/** Whether an error of the driver's means that its connection is gone. */
export const isLostConnection = (error: unknown): boolean => causesOf(error).some(tellsOfLoss);

const tellsOfLoss = ({ message, code }: Error & { readonly code?: unknown }): boolean =>
  LOST_CONNECTION.test(message) || LOST_SOCKET.has(String(code));

/** Whether a statement violated a module's constraint, at whichever placement. */
export function violates(error: unknown, namespace: string, constraint: string): boolean {
  const known = databaseErrorOf(error);
  if (!known?.code?.startsWith('23') || known.constraint === undefined) return false;
  return [constraint, placedName(namespace, constraint)].includes(known.constraint);
}

/** What an error was caused by, the error itself first. */
function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error; at = at.cause) chain.push(at);
  return chain;
}

type Particulars = Pick<ErrorParticulars, 'found' | 'data' | 'cause'>;

/** Errors of modules whose own triggers and functions raise a SQLSTATE of class ZD. */
export type StateErrors = Readonly<Record<string, (particulars: Particulars) => DmzError>>;

/**
 * Turns whatever a statement or connection failed with into an error that people can act on.
 *
 * @param states  what modules say of the SQLSTATEs that are theirs
 */
export function translateDatabaseError(error: unknown, states: StateErrors = {}): unknown {
  const chain = causesOf(error);
  const own = chain.find((each) => each instanceof DmzError);
  if (own) return own;
  const known = databaseErrorOf(error);
  if (known) return translateState(known, error, states);
  if (!chain.some((each) => each instanceof DrizzleQueryError)) return error;
  // Drizzle's message holds the statement with its values; only what is at the root may be looked at.
  const root = chain.at(-1);
  if (root && tellsOfLoss(root)) return databaseErrors.DATABASE_UNAVAILABLE({ cause: error });
  return databaseErrors.DATABASE_REFUSED({ found: 'a value that the driver could not send', cause: error });
}

function translateState(known: pg.DatabaseError, cause: unknown, states: StateErrors): DmzError {
  const state = known.code ?? '';
  if (state.startsWith('08')) return databaseErrors.DATABASE_UNAVAILABLE({ cause });
  const own = OF_A_VALUE.has(state) ? valueErrors.VALUE_REFUSED : undefined;
  const construct = states[state] ?? own ?? databaseErrors[CODE_OF_SQLSTATE[state] ?? 'DATABASE_REFUSED'];
  const data = parseDetail(known);
  return construct({ found: describe(known), cause, ...(data ? { data } : {}) });
}

/** The same for a failure of the driver itself, where whatever has no SQLSTATE is a lost connection. */
export function translateDriverError(error: unknown): unknown {
  if (error instanceof DmzError || databaseErrorOf(error)) return translateDatabaseError(error);
  return databaseErrors.DATABASE_UNAVAILABLE({ cause: error });
}

/**
 * The same for work that does more than ask the database.
 *
 * @returns the error itself where it is none of the database's, and no lost connection
 */
export function explainDatabaseError(error: unknown, states: StateErrors = {}): unknown {
  if (error instanceof DmzError) return error;
  if (databaseErrorOf(error)) return translateDatabaseError(error, states);
  return isLostConnection(error) ? databaseErrors.DATABASE_UNAVAILABLE({ cause: error }) : error;
}

/** Messages of our own functions are safe to show; PostgreSQL's can quote values, its state and constraint cannot. */
function describe({ code, message, constraint }: pg.DatabaseError): string {
  if (code?.startsWith('ZD')) return message;
  return `SQLSTATE ${code}${constraint ? `, constraint ${constraint}` : ''}`;
}

function parseDetail(error: pg.DatabaseError): Readonly<Record<string, unknown>> | undefined {
  if (!error.code?.startsWith('ZD') || !error.detail) return undefined;
  return JSON.parse(error.detail) as Record<string, unknown>;
}
