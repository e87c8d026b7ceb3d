/**
 * PostgreSQL servers of a test's own, `main` and where it is wanted `second`, that can be killed with SIGKILL and started
 * again, and a gated proxy before each, by which the mover reaches them. Players reach them without it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';
import { addInstance } from '../../src/instances/add-instance.ts';
import { instanceFolder, keepAddress, stopInstance } from '../../src/kernel/instances/index.ts';
import { migrate } from '../../src/kernel/migrations/runner.ts';
import { type RunningPostgres, roleUrl, stackUp } from '../../src/kernel/stack/index.ts';
import { temporaryStack } from '../../src/kernel/stack/temporary-stack.ts';
import { openPlatform } from '../../src/platform.ts';
import { seed } from '../../src/seed.ts';
import { type GatedProxy, gatedProxy } from './gated-proxy.ts';

export type ServerName = 'main' | 'second';

export interface KilledServers {
  /** Where the mover finds its instances: behind the proxies. */
  readonly moversHome: string;
  proxy(server: ServerName): GatedProxy;
  url(server: ServerName, role?: string): string;
  /** The server ends at once, whatever it does; resolves when nobody is connected to it any more. */
  kill(server: ServerName): Promise<void>;
  /** Starts those that do not run. */
  start(): Promise<void>;
  /** Runs one statement as the administrator. */
  ask(server: ServerName, statement: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  remove(): Promise<void>;
}

/**
 * What was written survives a killed server without waiting for the disk, and its pages are whole; only a lost machine
 * would take it. Vacuuming would take the processors from what is tested.
 */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', autovacuum: 'off' };

/** Seeded: the demonstration tenants live on `main`, and nobody on `second`. */
export async function killedServers(names: readonly ServerName[]): Promise<KilledServers> {
  const stack = temporaryStack();
  vi.stubEnv('DATABASE_URL', '');
  vi.stubEnv('DMZ_HOME', stack.state);
  const moversHome = mkdtempSync(path.join(os.tmpdir(), 'dmz-movers-'));
  const running = new Map<ServerName, RunningPostgres>();
  const the = (server: ServerName) => {
    const found = running.get(server);
    if (!found) throw new Error(`${server} was never started.`);
    return found;
  };
  const startMain = async () => void running.set('main', (await stack.up({ settings: SETTINGS })).postgres);
  const startSecond = async () => {
    const folder = instanceFolder(stack.state, 'second');
    running.set(
      'second',
      (await stackUp({ stateFolder: folder, embedded: true, settings: SETTINGS })).postgres,
    );
  };
  const start = async () => {
    await startMain();
    if (names.includes('second')) await startSecond();
  };
  await startMain();
  await migrate(the('main').adminUrl);
  const platform = openPlatform({ appUrl: the('main').appUrl });
  await seed(platform, the('main').adminUrl);
  await platform.close();
  await start();
  const proxies = new Map<ServerName, GatedProxy>();
  for (const name of names) proxies.set(name, await gatedProxy(the(name).adminUrl, () => the(name).port));
  const proxy = (server: ServerName) => proxies.get(server) as GatedProxy;
  if (names.includes('second')) {
    await addInstance(the('main').adminUrl, { name: 'second', region: 'eu' });
    await keepAddress({ name: 'second', kind: 'url', adminUrl: proxy('second').url }, moversHome);
  }
  return {
    moversHome,
    proxy,
    url: (server, role) => (role ? roleUrl(the(server).adminUrl, role) : the(server).adminUrl),
    async kill(server) {
      process.kill(the(server).pid ?? 0, 'SIGKILL');
      await proxy(server).lost();
    },
    start,
    async ask(server, statement, values = []) {
      const client = new pg.Client({ connectionString: the(server).adminUrl });
      client.on('error', () => {});
      await client.connect();
      try {
        return (await client.query(statement, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    async remove() {
      for (const each of proxies.values()) await each.close();
      if (names.includes('second')) await stopInstance('second', stack.state);
      await stack.remove();
      rmSync(moversHome, { recursive: true, force: true });
      vi.unstubAllEnvs();
    },
  };
}
