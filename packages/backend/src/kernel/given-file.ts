/**
 * Files that somebody names on the command line. Only what is a file is read or replaced: a pipe would be waited for
 * without end, a device has none, and renaming a file over a device destroys it for the whole machine.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { explainFileError, makeFolder } from './stack/index.ts';

/** What people give us to read has some megabytes at most; logs of acknowledgements are the longest. */
const MOST_BYTES = 256 * 2 ** 20;

/** @throws as Node.js does for a path that cannot be used */
export function readGivenFile(file: string, mostBytes = MOST_BYTES): string {
  if (requireFile(file).size > mostBytes) throw unusable(file, `larger than ${mostBytes} bytes`);
  return fs.readFileSync(file, 'utf8');
}

/** @throws as Node.js does for a path that cannot be used */
export function requireFile(file: string): fs.Stats {
  const stats = fs.statSync(file);
  if (!stats.isFile()) throw unusable(file, 'not a file');
  return stats;
}

/**
 * For what is recorded before it is written: nothing has the name, or a file; and its folder, which is made where it is not
 * there, takes new ones of such a name.
 *
 * @throws STACK_FOLDER_UNUSABLE, STACK_DISK_FULL, and as Node.js does for a path that cannot be used
 */
export function requireRoom(file: string): void {
  const there = fs.statSync(file, { throwIfNoEntry: false });
  if (there && !there.isFile()) throw unusable(file, 'not a file');
  try {
    makeFolder(path.dirname(path.resolve(file)));
    const probe = partOf(file);
    fs.closeSync(fs.openSync(probe, 'wx', 0o600));
    fs.rmSync(probe);
  } catch (error) {
    throw explainFileError(error, file);
  }
}

/** What a file is called until it is whole. */
export const partOf = (file: string): string => `${file}.${randomBytes(4).toString('hex')}.part`;

const unusable = (file: string, why: string) =>
  Object.assign(new Error(`EINVAL: ${why}, open '${file}'`), { code: 'EINVAL' });
