/** The listing of the catalogue that the repository keeps, so that a review sees what the database will see. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project.ts';
import type { Finding } from './finding.ts';

const snapshotPath = 'packages/backend/schema.snapshot.sql';

export const snapshotRule = {
  name: 'catalogue-equals-snapshot',
  remedy:
    'if the change is meant: pnpm dmz db snapshot, on a freshly migrated database, and commit the file; if not, undo it',
};

export function writeSnapshot(listing: string): string {
  writeFileSync(path.join(projectRoot, snapshotPath), listing);
  return snapshotPath;
}

export function readSnapshot(): string {
  try {
    return readFileSync(path.join(projectRoot, snapshotPath), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** @returns a finding that names the first line that differs, or none */
export function compareSnapshot(listing: string, recorded: string): Finding[] {
  if (listing === recorded) return [];
  const found = listing.split('\n');
  const expected = recorded.split('\n');
  const at = found.findIndex((line, index) => line !== expected[index]);
  const line = at === -1 ? found.length : at;
  return [
    {
      rule: snapshotRule.name,
      object: `${snapshotPath}:${line + 1}`,
      detail: `the database says ${quote(found[line])}, the file ${quote(expected[line])}`,
      remedy: snapshotRule.remedy,
    },
  ];
}

const quote = (line: string | undefined) => (line === undefined ? 'nothing more' : `“${line.trim()}”`);
