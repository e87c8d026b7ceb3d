/**
 * Gives a test file a database of its own, cloned from the migrated template, and the platform on it as `dmz_app`; and
 * further ones as other instances where it asks for them. A connection that a test leaves open fails the file; the
 * databases of a failed file are kept, and their names are printed.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { connectAsAdministrator } from '../../src/kernel/db/index.ts';
import { type InstanceUrls, instanceUrls, keepAddress, urlsOf } from '../../src/kernel/instances/index.ts';
import { openPlatform, type Platform, type PlatformOptions } from '../../src/platform.ts';
import { INSTANCE_TEMPLATE, TEMPLATE } from './global-setup.ts';
import { emptyRedis, redisOfFile } from './redis.ts';

/** How long closed connections may take to disappear from the server's list. */
const CLOSING_MS = 5_000;

/** A busy machine must not look like a Redis that went away. */
const usualRedis = () => ({ redisUrl: redisOfFile(), redisAnswerMs: 5_000 });

type Options = Omit<PlatformOptions, 'appUrl'>;

export interface TestDatabase {
  readonly adminUrl: string;
  readonly appUrl: string;
  /** The platform as `dmz_app`. */
  readonly platform: Platform;
  /** What a command needs in its environment to work here. */
  readonly environment: {
    readonly DATABASE_URL: string;
    readonly REDIS_URL: string;
    readonly DMZ_HOME: string;
  };
  /** URLs of a further instance. */
  instance(name: string): InstanceUrls;
  /** A connection of the application's role, outside the platform; closed after the file. */
  connectAsApp(): Promise<pg.Client>;
  /** A connection of the administrator's, who is a superuser; to `main` unless another instance is named. */
  connectAsAdmin(instance?: string): Promise<pg.Client>;
  /** A connection that works as the owner of every table. */
  connectAsOwner(): Promise<pg.Client>;
  /** A further platform with other options, such as a clock; closed after the file. */
  open(options: Options): Platform;
}

/**
 * A further instance: `empty` is migrated and has the reference data; a `copy` has the rows of every demonstration
 * tenant, as if all of them had been copied there, and serves none. Each is registered in the control database.
 */
export type Instances = Readonly<
  Record<string, { readonly from: 'empty' | 'copy'; readonly region?: string }>
>;

/** Call it once, at the top of a describe or file; the values are there from `beforeAll` on. */
export function useDatabase({ instances = {} }: { instances?: Instances } = {}): TestDatabase {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const home = mkdtempSync(path.join(os.tmpdir(), 'dmz-home-'));
  const databaseOf = (instance: string) => `${name}_${instance}`;
  const opened: { close(): Promise<void> }[] = [];
  const urls = new Map<string, InstanceUrls>();
  let platform: Platform | undefined;
  let failed = false;

  const connect = async (url: string) => {
    const client = new pg.Client({ connectionString: url, application_name: 'test' });
    client.on('error', () => {});
    await client.connect();
    opened.push({ close: () => client.end().catch(() => {}) });
    return client;
  };
  const main = () => present(urls.get('main'));
  const open = (options: Options) => {
    const appUrlOf = async (instance: string) => (await instanceUrls(instance, { stateFolder: home })).appUrl;
    const another = openPlatform({ appUrlOf, ...usualRedis(), ...options, appUrl: main().appUrl });
    opened.push(another);
    return another;
  };

  beforeAll(async () => {
    await emptyRedis(redisOfFile());
    urls.set('main', await cloneTemplate(TEMPLATE, name));
    for (const [instance, wanted] of Object.entries(instances))
      urls.set(
        instance,
        await makeInstance(instance, wanted, { name: databaseOf(instance), home, main: main() }),
      );
    platform = open({});
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });
  afterAll(async () => {
    for (const each of opened.reverse()) await each.close();
    rmSync(home, { recursive: true, force: true });
    for (const each of [name, ...Object.keys(instances).map(databaseOf)]) await discard(each, failed);
  });

  return {
    get adminUrl() {
      return main().adminUrl;
    },
    get appUrl() {
      return main().appUrl;
    },
    get platform() {
      return present(platform);
    },
    get environment() {
      return { DATABASE_URL: main().adminUrl, REDIS_URL: redisOfFile(), DMZ_HOME: home };
    },
    instance: (instance) => present(urls.get(instance)),
    connectAsApp: () => connect(main().appUrl),
    connectAsAdmin: (instance = 'main') => connect(present(urls.get(instance)).adminUrl),
    async connectAsOwner() {
      const client = await connect(main().adminUrl);
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

async function cloneTemplate(template: string, name: string): Promise<InstanceUrls> {
  const serverUrl = inject('adminUrl');
  await ask(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await ask(url.href, 'SELECT dmz.secure_database()');
  return urlsOf(url.href);
}

async function makeInstance(
  instance: string,
  { from, region = 'eu' }: Instances[string],
  { name, home, main }: { readonly name: string; readonly home: string; readonly main: InstanceUrls },
): Promise<InstanceUrls> {
  const urls = await cloneTemplate(from === 'empty' ? INSTANCE_TEMPLATE : TEMPLATE, name);
  await keepAddress({ name: instance, kind: 'url', adminUrl: urls.adminUrl }, home);
  await ask(urls.adminUrl, 'TRUNCATE public.residents, public.placements, public.instances CASCADE');
  await ask(main.adminUrl, 'INSERT INTO public.instances (name, region) VALUES ($1, $2)', [instance, region]);
  return urls;
}

async function ask(adminUrl: string, statement: string, values: readonly unknown[] = []): Promise<void> {
  const admin = await connectAsAdministrator(adminUrl);
  try {
    await admin.query(statement, [...values]);
  } finally {
    await admin.end();
  }
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
