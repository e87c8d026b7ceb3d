/**
 * Makes the next migration of the series: drizzle-kit writes what changed in the schema, and what it cannot express
 * (kinds, partitions, comments) is added for every table that the file creates. The file's phase and its checksum are
 * written with it. Touches no database.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { TableMeta } from '../db/table-meta.ts';
import { projectRoot } from '../project.ts';
import { recordChecksums } from './checksums.ts';
import { migrationErrors } from './errors.ts';
import { migrationsFolder, readMigrations } from './journal.ts';
import {
  belongsToTenant,
  commentStatements,
  kindStatements,
  partitionClause,
  qualifiedName,
} from './kind-statements.ts';
import { isUnmerged } from './merged-files.ts';

const BREAKPOINT = '\n--> statement-breakpoint\n';

/** What is added to what drizzle-kit writes. */
export interface Completion {
  readonly tables: readonly TableMeta[];
  /** Statements that give the rights that are needed of a table. */
  readonly grantsOn: (table: TableMeta) => readonly string[];
}

/**
 * @param name  `<verb>_<what>`
 * @returns the new file's tag, or undefined when the schema has not changed
 */
export function generateMigration(name: string, completion: Completion): string | undefined {
  const tag = generateFile(name, { custom: false });
  if (tag) writeFile(tag, HEADER + completed(readFileSync(fileOf(tag), 'utf8'), completion));
  return tag;
}

/** Most files expand; what is written by hand is told by its author. */
const HEADER = '-- phase: expand\n';

/**
 * A file whose statements drizzle-kit knows nothing of, be they written by hand.
 *
 * @param header  the first lines, which say what the file is
 * @returns the new file's tag
 */
export function writeMigration(name: string, statements: readonly string[], header = HEADER): string {
  const tag = generateFile(name, { custom: true });
  if (!tag) throw migrationErrors.MIGRATION_GENERATE_FAILED({ found: 'no file' });
  writeFile(tag, `${header}${statements.join(BREAKPOINT)}\n`);
  return tag;
}

const fileOf = (tag: string) => path.join(migrationsFolder, `${tag}.sql`);

function writeFile(tag: string, text: string): void {
  writeFileSync(fileOf(tag), text);
  acceptMigrations();
}

function generateFile(name: string, { custom }: { custom: boolean }): string | undefined {
  if (!/^[a-z]+(_[a-z0-9]+)+$/.test(name))
    throw migrationErrors.MIGRATION_NAME_INVALID({ found: name, expected: '<verb>_<what>' });
  const before = readTags();
  const output = runDrizzleKit(name, custom);
  const tag = readTags().find((known) => !before.includes(known));
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

/**
 * Renews the record of files that nobody has from the main branch yet, after they were edited by hand.
 *
 * @returns tags whose record is new
 * @throws MIGRATION_FILE_CHANGED  when a merged file has changed
 */
export const acceptMigrations = (folder = migrationsFolder): string[] =>
  recordChecksums(isUnmerged(folder), folder);

function readTags(): string[] {
  try {
    return readMigrations().map(({ tag }) => tag);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function completed(text: string, { tables, grantsOn }: Completion): string {
  const statements = text.split('--> statement-breakpoint').map((statement) => statement.trim());
  const created: TableMeta[] = [];
  const adapted = statements.map((statement) => {
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
    ...adapted.flatMap((statement) => openToForeignKeyCheck(statement, tables, created)),
    ...created.flatMap((meta) => kindStatements(meta, grantsOn(meta))),
    ...changed.flatMap(commentStatements),
  ].filter(Boolean);
  return `${all.join(BREAKPOINT)}\n`;
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
