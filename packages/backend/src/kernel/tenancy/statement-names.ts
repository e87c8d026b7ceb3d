/**
 * Gives prepared statements names that nobody can guess. A connection serves one tenant after another, and a prepared
 * statement outlives its transaction: whoever injected SQL into one tenant's could otherwise put a statement of his own
 * in the place of one of ours, and the next tenant's transaction would execute it. The names are not to be read either:
 * `dmz.secure_database` closes the list of them.
 */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { databaseErrorOf } from '../db/database-errors.ts';

type Query = (config: unknown, ...rest: unknown[]) => unknown;

/** What is sent on the client from now on is known to the server by names of this connection's own. */
export function hideStatementNames(client: pg.ClientBase): void {
  const secret = randomBytes(16).toString('base64url');
  const names = new Map<string, string>();
  const hidden = (name: string): string => {
    const known = names.get(name) ?? `${secret}_${names.size}`;
    names.set(name, known);
    return known;
  };
  const query = client.query.bind(client) as Query;
  const hiding: Query = (config, ...rest) =>
    query(isNamed(config) ? { ...config, name: hidden(config.name) } : config, ...rest);
  client.query = hiding as typeof client.query;
}

/** The driver's own queries are objects that it submits itself, and have no name in our hands. */
const isNamed = (config: unknown): config is pg.QueryConfig & { readonly name: string } =>
  typeof config === 'object' &&
  config !== null &&
  !('submit' in config) &&
  typeof (config as pg.QueryConfig).name === 'string';

/** Somebody has thrown our statements away; the driver does not know it, so the connection is of no more use. */
export const haveStatementsGone = (error: unknown): boolean => databaseErrorOf(error)?.code === '26000';
