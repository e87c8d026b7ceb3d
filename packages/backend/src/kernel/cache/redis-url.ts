/**
 * Reads where Redis is: one server (`redis:`), or the nodes of a cluster to begin with (`redis+cluster:`); `rediss` is
 * the same over TLS. What it refuses is named without the password.
 */
import { cacheErrors } from './errors.ts';

export interface RedisAddress {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly cluster: boolean;
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Number of the database; a cluster has 0 alone. */
  readonly database: number;
}

const USUAL_PORT = 6379;
const MOST_DATABASES = 65_536;
// Written out, since a URL has one host: WHATWG's parser refuses a list of them.
const SHAPE = /^(redis|rediss)(\+cluster)?:\/\/(?:([^@/]*)@)?([^/?#@]+)(?:\/(\d*))?$/;

/** @throws CACHE_URL_INVALID */
export function parseRedisUrl(text: string): RedisAddress {
  const [, scheme, clustered, credentials, hosts = '', number = ''] = SHAPE.exec(text.trim()) ?? [];
  if (scheme === undefined)
    throw refused('it begins with none of the schemes, or has a part that is not known');
  const cluster = clustered !== undefined;
  const nodes = hosts.split(',').map(readNode);
  if (!cluster && nodes.length > 1) throw refused('several hosts, and no cluster');
  const database = Number(number);
  if (database >= MOST_DATABASES || (cluster && database !== 0)) throw refused(`database ${number}`);
  const [username, password] = readCredentials(credentials);
  return { nodes, cluster, tls: scheme === 'rediss', username, password, database };
}

function readNode(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits] = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = digits === undefined ? USUAL_PORT : Number(digits);
  if (host === undefined || port < 1 || port > 65_535) throw refused('a host or port that is none');
  return { host, port };
}

function readCredentials(text: string | undefined): [string | undefined, string | undefined] {
  if (text === undefined) return [undefined, undefined];
  const at = text.indexOf(':');
  const [name, secret] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  try {
    return [decodeURIComponent(name) || undefined, decodeURIComponent(secret) || undefined];
  } catch {
    throw refused('user or password with a % that is not part of an escape');
  }
}

/** For people: as it was given, without the password. */
export const maskRedisUrl = (url: string): string => url.replace(/(:\/\/[^/@:]*:)[^@]*@/, '$1***@');

const refused = (found: string) =>
  cacheErrors.CACHE_URL_INVALID({
    found,
    expected: 'redis://user:password@host:port/0, or redis+cluster://user:password@host:port,host:port',
  });
