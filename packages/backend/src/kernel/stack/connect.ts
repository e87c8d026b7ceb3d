/**
 * The few questions that the stack itself asks a server, before any pool exists. Each opens one connection and closes
 * it; whatever fails is explained by `explainConnectionError`.
 */
import pg from 'pg';
import { explainConnectionError } from './connection-errors.ts';

/** Long enough for a server across an ocean that has to wake up first, short enough to wait for at a terminal. */
const CONNECT_MS = 15_000;

export interface ServerVersion {
  /** `server_version_num`: 180004 for 18.4. */
  readonly number: number;
  readonly text: string;
}

/** @throws the STACK_ codes of `explainConnectionError` */
export async function askVersion(url: string): Promise<ServerVersion> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ number: number; text: string }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
    );
    return rows[0] ?? { number: 0, text: 'unknown' };
  });
}

export async function createDatabase(url: string, name: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

/**
 * Keeps everybody out of the databases that PostgreSQL came with: whoever may connect there can write code and large objects,
 * also into the template of what is created next. Repeatable.
 */
export async function closeOtherDatabases(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select distinct datname as name from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
       where datname in ('postgres', 'template1') and grantee = 0`,
    );
    for (const { name } of rows) await client.query(`revoke all on database ${name} from public`);
  });
}

async function withClient<T>(url: string, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: CONNECT_MS,
    });
    client.on('error', () => {}); // lost while idle: the next query tells
    await client.connect();
    return await ask(client);
  } catch (error) {
    throw explainConnectionError(error, url);
  } finally {
    await client?.end().catch(() => {});
  }
}
