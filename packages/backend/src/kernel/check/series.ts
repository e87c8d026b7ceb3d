/**
 * Schema, migrations and history are one story told three times: what the modules define is what the last migration's
 * snapshot holds, the files are the ones that were merged, and the database has applied exactly those.
 *
 * Snapshots are compared entry by entry. drizzle-kit's own comparison (`generateMigration`) asks at a terminal whether
 * a vanished table was renamed, which a check cannot answer.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { isDmzError } from '../errors/index.ts';
import { verifyFiles } from '../migrations/checksums.ts';
import { pendingMigrations } from '../migrations/history.ts';
import { migrationsFolder, readMigrations } from '../migrations/journal.ts';
import { pendingAtPlacement, schemaPlacements } from '../schema-tier/index.ts';
import type { Finding } from './finding.ts';

type Snapshot = Readonly<Record<string, unknown>>;

/** The parts of a snapshot that describe the schema; the others identify it. */
const PARTS = ['tables', 'enums', 'schemas', 'sequences', 'roles', 'policies', 'views'] as const;

export const seriesRules = {
  schema: 'schema-has-its-migration',
  files: 'migration-files-unchanged',
  history: 'database-has-every-migration',
} as const;

/** @param definitions  every table and schema that drizzle-kit reads, by any name */
export async function checkSchema(definitions: Readonly<Record<string, unknown>>): Promise<Finding[]> {
  const { generateDrizzleJson } = await import('drizzle-kit/api');
  const defined = JSON.parse(JSON.stringify(generateDrizzleJson({ ...definitions }))) as Snapshot;
  return compareSchemas(defined, readLastSnapshot());
}

export function compareSchemas(defined: Snapshot, migrated: Snapshot): Finding[] {
  return PARTS.flatMap((part) => {
    const here = (defined[part] ?? {}) as Snapshot;
    const there = (migrated[part] ?? {}) as Snapshot;
    const names = [...new Set([...Object.keys(here), ...Object.keys(there)])].sort();
    return names
      .filter((name) => !isDeepStrictEqual(here[name], there[name]))
      .map((name) => ({
        rule: seriesRules.schema,
        object: name,
        detail: `${part}: ${differenceOf(here[name], there[name])}`,
        remedy: 'pnpm db:generate <verb>_<what>, review the file, then pnpm dmz db accept',
      }));
  });
}

function differenceOf(here: unknown, there: unknown): string {
  if (there === undefined) return 'defined, and in no migration';
  if (here === undefined) return 'made by a migration, and defined nowhere';
  const changed = changes(here as Snapshot, there as Snapshot);
  return `defined otherwise than the migrations make it: ${changed.slice(0, 3).join(', ')}`;
}

/** Paths of the values that differ, such as `columns.email.notNull`. */
function changes(here: Snapshot, there: Snapshot, prefix = ''): string[] {
  const keys = [...new Set([...Object.keys(here), ...Object.keys(there)])];
  return keys.flatMap((key) => {
    const [one, other] = [here[key], there[key]];
    if (isDeepStrictEqual(one, other)) return [];
    return isMap(one) && isMap(other) ? changes(one, other, `${prefix}${key}.`) : [`${prefix}${key}`];
  });
}

const isMap = (value: unknown): value is Snapshot =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readLastSnapshot(): Snapshot {
  const last = readMigrations().at(-1);
  if (!last) return {};
  const file = path.join(migrationsFolder, 'meta', `${last.tag.slice(0, 4)}_snapshot.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
}

export function checkFiles(): Finding[] {
  try {
    verifyFiles(readMigrations());
    return [];
  } catch (error) {
    return [asFinding(error, seriesRules.files, 'packages/backend/drizzle')];
  }
}

export async function checkHistory(client: pg.Client): Promise<Finding[]> {
  const findings = await historyOf('the database', 'drizzle', () => pendingMigrations(client));
  if (findings.length > 0) return findings;
  for (const schema of await schemaPlacements(client))
    findings.push(...(await historyOf(schema, schema, () => pendingAtPlacement(client, schema))));
  return findings;
}

async function historyOf(
  place: string,
  schema: string,
  read: () => Promise<readonly string[]>,
): Promise<Finding[]> {
  try {
    const pending = await read();
    return pending.map((tag) => ({
      rule: seriesRules.history,
      object: tag,
      detail: `${place} has not applied it`,
      remedy: 'pnpm db:migrate',
    }));
  } catch (error) {
    return [asFinding(error, seriesRules.history, `${schema}.__drizzle_migrations`)];
  }
}

function asFinding(error: unknown, rule: string, object: string): Finding {
  if (!isDmzError(error)) throw error;
  const detail = [
    error.message,
    error.found && `Found ${error.found}`,
    error.expected && `expected ${error.expected}`,
  ];
  return { rule, object, detail: detail.filter(Boolean).join(' '), remedy: error.next };
}
