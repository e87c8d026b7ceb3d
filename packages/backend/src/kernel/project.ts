/**
 * Where this checkout is, and where its commands keep their state. Found from this file, never from the folder
 * that a command happens to be called in.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');

/** The folder of everything that a command keeps; `DMZ_HOME` moves it, which the tests use to stay apart. */
export function stateFolder(): string {
  return process.env.DMZ_HOME ? path.resolve(process.env.DMZ_HOME) : path.join(projectRoot, '.dmz');
}

/** The version of the program, as its package says. */
export function programVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
  const version =
    manifest !== null && typeof manifest === 'object' && 'version' in manifest && manifest.version;
  return typeof version === 'string' ? version : 'unknown';
}
