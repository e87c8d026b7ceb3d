/**
 * `checksums.json`, the record in the repository of what each file was when it was made. A file that was merged never
 * changes; where git cannot be asked, this record is what says so.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { migrationErrors } from './errors.ts';
import { type Migration, migrationsFolder, readMigrations } from './journal.ts';

const Checksums = z.record(z.string(), z.string());

const fileIn = (folder: string) => path.join(folder, 'checksums.json');

/** @throws MIGRATION_FILE_CHANGED  when a file differs from its recorded checksum, or has none */
export function verifyFiles(migrations: readonly Migration[], folder = migrationsFolder): void {
  const recorded = readChecksums(folder);
  for (const { tag, sha256 } of migrations) {
    if (recorded[tag] === sha256) continue;
    throw migrationErrors.MIGRATION_FILE_CHANGED({
      found: `${tag}.sql with SHA-256 ${sha256}`,
      expected: recorded[tag] ? `SHA-256 ${recorded[tag]}, recorded when it was made` : 'a recorded checksum',
      next: `restore ${tag}.sql from git and make a new migration; if it is not merged yet, pnpm dmz db accept`,
    });
  }
  const missing = Object.keys(recorded).find((tag) => !migrations.some((migration) => migration.tag === tag));
  if (missing)
    throw migrationErrors.MIGRATION_FILE_CHANGED({
      found: 'no such file any more',
      expected: `${missing}.sql`,
    });
}

/**
 * Records the files as they are now.
 *
 * @param mayChange  of a file that has a record already, whether it may have another one
 * @returns tags whose record is new
 * @throws MIGRATION_FILE_CHANGED  when a file has changed that may not
 */
export function recordChecksums(mayChange: (tag: string) => boolean, folder = migrationsFolder): string[] {
  const recorded = readChecksums(folder);
  const migrations = readMigrations(folder);
  const fresh = migrations.filter(({ tag, sha256 }) => recorded[tag] !== sha256);
  for (const { tag, sha256 } of fresh)
    if (tag in recorded && !mayChange(tag))
      throw migrationErrors.MIGRATION_FILE_CHANGED({
        found: `${tag}.sql with SHA-256 ${sha256}`,
        expected: `SHA-256 ${recorded[tag]}, recorded when it was made`,
      });
  const gone = Object.keys(recorded).filter((tag) => !migrations.some((migration) => migration.tag === tag));
  const kept = gone.filter((tag) => !mayChange(tag)).map((tag) => [tag, recorded[tag]]);
  const all = Object.fromEntries([...kept, ...migrations.map(({ tag, sha256 }) => [tag, sha256])]);
  writeFileSync(fileIn(folder), `${JSON.stringify(all, null, 2)}\n`);
  return fresh.map(({ tag }) => tag);
}

function readChecksums(folder: string): Record<string, string> {
  try {
    return Checksums.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
