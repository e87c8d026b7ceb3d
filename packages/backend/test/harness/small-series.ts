/**
 * Migrations of a test's own: a folder with a small series, as the runner takes it, and databases that know nothing yet.
 * The foundation has one plain table and one log with two months, so that a schema of a tenant's own takes milliseconds.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, inject } from 'vitest';
import { listCatalogue } from '../../src/kernel/check/index.ts';
import { connectAsAdministrator } from '../../src/kernel/db/index.ts';

/** Statements of each file, by tag. */
export type Series = Readonly<Record<string, string>>;

export const FOUNDATION: Series = {
  '0000_found_database': `-- role: administrator
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO dmz_owner', current_database()); END $$;`,
  '0001_create_tables': `CREATE SCHEMA "game";
--> statement-breakpoint
CREATE TABLE "game"."teams" ("tenant_id" uuid, "id" integer, CONSTRAINT "teams_pkey" PRIMARY KEY ("id"));
--> statement-breakpoint
COMMENT ON TABLE "game"."teams" IS E'Teams.\\n@kind tenant';
--> statement-breakpoint
CREATE TABLE "game"."events" ("tenant_id" uuid, "at" integer) PARTITION BY RANGE ("at");
--> statement-breakpoint
COMMENT ON TABLE "game"."events" IS E'Events.\\n@kind partitioned_log';
--> statement-breakpoint
CREATE TABLE "game"."events_first" PARTITION OF "game"."events" FOR VALUES FROM (0) TO (10);
--> statement-breakpoint
COMMENT ON TABLE "game"."events_first" IS E'Events.\\n@kind partitioned_log';
--> statement-breakpoint
CREATE TABLE "game"."events_default" PARTITION OF "game"."events" DEFAULT;
--> statement-breakpoint
COMMENT ON TABLE "game"."events_default" IS E'Events.\\n@kind partitioned_log';`,
};

/** Joins statements as a file has them. */
export const statements = (...all: readonly string[]): string => all.join('\n--> statement-breakpoint\n');

/** Writes the files, the journal and the checksums; what was there under other names goes. */
export function writeSeries(folder: string, series: Series): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'meta'), { recursive: true });
  const tags = Object.keys(series);
  for (const tag of tags) writeFileSync(path.join(folder, `${tag}.sql`), series[tag] ?? '');
  writeJournal(folder, tags);
  const sums = Object.entries(series).map(([tag, text]) => [
    tag,
    createHash('sha256').update(text).digest('hex'),
  ]);
  writeFileSync(path.join(folder, 'checksums.json'), JSON.stringify(Object.fromEntries(sums)));
}

export function writeJournal(folder: string, tags: readonly string[]): void {
  const entries = tags.map((tag, idx) => ({ idx, when: 1_000 + idx, tag }));
  writeFileSync(path.join(folder, 'meta/_journal.json'), JSON.stringify({ entries }));
}

export interface SmallSeries {
  /** Writes a series. @returns its folder, another one each time */
  folder(series: Series): string;
  /** An empty database. @returns an administrator's URL */
  database(): Promise<string>;
  /** A connection of the administrator's, closed after the file. */
  connect(adminUrl: string): Promise<pg.Client>;
}

/** Call it once, at the top of a describe or file; what it has made goes after the file. */
export function useSmallSeries(): SmallSeries {
  const root = mkdtempSync(path.join(os.tmpdir(), 'dmz-series-'));
  const databases: string[] = [];
  const clients: pg.Client[] = [];
  const connect = async (adminUrl: string) => {
    const client = await connectAsAdministrator(adminUrl, 'test');
    clients.push(client);
    return client;
  };
  afterAll(async () => {
    for (const client of clients) await client.end().catch(() => {});
    const server = await connectAsAdministrator(inject('adminUrl'));
    for (const name of databases) await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await dropTenantRoles(server);
    await server.end();
    rmSync(root, { recursive: true, force: true });
  });
  return {
    connect,
    folder(series) {
      const folder = path.join(root, randomBytes(4).toString('hex'));
      writeSeries(folder, series);
      return folder;
    },
    async database() {
      const name = `t_${randomBytes(6).toString('hex')}`;
      const server = await connectAsAdministrator(inject('adminUrl'));
      await server.query(`CREATE DATABASE ${name}`);
      await server.end();
      databases.push(name);
      const url = new URL(inject('adminUrl'));
      url.pathname = `/${name}`;
      return url.href;
    },
  };
}

/** Roles are the whole server's; those of these tests begin alike. */
async function dropTenantRoles(server: pg.Client): Promise<void> {
  const { rows } = await server.query(
    "SELECT rolname AS name FROM pg_roles WHERE rolname LIKE 'dmz\\_tenant\\_small\\_%'",
  );
  for (const { name } of rows) await server.query(`DROP ROLE ${name}`).catch(() => {});
}

/** What migrations have made of a database: every object, every index with its validity, and the histories. */
export async function catalogueOf(client: pg.Client): Promise<string[]> {
  const { rows: spaces } = await client.query<{ name: string }>(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname = 'game' OR nspname LIKE 'tenant\\_%' ORDER BY 1",
  );
  const names = spaces.map(({ name }) => name);
  const listing = await listCatalogue(client, names);
  const { rows: indexes } = await client.query<{ line: string }>(
    `SELECT format('%s valid %s of %s', pg_get_indexdef(indexrelid), indisvalid, inhparent::regclass) AS line
     FROM pg_index JOIN pg_class AS c ON c.oid = indexrelid LEFT JOIN pg_inherits ON inhrelid = indexrelid
     WHERE relnamespace::regnamespace::text = ANY ($1) ORDER BY 1`,
    [names],
  );
  const histories = [];
  for (const schema of ['drizzle', ...names.filter((name) => name.startsWith('tenant_'))]) {
    const { rows } = await client.query<{ line: string }>(
      `SELECT $1 || ' ' || id || ' ' || name || ' ' || hash AS line FROM ${schema}.__drizzle_migrations ORDER BY id`,
      [schema],
    );
    histories.push(...rows);
  }
  const { rows: open } = await client.query('SELECT place FROM drizzle.__migration_progress');
  return [
    ...listing.split('\n'),
    ...[...indexes, ...histories].map(({ line }) => line),
    `${open.length} files in the middle of being applied`,
  ];
}

/** These series have none of what the platform's own end with. */
export const nothingToSettle = async (): Promise<void> => {};
