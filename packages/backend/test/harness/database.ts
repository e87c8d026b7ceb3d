/**
 * Gives a test file a database of its own, cloned from the migrated template, and the platform on it as `dmz_app`.
 * A connection that a test leaves open fails the file; the database of a failed file is kept, and its name is printed.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { connectAsAdministrator } from '../../src/kernel/db/index.ts';
import { roleUrl } from '../../src/kernel/stack/index.ts';
import { openPlatform, type Platform, type PlatformOptions } from '../../src/platform.ts';
import { TEMPLATE } from './global-setup.ts';

/** How long closed connections may take to disappear from the server's list. */
const CLOSING_MS = 5_000;

export interface TestDatabase {
  readonly adminUrl: string;
  readonly appUrl: string;
  /** The platform as `dmz_app`. */
  readonly platform: Platform;
  /** A connection of the application's role, outside the platform; closed after the file. */
  connectAsApp(): Promise<pg.Client>;
  /** A connection of the administrator's, who is a superuser; closed after the file. */
  connectAsAdmin(): Promise<pg.Client>;
  /** A connection that works as the owner of every table. */
  connectAsOwner(): Promise<pg.Client>;
  /** A further platform with other options, such as a clock; closed after the file. */
  open(options: Omit<PlatformOptions, 'appUrl'>): Platform;
}

/** Call it once, at the top of a describe or file; the values are there from `beforeAll` on. */
export function useDatabase(): TestDatabase {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const opened: { close(): Promise<void> }[] = [];
  let urls: { adminUrl: string; appUrl: string } | undefined;
  let platform: Platform | undefined;
  let failed = false;

  const connect = async (url: string) => {
    const client = new pg.Client({ connectionString: url, application_name: 'test' });
    client.on('error', () => {});
    await client.connect();
    opened.push({ close: () => client.end().catch(() => {}) });
    return client;
  };
  const open = (options: Omit<PlatformOptions, 'appUrl'>) => {
    const another = openPlatform({ ...options, appUrl: present(urls).appUrl });
    opened.push(another);
    return another;
  };

  beforeAll(async () => {
    urls = await cloneTemplate(name);
    platform = open({});
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });
  afterAll(async () => {
    for (const each of opened.reverse()) await each.close();
    await discard(name, failed);
  });

  return {
    get adminUrl() {
      return present(urls).adminUrl;
    },
    get appUrl() {
      return present(urls).appUrl;
    },
    get platform() {
      return present(platform);
    },
    connectAsApp: () => connect(present(urls).appUrl),
    connectAsAdmin: () => connect(present(urls).adminUrl),
    async connectAsOwner() {
      const client = await connect(present(urls).adminUrl);
      await client.query('SET ROLE dmz_owner');
      return client;
    },
    open,
  };
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The test database is there from beforeAll on.');
  return value;
}

async function cloneTemplate(name: string) {
  const serverUrl = inject('adminUrl');
  const admin = await connectAsAdministrator(serverUrl);
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const clone = await connectAsAdministrator(url.href);
  await clone.query('SELECT dmz.secure_database()');
  await clone.end();
  return { adminUrl: url.href, appUrl: roleUrl(url.href, 'dmz_app') };
}

async function discard(name: string, failed: boolean): Promise<void> {
  const admin = await connectAsAdministrator(inject('adminUrl'));
  try {
    const leaked = await leakedConnections(admin, name);
    if (failed) console.error(`The database of the failed tests is kept: ${name}`);
    else await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    expect(leaked, `connections that tests left open to ${name}`).toEqual([]);
  } finally {
    await admin.end();
  }
}

async function leakedConnections(admin: pg.Client, name: string): Promise<string[]> {
  const deadline = Date.now() + CLOSING_MS;
  for (;;) {
    const { rows } = await admin.query(
      "SELECT application_name || ': ' || query AS what FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'",
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map(({ what }) => what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
