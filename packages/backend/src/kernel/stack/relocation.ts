/**
 * The folder outside the checkout where a root caller keeps data and programs that the server's user cannot reach
 * inside it. It belongs to one state folder, which holds the same random mark: when that folder was deleted and made
 * anew (a fresh clone at an old path), what the deleted one left is set aside rather than taken for its data.
 */
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { explainFileError } from './file-errors.ts';
import { findPostmaster } from './postmaster.ts';
import { stopServer } from './server.ts';
import { makeFolder, writeWhole } from './state-file.ts';

const ROOT = '/var/lib/archive-gate';
const MARK = 'relocation-mark';

export function relocatedFolder(state: string): string {
  const name = createHash('sha256').update(realPath(state)).digest('hex').slice(0, 12);
  return path.join(ROOT, name);
}

/** Two ways to one folder must not lead to two clusters. */
export function realPath(folder: string): string {
  return fs.existsSync(folder) ? fs.realpathSync(folder) : folder;
}

/** The relocated data of this very state folder, or null. */
export function relocatedDataDir(state: string): string | null {
  const folder = relocatedFolder(state);
  const dataDir = path.join(folder, 'data');
  const mark = markIn(state);
  return mark !== null && mark === markIn(folder) && fs.existsSync(dataDir) ? dataDir : null;
}

/** Makes the folder this state folder's own; what another one left there is stopped and set aside. */
export async function claimRelocatedFolder(state: string, say: (line: string) => void): Promise<string> {
  const folder = relocatedFolder(state);
  try {
    const mark = markIn(state);
    if (mark !== null && markIn(folder) === mark) return folder;
    if (fs.existsSync(path.join(folder, 'data'))) {
      const server = findPostmaster(path.join(folder, 'data'));
      if (server !== null) await stopServer(path.join(folder, 'data'), server);
      const aside = `${folder}.left-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
      fs.renameSync(folder, aside);
      say(`the data of a checkout that was at this path before is set aside in ${aside}`);
    }
    makeFolder(folder);
    for (const each of [ROOT, folder]) fs.chmodSync(each, 0o755); // whatever the caller's umask
    const fresh = mark ?? randomBytes(16).toString('hex');
    writeWhole(path.join(state, MARK), fresh);
    writeWhole(path.join(folder, MARK), fresh);
    return folder;
  } catch (error) {
    throw explainFileError(error, folder);
  }
}

/** Null also when it may not be read: then it is another's. */
function markIn(folder: string): string | null {
  try {
    return fs.readFileSync(path.join(folder, MARK), 'utf8');
  } catch {
    return null;
  }
}
