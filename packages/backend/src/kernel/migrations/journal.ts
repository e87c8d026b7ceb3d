/**
 * The series of migrations as files: drizzle-kit's journal gives the order, each file its statements and its checksum.
 * Numbers go up by one from 0000, every file is in the journal and every entry has its file; anything else is refused.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../project.ts';
import { migrationErrors } from './errors.ts';
import { checkPhases, type Header, readHeader } from './header.ts';

export const migrationsFolder = path.join(projectRoot, 'packages/backend/drizzle');

const Journal = z.object({ entries: z.array(z.object({ idx: z.int(), when: z.int(), tag: z.string() })) });

/** What is recorded of a migration where it has been applied. */
export interface Numbered {
  /** Number and name, such as `0001_create_foundation`. */
  readonly tag: string;
  /** When it was generated, in ms since 1970: Drizzle's key of an applied migration. */
  readonly when: number;
  readonly sha256: string;
}

export interface Migration extends Numbered, Header {
  readonly statements: readonly string[];
}

/** @throws MIGRATION_SERIES_BROKEN, MIGRATION_HEADER_INVALID */
export function readMigrations(folder = migrationsFolder): Migration[] {
  const entries = readJournal(folder);
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  requireUnbroken(
    entries.map(({ tag }) => tag),
    files.map((name) => name.slice(0, -'.sql'.length)),
  );
  const series = entries.map(({ tag, when }) => readMigration(folder, tag, when));
  checkPhases(series);
  return series;
}

function readJournal(folder: string): z.infer<typeof Journal>['entries'] {
  return Journal.parse(JSON.parse(readFileSync(path.join(folder, 'meta/_journal.json'), 'utf8'))).entries;
}

function readMigration(folder: string, tag: string, when: number): Migration {
  const text = readFileSync(path.join(folder, `${tag}.sql`), 'utf8');
  return {
    tag,
    when,
    sha256: createHash('sha256').update(text).digest('hex'),
    ...readHeader(tag, text),
    statements: text
      .split('--> statement-breakpoint')
      .map((statement) => statement.trim())
      .filter(Boolean),
  };
}

/** @throws MIGRATION_SERIES_BROKEN */
function requireUnbroken(journal: readonly string[], files: readonly string[]): void {
  const strange = files.find((tag) => !journal.includes(tag));
  if (strange)
    throw broken(`${strange}.sql, which the journal does not name`, 'an entry in meta/_journal.json');
  const missing = journal.find((tag) => !files.includes(tag));
  if (missing) throw broken(`the journal names ${missing}, and there is no such file`, `${missing}.sql`);
  journal.forEach((tag, at) => {
    const number = String(at).padStart(4, '0');
    if (tag.startsWith(`${number}_`)) return;
    const again = journal.slice(0, at).find((other) => other.slice(0, 4) === tag.slice(0, 4));
    throw broken(
      again ? `${again}.sql and ${tag}.sql have one number` : `${tag}.sql as entry ${number}`,
      `${number}_…`,
    );
  });
}

const broken = (found: string, expected: string) =>
  migrationErrors.MIGRATION_SERIES_BROKEN({ found, expected });

export const numberOf = ({ tag }: Pick<Numbered, 'tag'>): number => Number(tag.slice(0, 4));

/** Number of the last migration, by the journal alone: that is all a program needs to know of the series. */
export function lastNumber(folder = migrationsFolder): number {
  return readJournal(folder).length - 1;
}
