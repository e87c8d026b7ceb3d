/**
 * What a failed connection means, in one place: the driver's and the system's many codes become one of a few errors
 * that say what to do. The password never reaches a message; the cause is kept for programs.
 */
import type { DmzError } from '../errors/index.ts';
import { isDmzError } from '../errors/index.ts';
import { describeTarget, parseDatabaseUrl } from './database-url.ts';
import { stackErrors } from './errors.ts';

type StackError = DmzError<keyof typeof stackErrors.definitions>;
type Code = Exclude<keyof typeof stackErrors, 'definitions'>;

/** SQLSTATE (PostgreSQL manual, appendix A) and errno codes whose meaning is certain. */
const byCode: Readonly<Record<string, Code>> = {
  ECONNREFUSED: 'STACK_SERVER_UNREACHABLE',
  ECONNRESET: 'STACK_SERVER_UNREACHABLE',
  EPIPE: 'STACK_SERVER_UNREACHABLE',
  ENOTFOUND: 'STACK_SERVER_UNREACHABLE',
  EAI_AGAIN: 'STACK_SERVER_UNREACHABLE',
  EHOSTUNREACH: 'STACK_SERVER_UNREACHABLE',
  ENETUNREACH: 'STACK_SERVER_UNREACHABLE',
  ENOENT: 'STACK_SERVER_UNREACHABLE', // a unix socket that is not there
  ETIMEDOUT: 'STACK_SERVER_TIMEOUT',
  '28P01': 'STACK_WRONG_PASSWORD',
  '28000': 'STACK_WRONG_PASSWORD', // the role may not log in, or pg_hba.conf has no line for it
  '3D000': 'STACK_DATABASE_MISSING',
  '53300': 'STACK_SERVER_BUSY',
  '57P03': 'STACK_SERVER_BUSY', // starting up or shutting down
};

/** The driver reports these without any code. */
const byMessage: readonly (readonly [RegExp, Code])[] = [
  [/timeout/i, 'STACK_SERVER_TIMEOUT'],
  [/SASL|password must be a string|authentication/i, 'STACK_WRONG_PASSWORD'],
  [/\bSSL\b|\bTLS\b|certificate/i, 'STACK_TLS_FAILED'],
  [/Connection terminated/i, 'STACK_SERVER_UNREACHABLE'],
];

/**
 * @param error what connecting threw; a DmzError is handed back as it is
 * @param url where to; only host, port, user and database are shown
 */
export function explainConnectionError(error: unknown, url: string): StackError | DmzError {
  if (isDmzError(error)) return error;
  const { codes, message } = particularsOf(error);
  const known = codes.map((code) => byCode[code]).find((code) => code !== undefined);
  const matched = known ?? byMessage.find(([pattern]) => pattern.test(message))?.[1];
  const code = matched ?? 'STACK_CONNECTION_FAILED';
  const place = describeTarget(url);
  const detail = code === 'STACK_WRONG_PASSWORD' ? `user ${userOf(url)}, ${message}` : message;
  return stackErrors[code]({
    found: `${place}: ${detail}`,
    expected: 'a PostgreSQL 18 server',
    cause: error,
  });
}

function particularsOf(error: unknown): { codes: string[]; message: string } {
  // Node tries every address of a host and then throws one AggregateError with an empty message.
  const errors = error instanceof AggregateError ? [error, ...error.errors] : [error];
  const codes = errors.map(codeOf).filter((code) => code !== '');
  const message = errors
    .map((each) => (each instanceof Error ? each.message : ''))
    .find((text) => text !== '');
  return { codes, message: message ?? codes[0] ?? 'unknown cause' };
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

function userOf(text: string): string {
  return decodeURIComponent(parseDatabaseUrl(text).username);
}
