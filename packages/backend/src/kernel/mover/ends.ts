/**
 * The two ends of a move, and the connections that one attempt has to them. All of them bear the move's id as their name,
 * so that the next attempt finds and ends what a program that hangs has left, and all are closed together.
 */
import pg from 'pg';
import { translateDriverError } from '../db/database-errors.ts';
import { END_WHEN_VANISHED, type OwnerConnection, openAsOwner } from '../db/index.ts';
import type { MovePlace, Side } from './ports.ts';

export interface EndUrls {
  readonly adminUrl: string;
  readonly moverUrl: string;
  readonly maintenanceUrl: string;
}

export const connectionName = (moveId: string): string => `dmz-move ${moveId}`;

/** URLs whose every session bears the move's name, whoever opens it: what clears, purges, and makes schemas and months. */
export function namedUrls(urls: EndUrls, moveId: string): EndUrls {
  const named = (given: string) => {
    const url = new URL(given);
    url.searchParams.set('application_name', connectionName(moveId));
    return url.href;
  };
  const { adminUrl, moverUrl, maintenanceUrl } = urls;
  return {
    adminUrl: named(adminUrl),
    moverUrl: named(moverUrl),
    maintenanceUrl: named(maintenanceUrl),
  };
}

/** A session of the administrator's that bears the move's name, and does not outlive its machine. */
export async function openOwner(adminUrl: string, moveId: string): Promise<OwnerConnection> {
  const owner = await openAsOwner(adminUrl, connectionName(moveId));
  try {
    await owner.client.query(END_WHEN_VANISHED);
    return owner;
  } catch (error) {
    await owner.close();
    throw translateDriverError(error);
  }
}

/** Names are written with their schema, times are printed alike, and nothing takes more processors than it was given. */
const SETTINGS = `SET search_path = ''; SET TimeZone = 'UTC'; SET max_parallel_workers_per_gather = 0`;

/** For statements that name rows by their keys: those are found by the index, whatever the planner thinks of a new table. */
export const BY_KEY = {
  settings: 'SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off',
} as const;

/** For who writes rows as they were accepted elsewhere: triggers are off. */
export const AS_REPLICA = 'SET session_replication_role = replica';

interface ConnectionOptions {
  /** Speaks the replication protocol too. */
  readonly replication?: boolean;
  readonly settings?: string;
}

/** A connection of `dmz_mover`, who reads and writes the rows of every tenant. */
export async function connectAsMover(
  moverUrl: string,
  name: string,
  options: ConnectionOptions = {},
): Promise<pg.Client> {
  const client = moverClient(moverUrl, name, options);
  await begin(client, options);
  return client;
}

function moverClient(moverUrl: string, name: string, { replication = false }: ConnectionOptions): pg.Client {
  const client = new pg.Client({
    connectionString: moverUrl,
    application_name: name,
    keepAlive: true,
    ...(replication ? { replication: 'database' } : {}),
  } as pg.ClientConfig);
  // Whatever is at work on it fails, and tells.
  client.on('error', () => {});
  return client;
}

async function begin(client: pg.Client, { replication = false, settings = '' }: ConnectionOptions) {
  try {
    await client.connect();
    await client.query(END_WHEN_VANISHED);
  } catch (error) {
    throw translateDriverError(error);
  }
  if (!replication) await client.query(`${SETTINGS}; ${settings}`);
}

export class End {
  readonly side: Side;
  readonly place: MovePlace;
  readonly urls: EndUrls;
  readonly owner: OwnerConnection;
  readonly #name: string;
  readonly #clients = new Set<pg.Client>();

  private constructor(side: Side, place: MovePlace, urls: EndUrls, owner: OwnerConnection, name: string) {
    this.side = side;
    this.place = place;
    this.urls = urls;
    this.owner = owner;
    this.#name = name;
  }

  static async open(side: Side, place: MovePlace, urls: EndUrls, moveId: string): Promise<End> {
    const owner = await openOwner(urls.adminUrl, moveId);
    return new End(side, place, namedUrls(urls, moveId), owner, connectionName(moveId));
  }

  async connect(options: ConnectionOptions = {}): Promise<pg.Client> {
    const client = moverClient(this.urls.moverUrl, this.#name, options);
    this.#clients.add(client);
    await begin(client, options);
    return client;
  }

  async disconnect(client: pg.Client): Promise<void> {
    this.#clients.delete(client);
    await client.end();
  }

  async close(): Promise<void> {
    const closing = [...this.#clients].map((client) => client.end());
    await Promise.allSettled([...closing, this.owner.close()]);
  }
}

/** Whether two ends are one database, so that what concerns both is one transaction. */
export function isSameDatabase(one: string, other: string): boolean {
  const [first, second] = [new URL(one), new URL(other)];
  return first.host === second.host && first.pathname === second.pathname;
}
