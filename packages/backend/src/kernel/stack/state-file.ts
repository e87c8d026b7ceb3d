/**
 * `stack.json`: what must survive between two commands, that is the administrator's password and the port. A file is either wholly there or not at all, readable by its owner alone, and belongs to the owner of
 * the folder that it is in, so that a command once run with sudo locks nobody out.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { explainFileError } from './file-errors.ts';

const StackState = z.object({
  adminPassword: z.string().min(20),
  port: z.int().min(1).max(65535).nullable(),
});
export type StackState = z.infer<typeof StackState>;

const stateFile = (state: string): string => path.join(state, 'stack.json');

/** Null when there is none, and also when it cannot be understood: both are mended in the same way. */
export function readStackState(state: string): StackState | null {
  let text: string;
  try {
    text = fs.readFileSync(stateFile(state), 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw explainFileError(error, stateFile(state));
  }
  try {
    return StackState.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function writeStackState(state: string, content: StackState): void {
  writeWhole(stateFile(state), `${JSON.stringify(content, null, 2)}\n`);
}

export function newPassword(): string {
  return randomBytes(32).toString('base64url');
}

/** Makes a folder, with its parents, for the owner of the nearest folder that was already there. */
export function makeFolder(folder: string): void {
  try {
    const first = makeMissing(path.resolve(folder));
    if (first === undefined) return;
    for (let each = folder; each.startsWith(first); each = path.dirname(each))
      giveTo(each, path.dirname(first));
  } catch (error) {
    throw explainFileError(error, folder);
  }
}

/** Node's own way to do this never ends where a folder cannot be made in one that is there, such as in /proc. */
function makeMissing(folder: string): string | undefined {
  const missing: string[] = [];
  for (let at = folder; !fs.existsSync(at); at = path.dirname(at)) missing.unshift(at);
  if (missing.length === 0 && !fs.statSync(folder).isDirectory()) fs.mkdirSync(folder); // says what is there
  for (const each of missing) {
    try {
      fs.mkdirSync(each);
    } catch (error) {
      // Somebody else may have made it meanwhile.
      if (!fs.statSync(each, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
  }
  return missing[0];
}

/** Replaces a file by a complete new one, flushed to the disk first. */
export function writeWhole(file: string, content: string): void {
  try {
    const temporary = writeTemporary(file, content);
    fs.renameSync(temporary, file);
  } catch (error) {
    throw explainFileError(error, file);
  }
}

/** True when this call created the file; false when it was already there, which it leaves alone. */
export function createFileOnce(file: string, content: string): boolean {
  makeFolder(path.dirname(file));
  let temporary: string | undefined;
  try {
    temporary = writeTemporary(file, content);
    fs.linkSync(temporary, file); // unlike a rename, refuses when the name is taken
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw explainFileError(error, file);
  } finally {
    if (temporary !== undefined) fs.rmSync(temporary, { force: true });
  }
}

function writeTemporary(file: string, content: string): string {
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  const handle = fs.openSync(temporary, 'wx', 0o600);
  try {
    fs.writeFileSync(handle, content);
    fs.fsyncSync(handle);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  } finally {
    fs.closeSync(handle);
  }
  giveTo(temporary, path.dirname(file));
  return temporary;
}

function giveTo(file: string, folder: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = fs.statSync(folder);
  if (uid !== 0) fs.chownSync(file, uid, gid);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
