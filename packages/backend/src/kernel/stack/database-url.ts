/**
 * Reading and printing of PostgreSQL URLs. A URL that has passed `parseDatabaseUrl` names its user, host, port and
 * database outright, so that replacing one of them never changes the meaning of another: the driver takes a missing
 * database for the user's name, and a `user` in the query over the one in front of the host.
 */
import os from 'node:os';
import { stackErrors } from './errors.ts';

const INVALID_EXPECTED = 'postgresql://user:password@host:port/database';

/**
 * @param text a `postgres:` or `postgresql:` URL, as libpq understands it (PostgreSQL manual, 32.1.1.2)
 * @throws STACK_DATABASE_URL_INVALID whose particulars do not repeat the text: it may hold a password
 */
export function parseDatabaseUrl(text: string): URL {
  const url = readUrl(text.trim());
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    throw stackErrors.STACK_DATABASE_URL_INVALID({
      found: `scheme ${url.protocol}`,
      expected: INVALID_EXPECTED,
    });
  }
  const take = (name: string): string => {
    const value = url.searchParams.get(name) ?? '';
    url.searchParams.delete(name);
    return value;
  };
  // The host comes first: a URL without one silently refuses to be given a user.
  const host = take('host');
  url.hostname = host ? encodeURIComponent(host) : url.hostname || 'localhost';
  url.port = take('port') || url.port || '5432';
  url.username = encodeURIComponent(take('user')) || url.username || encodeURIComponent(defaultUser());
  url.password = encodeURIComponent(take('password')) || url.password;
  if (url.pathname === '' || url.pathname === '/') url.pathname = `/${url.username}`;
  return url;
}

function readUrl(text: string): URL {
  try {
    // `user@/database` (host in the query, or none) is legal for libpq and not for WHATWG.
    return new URL(text.replace('@/', '@localhost/'));
  } catch {
    const found =
      text === ''
        ? 'an empty text'
        : 'a text that cannot be read as a URL (not shown: it may hold a password)';
    throw stackErrors.STACK_DATABASE_URL_INVALID({ found, expected: INVALID_EXPECTED });
  }
}

function defaultUser(): string {
  return process.env.PGUSER || os.userInfo().username;
}

/** The URL as people may see it: the password is replaced, and so is one hidden in the query. */
export function maskPassword(text: string): string {
  try {
    const url = parseDatabaseUrl(text);
    if (url.password) url.password = '***';
    return url.href;
  } catch {
    return '(not a URL)';
  }
}

/** `host:port/database`, for messages. */
export function describeTarget(text: string): string {
  try {
    const url = parseDatabaseUrl(text);
    return `${decodeURIComponent(url.hostname)}:${url.port}${decodeURIComponent(url.pathname)}`;
  } catch {
    return 'a URL that cannot be read';
  }
}
