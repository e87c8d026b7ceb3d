/**
 * Where the server's data and programs are, and as whom it runs. Normally the data is under the state folder and the
 * programs stay where npm put them; for a root caller whose checkout the server's user cannot enter (one in /root),
 * both go to /var/lib/archive-gate. Data once created is found again wherever it is.
 */
import fs from 'node:fs';
import path from 'node:path';
import { type Binaries, copyBinaries, installedBinaries, program } from './binaries.ts';
import { stackErrors } from './errors.ts';
import { explainFileError } from './file-errors.ts';
import { claimRelocatedFolder, realPath, relocatedDataDir, relocatedFolder } from './relocation.ts';
import { type ProgramPlace, runProgram } from './run-program.ts';
import { chooseServerUser, isRoot, type ServerUser } from './server-user.ts';
import { makeFolder } from './state-file.ts';

export interface Placement extends ProgramPlace {
  /** Holds `data`, the log, and whatever is being created; belongs to the server's user. */
  readonly cwd: string;
  readonly dataDir: string;
  readonly logFile: string;
  readonly binaries: Binaries;
}

/** The folder where the data of this state folder is, or null before the first start. Starts nothing. */
export function findDataDir(state: string): string | null {
  const usual = usualDataDir(state);
  return fs.existsSync(usual) ? usual : relocatedDataDir(state);
}

/**
 * Finds or prepares the place to start the server at.
 * @param say told once when the place is not the usual one
 * @throws STACK_NO_SERVER_USER, STACK_FOLDER_UNUSABLE, STACK_DISK_FULL
 */
export async function preparePlacement(state: string, say: (line: string) => void): Promise<Placement> {
  const binaries = installedBinaries();
  makeFolder(state);
  const existing = findDataDir(state);
  const user = chooseServerUser(existing === null ? [] : [existing]);
  if (isRoot() && user === null) {
    throw stackErrors.STACK_NO_SERVER_USER({ found: 'neither SUDO_UID, postgres nor nobody is a user here' });
  }
  const relocated = path.join(relocatedFolder(state), 'data');
  let programs = binaries;
  if (existing !== relocated) {
    const place = settle(existing ?? usualDataDir(state), user, binaries);
    if (user === null || (await canReach(place))) return place;
    programs = copyBinaries(binaries, await claimRelocatedFolder(state, say));
    const near = { ...place, binaries: programs };
    if (await canReach(near)) return near;
    if (existing !== null) throw closedFolder(existing, user);
    say(`user ${user.name} cannot enter ${state}: the data is kept in ${relocated}`);
  } else {
    programs = copyBinaries(binaries, path.dirname(relocated));
  }
  return settle(relocated, user, programs);
}

/** Never answered by starting afresh elsewhere: that would look as if all data were lost. */
function closedFolder(existing: string, user: ServerUser): Error {
  const found = `user ${user.name} cannot enter ${existing}, where the data is`;
  return stackErrors.STACK_FOLDER_UNUSABLE({
    found,
    expected: 'a folder open to the server’s user, as it was',
  });
}

function usualDataDir(state: string): string {
  return path.join(realPath(state), 'postgres', 'data');
}

function settle(dataDir: string, user: ServerUser | null, binaries: Binaries): Placement {
  const cwd = path.dirname(dataDir);
  makeFolder(cwd);
  try {
    if (user !== null) fs.chownSync(cwd, user.uid, user.gid);
  } catch (error) {
    throw explainFileError(error, cwd);
  }
  return { user, cwd, dataDir, logFile: path.join(cwd, 'server.log'), binaries };
}

/**
 * Asked of the system itself, by going there as that user: access lists and mounts have their say too. A shell does
 * it, since Node changes to a child's folder before it becomes the user.
 */
async function canReach({ cwd, user, binaries }: Placement): Promise<boolean> {
  const script = 'cd "$1" && exec "$2" --version';
  const args = ['-c', script, 'sh', cwd, program(binaries, 'postgres')];
  const { status } = await runProgram('/bin/sh', args, { user, cwd: '/' });
  return status === 0;
}
