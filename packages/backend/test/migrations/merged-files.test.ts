/** A migration of the main branch stays as it came, whatever a branch, a clone or a tarball is made of. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { recordChecksums } from '../../src/kernel/migrations/checksums.ts';
import { readMigrations } from '../../src/kernel/migrations/journal.ts';
import { isUnmerged, readMergedFiles, verifyMergedFiles } from '../../src/kernel/migrations/merged-files.ts';
import { type Series, writeJournal, writeSeries } from '../harness/small-series.ts';

describe('the migrations of this repository', () => {
  it('are those of the main branch, and each says its phase from the first one that could', () => {
    // Without git, as in a tarball, the record in the repository is what they are held against; `source` says so.
    expect(verifyMergedFiles()).toMatch(/^(the history of |checksums\.json alone: )/);
    const silent = readMigrations().filter(({ tag, statesPhase }) => !statesPhase && tag >= '0026');
    expect(silent.map(({ tag }) => tag)).toEqual([]);
  });
});

const root = mkdtempSync(path.join(os.tmpdir(), 'dmz-merged-'));
/** The first ones may have been edited before there was a rule. */
const EARLY = ['0000_found', '0001_a', '0002_b', '0003_c', '0004_d', '0005_e'];
const SERIES: Series = {
  ...Object.fromEntries(EARLY.map((tag) => [tag, `SELECT '${tag}';`])),
  '0006_add': 'SELECT 6;',
};
let number = 0;

describe('files of the main branch', () => {
  let repository = '';
  let folder = '';
  beforeEach(() => {
    repository = path.join(root, String(++number));
    folder = path.join(repository, 'packages/drizzle');
    writeSeries(folder, SERIES);
    git('init', '--quiet', '--initial-branch=main');
    commit();
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function git(...args: string[]): void {
    const { status, stderr } = spawnSync(
      'git',
      ['-C', repository, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args],
      {
        encoding: 'utf8',
      },
    );
    expect(status, stderr).toBe(0);
  }
  function commit(): void {
    git('add', '--all');
    git('commit', '--quiet', '--message=x');
  }
  const file = (tag: string) => path.join(folder, `${tag}.sql`);
  const refusal = (of = folder) => {
    try {
      return verifyMergedFiles(of);
    } catch (error) {
      const { code, found } = error as { code: string; found: string };
      return `${code}: ${found}`;
    }
  };
  const acceptAll = () => recordChecksums(() => true, folder);

  it('are fine as they came, in a full clone too', () => {
    expect(refusal()).toBe('the history of main');
    const clone = path.join(root, `${number}-clone`);
    git('clone', '--quiet', repository, clone);
    expect(refusal(path.join(clone, 'packages/drizzle'))).toMatch(
      /^the history of origin\/HEAD, origin\/main, main$/,
    );
  });

  it.each([
    [
      'edited',
      () => appendFileSync(file('0006_add'), ' '),
      /^MIGRATION_FILE_CHANGED: 0006_add\.sql has other bytes/,
    ],
    ['removed', () => removeLast(), /^MIGRATION_FILE_CHANGED: 0006_add\.sql is gone$/],
    ['renamed', () => rename(), /^MIGRATION_FILE_CHANGED: 0006_add\.sql is gone$/],
  ])('must not be %s, in a checkout, on a branch or on the main branch itself', (_, change, message) => {
    git('checkout', '--quiet', '-b', 'work');
    change();
    acceptAll();
    expect(refusal()).toMatch(message);
    commit();
    expect(refusal()).toMatch(message);
    git('branch', '--force', 'main');
    expect(refusal()).toMatch(message);
  });

  function removeLast(): void {
    rmSync(file('0006_add'));
    writeJournal(folder, EARLY);
  }
  function rename(): void {
    renameSync(file('0006_add'), file('0006_insert'));
    writeJournal(folder, [...EARLY, '0006_insert']);
  }

  it('are joined by new ones, which may be edited until they are merged', () => {
    git('checkout', '--quiet', '-b', 'work');
    const longer = { ...SERIES, '0007_new': 'SELECT 2;' };
    writeSeries(folder, longer);
    commit();
    expect(isUnmerged(folder)('0007_new')).toBe(true);
    expect(isUnmerged(folder)('0006_add')).toBe(false);
    appendFileSync(file('0007_new'), ' ');
    expect(refusal()).toMatch(/^MIGRATION_FILE_CHANGED: 0007_new\.sql with SHA-256/);
    expect(recordChecksums(isUnmerged(folder), folder)).toEqual(['0007_new']);
    expect(refusal()).toBe('the history of main');
    commit();
    git('branch', '--force', 'main');
    appendFileSync(file('0007_new'), ' ');
    expect(() => recordChecksums(isUnmerged(folder), folder)).toThrow(
      expect.objectContaining({ code: 'MIGRATION_FILE_CHANGED' }),
    );
  });

  it('must not repeat a number, as two branches that are merged would', () => {
    writeSeries(folder, { ...SERIES, '0006_other': 'SELECT 3;' });
    expect(refusal()).toBe('MIGRATION_SERIES_BROKEN: 0006_add.sql and 0006_other.sql have one number');
  });

  it('are held against the record alone where there is no history, and that is said', () => {
    const tarball = path.join(root, `${number}-tarball`);
    cpSync(folder, tarball, { recursive: true });
    expect(refusal(tarball)).toBe('checksums.json alone: there is no git history here');
    appendFileSync(path.join(tarball, '0006_add.sql'), ' ');
    expect(refusal(tarball)).toMatch(/^MIGRATION_FILE_CHANGED: 0006_add\.sql with SHA-256/);
    expect(isUnmerged(tarball)('0006_add')).toBe(false);
  });

  it('are not taken from a repository that the checkout merely lies in', () => {
    const inside = path.join(repository, 'unpacked/drizzle');
    cpSync(folder, inside, { recursive: true });
    expect(readMergedFiles(inside).blobs).toBeUndefined();
  });
});
