/** A database of its own for a benchmark, migrated and seeded, and dropped when the work is over. */
import type pg from 'pg';
import { connectAsAdministrator } from '../src/kernel/db/index.ts';
import { migrate } from '../src/kernel/migrations/runner.ts';
import { roleUrl, stackUp } from '../src/kernel/stack/index.ts';
import { openPlatform, type Platform } from '../src/platform.ts';
import { seed } from '../src/seed.ts';

export interface BenchDatabase {
  readonly admin: pg.Client;
  readonly adminUrl: string;
  readonly appUrl: string;
  readonly platform: Platform;
}

/** @param poolSize  connections of the platform */
export async function withBenchDatabase<Result>(
  name: string,
  poolSize: number,
  work: (database: BenchDatabase) => Promise<Result>,
): Promise<Result> {
  const { postgres } = await stackUp();
  const server = await connectAsAdministrator(postgres.adminUrl);
  await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await server.query(`CREATE DATABASE ${name}`);
  try {
    const url = new URL(postgres.adminUrl);
    url.pathname = `/${name}`;
    await migrate(url.href);
    const appUrl = roleUrl(url.href, 'dmz_app');
    const platform = openPlatform({ appUrl, poolSize });
    const admin = await connectAsAdministrator(url.href);
    try {
      await seed(platform, url.href);
      return await work({ admin, adminUrl: url.href, appUrl, platform });
    } finally {
      await admin.end();
      await platform.close();
    }
  } finally {
    await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await server.end();
  }
}

/** Loops inside the server are DO blocks, whose language the application's role has no right to elsewhere. */
export async function allowLoops(admin: pg.Client): Promise<void> {
  await admin.query('GRANT USAGE ON LANGUAGE plpgsql TO dmz_app');
}
