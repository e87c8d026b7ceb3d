/**
 * Where this checkout is, and where its commands keep their state. Found from this file, never from the folder
 * that a command happens to be called in.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');

/** The folder of everything that a command keeps; `DMZ_HOME` moves it, which the tests use to stay apart. */
export function stateFolder(): string {
  return process.env.DMZ_HOME ? path.resolve(process.env.DMZ_HOME) : path.join(projectRoot, '.dmz');
}
