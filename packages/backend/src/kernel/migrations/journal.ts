/**
 * The series of migrations as files: drizzle-kit's journal gives the order, each file its statements and its checksum.
 * A file that was merged never changes; its SHA-256 stands in `checksums.json` and in every database that applied it.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../project.ts';
import { migrationErrors } from './errors.ts';

export const migrationsFolder = path.join(projectRoot, 'packages/backend/drizzle');

const Journal = z.object({ entries: z.array(z.object({ idx: z.int(), when: z.int(), tag: z.string() })) });
const Checksums = z.record(z.string(), z.string());

export interface Migration {
  /** Number and name, such as `0001_create_foundation`. */
  readonly tag: string;
  /** When it was generated, in ms since 1970: Drizzle's key of an applied migration. */
  readonly when: number;
  readonly statements: readonly string[];
  readonly sha256: string;
  /** The first migration makes the roles, so an administrator runs it; all others run as the owner. */
  readonly asAdministrator: boolean;
}

export function readMigrations(folder = migrationsFolder): Migration[] {
  const journal = Journal.parse(JSON.parse(readFileSync(path.join(folder, 'meta/_journal.json'), 'utf8')));
  return journal.entries.map(({ tag, when }) => {
    const text = readFileSync(path.join(folder, `${tag}.sql`), 'utf8');
    return {
      tag,
      when,
      statements: text
        .split('--> statement-breakpoint')
        .map((statement) => statement.trim())
        .filter(Boolean),
      sha256: createHash('sha256').update(text).digest('hex'),
      asAdministrator: text.startsWith('-- role: administrator'),
    };
  });
}

export const checksumsFile = (folder = migrationsFolder) => path.join(folder, 'checksums.json');

/** @throws MIGRATION_FILE_CHANGED  when a file differs from its recorded checksum, or has none */
export function verifyFiles(migrations: readonly Migration[], folder = migrationsFolder): void {
  const recorded = Checksums.parse(JSON.parse(readFileSync(checksumsFile(folder), 'utf8')));
  for (const { tag, sha256 } of migrations) {
    if (recorded[tag] === sha256) continue;
    throw migrationErrors.MIGRATION_FILE_CHANGED({
      found: `${tag}.sql with SHA-256 ${sha256}`,
      expected: recorded[tag] ? `SHA-256 ${recorded[tag]}, recorded when it was made` : 'a recorded checksum',
    });
  }
  const missing = Object.keys(recorded).find((tag) => !migrations.some((migration) => migration.tag === tag));
  if (missing)
    throw migrationErrors.MIGRATION_FILE_CHANGED({
      found: 'no such file any more',
      expected: `${missing}.sql`,
    });
}
