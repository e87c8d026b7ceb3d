/**
 * What the history of the main branch says of migration files: once there, a file stays as it came. Git is asked, not
 * believed: without a repository, as in a tarball, `checksums.json` is all there is, and whoever asks is told so.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { verifyFiles } from './checksums.ts';
import { migrationErrors } from './errors.ts';
import { migrationsFolder, readMigrations } from './journal.ts';

/** Newest last. What a clone knows of the main branch: the one that was fetched, and the one that is checked out. */
const MAIN_BRANCHES = ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/heads/main'];

/**
 * Files up to 0004 were edited while no database but their author's had them; as they stood when 0005 came, they stay.
 * Nothing can be added to that.
 */
const FIRST_OF_THE_RULE = 5;

/** Git's own names of contents, by file. */
type Blobs = ReadonlyMap<string, string>;

export interface MergedFiles {
  /** The content that each file of the main branch came with; undefined where git has no history to tell. */
  readonly blobs: Blobs | undefined;
  /** What was compared with, for people. */
  readonly source: string;
}

/** @param folder  with the migrations; its repository is asked, if it is in one */
export function readMergedFiles(folder = migrationsFolder): MergedFiles {
  const root = git(folder, ['rev-parse', '--show-toplevel'])?.trim();
  const prefix = git(folder, ['rev-parse', '--show-prefix'])?.trim();
  if (root === undefined || prefix === undefined || !isOwnRepository(folder, root, prefix))
    return { blobs: undefined, source: 'checksums.json alone: there is no git history here' };
  const branches = MAIN_BRANCHES.filter(
    (branch) => git(folder, ['rev-parse', '--verify', '--quiet', `${branch}^{commit}`]) !== undefined,
  );
  const asked = branches.length > 0 ? branches : ['HEAD'];
  const all = asked.map((branch) => firstContents(folder, branch));
  const blobs = new Map(all.flatMap((each) => [...each]));
  if (blobs.size === 0)
    return { blobs: undefined, source: 'checksums.json alone: git has no commit of these files' };
  const shallow = git(folder, ['rev-parse', '--is-shallow-repository'])?.trim() === 'true';
  const names = asked.map((branch) => branch.replace(/^refs\/(heads|remotes)\//, '')).join(', ');
  return {
    blobs,
    source: `the history of ${names}${shallow ? ', of which this shallow clone has a part' : ''}`,
  };
}

/** A checkout inside of somebody else's repository is not in it: its files are unknown there. */
function isOwnRepository(folder: string, root: string, prefix: string): boolean {
  const same = path.resolve(realpathSync(root), prefix) === realpathSync(folder);
  return same && git(folder, ['ls-files', '--', 'meta/_journal.json'])?.trim() !== '';
}

/** Walks a branch from its beginning; a merge counts as what it brought. */
function firstContents(folder: string, branch: string): Blobs {
  const log = git(folder, [
    'log',
    '--first-parent',
    '-m',
    '--reverse',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '--format=',
    branch,
    '--',
    '*.sql',
  ]);
  const blobs = new Map<string, string>();
  let ruled = false;
  for (const line of log?.split('\n') ?? []) {
    const [, blob = '', file = ''] =
      /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [AMT]\t(?:.*\/)?([^/]+)$/.exec(line) ?? [];
    if (file === '') continue;
    const number = Number(file.slice(0, 4));
    if (!blobs.has(file) || (!ruled && number < FIRST_OF_THE_RULE)) blobs.set(file, blob);
    ruled ||= number >= FIRST_OF_THE_RULE;
  }
  return blobs;
}

/**
 * Holds the files of a checkout against the main branch's, and against `checksums.json`.
 *
 * @returns what was compared with
 * @throws MIGRATION_FILE_CHANGED, MIGRATION_SERIES_BROKEN, MIGRATION_HEADER_INVALID
 */
export function verifyMergedFiles(folder = migrationsFolder): string {
  const { blobs, source } = readMergedFiles(folder);
  for (const [file, blob] of blobs ?? []) {
    const now = blobOf(path.join(folder, file), blob.length);
    if (now === blob) continue;
    throw migrationErrors.MIGRATION_FILE_CHANGED({
      found: now === undefined ? `${file} is gone` : `${file} has other bytes: git blob ${now}`,
      expected: `git blob ${blob}, as ${file} came to the main branch`,
    });
  }
  verifyFiles(readMigrations(folder), folder);
  return source;
}

/** Whether a file may still be edited: nobody has it from the main branch. Where git cannot tell, none may. */
export function isUnmerged(folder = migrationsFolder): (tag: string) => boolean {
  const { blobs } = readMergedFiles(folder);
  return (tag) => blobs !== undefined && !blobs.has(`${tag}.sql`);
}

/** As `git hash-object` names a content; SHA-256 where the repository uses that. */
function blobOf(file: string, length: number): string | undefined {
  try {
    const content = readFileSync(file);
    const hash = createHash(length === 64 ? 'sha256' : 'sha1');
    return hash.update(`blob ${content.length}\0`).update(content).digest('hex');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @returns undefined where git is not installed, or does not do it */
function git(folder: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: withoutGitVariables(),
  });
  return status === 0 ? stdout : undefined;
}

/** Hooks of git set variables that point to the repository which they run in. */
function withoutGitVariables(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return Object.fromEntries(entries);
}
