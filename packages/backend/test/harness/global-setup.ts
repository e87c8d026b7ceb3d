/**
 * Starts a PostgreSQL and a Redis of the tests' own, apart from those that people play on, and makes in it the template that
 * each test file clones: migrated, and filled with the demonstration tenants.
 */
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { connectAsAdministrator, runAsOwner } from '../../src/kernel/db/index.ts';
import { migrate } from '../../src/kernel/migrations/runner.ts';
import { projectRoot } from '../../src/kernel/project.ts';
import { redisDown, redisUp, roleUrl, stackDown, stackUp } from '../../src/kernel/stack/index.ts';
import { openPlatform } from '../../src/platform.ts';
import { seed, seedReference } from '../../src/seed.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Administrator's URL of the test server, with its maintenance database. */
    adminUrl: string;
    /** Of the test server's Redis, without the number of a database. */
    redisUrl: string;
  }
}

export const TEMPLATE = 'dmz_template';
/** What another instance starts from: migrated, with the reference data, and nobody lives there. */
export const INSTANCE_TEMPLATE = 'dmz_template_instance';

/**
 * The server of the tests survives a killed program and a killed backend, and need not survive the machine. Each file makes and
 * drops a database of thousands of relations, and every drop would wait until all of them are on the disk.
 */
const SETTINGS = { max_connections: '600', fsync: 'off' };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // What the shell of a developer points to is not for tests to write to.
  delete process.env.DATABASE_URL;
  delete process.env.REDIS_URL;
  const stateFolder = path.join(projectRoot, '.dmz/test/stack');
  process.env.DMZ_HOME = stateFolder;
  const { postgres } = await stackUp({ stateFolder, settings: SETTINGS });
  await makeTemplate(postgres.adminUrl);
  project.provide('adminUrl', postgres.adminUrl);
  project.provide('redisUrl', await startRedis(stateFolder));
  return async () => {
    await redisDown({ stateFolder });
    await stackDown({ stateFolder });
  };
}

async function startRedis(stateFolder: string): Promise<string> {
  const { url } = await redisUp({ stateFolder });
  if (url === null)
    throw new Error('The tests need redis-server or valkey-server on the PATH; npm test sees to it.');
  return url.replace(/\/\d*$/, '');
}

async function makeTemplate(adminUrl: string): Promise<void> {
  const admin = await connectAsAdministrator(adminUrl);
  await dropTestDatabases(admin);
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  const url = new URL(adminUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.href);
  await runAsOwner(url.href, seedReference);
  await admin.query(`CREATE DATABASE ${INSTANCE_TEMPLATE} TEMPLATE ${TEMPLATE}`);
  await admin.end();
  const platform = openPlatform({ appUrl: roleUrl(url.href, 'dmz_app') });
  await seed(platform, url.href);
  await platform.close();
}

/** What earlier runs left, for people to look into, was theirs to look into until now. */
async function dropTestDatabases(admin: Awaited<ReturnType<typeof connectAsAdministrator>>): Promise<void> {
  const { rows } = await admin.query(
    "SELECT datname FROM pg_database WHERE datname = ANY($1) OR datname LIKE 't\\_%'",
    [[TEMPLATE, INSTANCE_TEMPLATE]],
  );
  for (const { datname } of rows) await admin.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
}
