/**
 * Makes the next migration of the series: drizzle-kit writes what changed in the schema, and what it cannot express
 * (kinds, partitions, comments) is added for every table that the file creates. Writes files; touches no database.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { TableMeta } from '../db/table-meta.ts';
import { projectRoot } from '../project.ts';
import { migrationErrors } from './errors.ts';
import { checksumsFile, migrationsFolder, readMigrations } from './journal.ts';
import {
  belongsToTenant,
  commentStatements,
  kindStatements,
  partitionClause,
  qualifiedName,
} from './kind-statements.ts';

const BREAKPOINT = '\n--> statement-breakpoint\n';

/**
 * @param name    `<verb>_<what>`
 * @param tables  every table of the schema
 * @param custom  true for a file to be written by hand
 * @returns the new file's tag, or undefined when the schema has not changed
 */
export function generateMigration(
  name: string,
  tables: readonly TableMeta[],
  custom: boolean,
): string | undefined {
  if (!/^[a-z]+(_[a-z0-9]+)+$/.test(name))
    throw migrationErrors.MIGRATION_NAME_INVALID({ found: name, expected: '<verb>_<what>' });
  const before = readTags();
  const output = runDrizzleKit(name, custom);
  const tag = readTags().find((known) => !before.includes(known));
  if (tag && !custom) completeFile(path.join(migrationsFolder, `${tag}.sql`), tables);
  if (!tag && output !== undefined && !output.includes('No schema changes')) {
    throw migrationErrors.MIGRATION_GENERATE_FAILED({
      found: output.trim().split('\n').slice(-3).join('\n'),
    });
  }
  return tag;
}

/**
 * On a terminal drizzle-kit may ask whether a column was renamed or is another one.
 *
 * @returns what it printed, where nobody could read it
 */
function runDrizzleKit(name: string, custom: boolean): string | undefined {
  const kit = path.join(path.dirname(createRequire(import.meta.url).resolve('drizzle-kit')), 'bin.cjs');
  const terminal = process.stdin.isTTY && process.stdout.isTTY;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [kit, 'generate', `--name=${name}`, ...(custom ? ['--custom'] : [])],
    {
      cwd: path.join(projectRoot, 'packages/backend'),
      stdio: terminal ? 'inherit' : 'pipe',
      encoding: 'utf8',
    },
  );
  const output = terminal ? undefined : `${stdout}${stderr}`;
  if (status !== 0)
    throw migrationErrors.MIGRATION_GENERATE_FAILED({
      found: output?.trim().split('\n').slice(-3).join('\n') ?? `exit status ${status}`,
    });
  return output;
}

/** Records the checksum of files that are new; a recorded one is never replaced. */
export function recordChecksums(): string[] {
  const recorded = readChecksums();
  const fresh = readMigrations().filter(({ tag }) => !(tag in recorded));
  const all = { ...recorded, ...Object.fromEntries(fresh.map(({ tag, sha256 }) => [tag, sha256])) };
  writeFileSync(checksumsFile(), `${JSON.stringify(all, null, 2)}\n`);
  return fresh.map(({ tag }) => tag);
}

function readChecksums(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(checksumsFile(), 'utf8')) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

function readTags(): string[] {
  try {
    return readMigrations().map(({ tag }) => tag);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function completeFile(file: string, tables: readonly TableMeta[]): void {
  const statements = readFileSync(file, 'utf8')
    .split('--> statement-breakpoint')
    .map((statement) => statement.trim());
  const created: TableMeta[] = [];
  const completed = statements.map((statement) => {
    const schema = /^CREATE SCHEMA "([^"]+)";$/.exec(statement)?.[1];
    if (schema)
      return `${statement}${BREAKPOINT}GRANT USAGE ON SCHEMA "${schema}" TO "dmz_app", "dmz_mover", "dmz_maintenance";`;
    const table = tables.find((meta) => createsTable(statement, meta));
    if (!table) return statement;
    created.push(table);
    return statement.replace(/\);$/, `)${partitionClause(table)};`);
  });
  // What is said of a table is said anew when the table changes; saying it twice does no harm.
  const changed = tables.filter(
    (meta) => !created.includes(meta) && statements.some((statement) => changesTable(statement, meta)),
  );
  const all = [
    ...completed.flatMap((statement) => openToForeignKeyCheck(statement, tables, created)),
    ...created.flatMap(kindStatements),
    ...changed.flatMap(commentStatements),
  ].filter(Boolean);
  writeFileSync(file, `${all.join(BREAKPOINT)}\n`);
}

/**
 * PostgreSQL checks a new foreign key by a query of the owner, which forced row security binds too. So the tables are
 * opened to their owner for that one statement, in the migration's transaction and under its lock.
 */
function openToForeignKeyCheck(
  statement: string,
  tables: readonly TableMeta[],
  created: readonly TableMeta[],
): string[] {
  const [, referring, referred] =
    /^ALTER TABLE ([^ ]+) ADD CONSTRAINT .* FOREIGN KEY .* REFERENCES ([^(]+)\(/.exec(statement) ?? [];
  const filled = tables.filter((meta) => belongsToTenant(meta) && !created.includes(meta));
  if (!filled.some((meta) => nameIn(meta) === referring)) return [statement];
  const forced = filled
    .filter((meta) => nameIn(meta) === referring || qualifiedName(meta) === referred)
    .map(nameIn);
  const alter = (table: string, how: string) => `ALTER TABLE ${table} ${how} ROW LEVEL SECURITY;`;
  return [
    ...forced.map((table) => alter(table, 'NO FORCE')),
    statement,
    ...forced.map((table) => alter(table, 'FORCE')),
  ];
}

/** drizzle-kit leaves the schema `public` out. */
const nameIn = ({ namespace, name }: TableMeta) =>
  namespace === 'public' ? `"${name}"` : `"${namespace}"."${name}"`;

const createsTable = (statement: string, meta: TableMeta) =>
  statement.startsWith(`CREATE TABLE ${nameIn(meta)} (`);

const changesTable = (statement: string, meta: TableMeta) =>
  statement.startsWith(`ALTER TABLE ${nameIn(meta)} `) ||
  / ON ("[^ ]+") USING/.exec(statement)?.[1] === nameIn(meta);
