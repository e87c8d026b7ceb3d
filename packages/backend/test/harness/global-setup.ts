/**
 * Starts a PostgreSQL of the tests' own, apart from the one that people play on, and makes in it the template that
 * each test file clones: migrated, and filled with the demonstration tenants.
 */
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { connectAsAdministrator } from '../../src/kernel/db/index.ts';
import { migrate } from '../../src/kernel/migrations/runner.ts';
import { projectRoot } from '../../src/kernel/project.ts';
import { roleUrl, stackDown, stackUp } from '../../src/kernel/stack/index.ts';
import { openPlatform } from '../../src/platform.ts';
import { seed } from '../../src/seed.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Administrator's URL of the test server, with its maintenance database. */
    adminUrl: string;
  }
}

export const TEMPLATE = 'dmz_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // What the shell of a developer points to is not for tests to write to.
  delete process.env.DATABASE_URL;
  const stateFolder = path.join(projectRoot, '.dmz/test/stack');
  process.env.DMZ_HOME = stateFolder;
  const { postgres } = await stackUp({ stateFolder, settings: { max_connections: '400' } });
  await makeTemplate(postgres.adminUrl);
  project.provide('adminUrl', postgres.adminUrl);
  return async () => {
    await stackDown({ stateFolder });
  };
}

async function makeTemplate(adminUrl: string): Promise<void> {
  const admin = await connectAsAdministrator(adminUrl);
  await dropTestDatabases(admin);
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.href);
  const platform = openPlatform({ appUrl: roleUrl(url.href, 'dmz_app') });
  await seed(platform, url.href);
  await platform.close();
}

/** What earlier runs left, for people to look into, was theirs to look into until now. */
async function dropTestDatabases(admin: Awaited<ReturnType<typeof connectAsAdministrator>>): Promise<void> {
  const { rows } = await admin.query(
    "SELECT datname FROM pg_database WHERE datname = $1 OR datname LIKE 't\\_%'",
    [TEMPLATE],
  );
  for (const { datname } of rows) await admin.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
}
