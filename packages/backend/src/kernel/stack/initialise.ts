/**
 * Creating the database cluster. It is made in a folder of its own, marked complete, and only then renamed to the
 * data folder: a folder with that name and mark is whole, whatever was killed when. What is not is moved aside.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { majorVersion, program } from './binaries.ts';
import { stackErrors } from './errors.ts';
import { explainFileError, saysDiskFull } from './file-errors.ts';
import type { Placement } from './placement.ts';
import { type ProgramResult, runProgram } from './run-program.ts';

const MARK = 'archive-gate-complete';
const UNFINISHED = 'initialising-';

/**
 * The C library's part (messages, character classes of the text search parser); sorting and case come from the
 * server's own C.UTF-8 everywhere. musl and older macOS lack the first, every system has the last.
 */
const LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/**
 * Makes sure that the data folder is there, whole, and of this major version.
 * @returns true when it was created by this call, with `password` for the role postgres
 * @throws STACK_DATA_OTHER_VERSION, STACK_DATA_OTHER_USER, STACK_INITIALISE_FAILED, STACK_DISK_FULL
 */
export async function ensureCluster(
  place: Placement,
  password: string,
  say: (line: string) => void,
  locales: readonly string[] = LOCALES,
): Promise<boolean> {
  try {
    removeUnfinished(place);
    if (fs.existsSync(place.dataDir)) {
      requireOwnFolder(place);
      if (fs.existsSync(path.join(place.dataDir, MARK))) {
        requireSameVersion(place);
        return false;
      }
      const aside = `${place.dataDir}.incomplete-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
      fs.renameSync(place.dataDir, aside);
      say(`the data folder was never completed and is moved to ${aside}`);
    }
    say('creating the database cluster');
    await create(place, password, locales);
    return true;
  } catch (error) {
    throw explainFileError(error, place.dataDir);
  }
}

/**
 * Safe under the stack's lock: such a folder has never been a data folder. The initdb of a caller that was killed may
 * still be writing to it; then it stays until the next start.
 */
function removeUnfinished({ cwd }: Placement): void {
  for (const name of fs.readdirSync(cwd).filter((each) => each.startsWith(UNFINISHED))) {
    try {
      fs.rmSync(path.join(cwd, name), { recursive: true, force: true, maxRetries: 4, retryDelay: 100 });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY')) throw error;
    }
  }
}

function requireOwnFolder({ dataDir, user }: Placement): void {
  const { uid } = fs.statSync(dataDir);
  const own = user?.uid ?? process.getuid?.();
  if (uid === own) return;
  const found = `${dataDir} belongs to uid ${uid}`;
  throw stackErrors.STACK_DATA_OTHER_USER({ found, expected: `uid ${own}, as whom the server would run` });
}

function requireSameVersion({ dataDir, binaries }: Placement): void {
  const written = fs.readFileSync(path.join(dataDir, 'PG_VERSION'), 'utf8').trim();
  const expected = majorVersion(binaries);
  if (written === expected) return;
  throw stackErrors.STACK_DATA_OTHER_VERSION({ found: `version ${written} in ${dataDir}`, expected });
}

async function create(place: Placement, password: string, locales: readonly string[]): Promise<void> {
  const name = `${UNFINISHED}${randomBytes(4).toString('hex')}`;
  const folder = path.join(place.cwd, name);
  const passwordFile = `${folder}.password`;
  try {
    writeAsServer(passwordFile, password, place);
    const { status, output } = await tryLocales(place, folder, passwordFile, locales);
    if (saysDiskFull(output)) throw stackErrors.STACK_DISK_FULL({ found: `while creating ${folder}` });
    if (status !== 0) {
      const lines = output.trim().split('\n').slice(-6).join('\n');
      throw stackErrors.STACK_INITIALISE_FAILED({ found: `initdb ended with ${status}: ${lines}` });
    }
    writeAsServer(path.join(folder, MARK), `${place.binaries.version}\n`, place);
    fs.renameSync(folder, place.dataDir);
  } finally {
    fs.rmSync(passwordFile, { force: true });
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function tryLocales(
  place: Placement,
  folder: string,
  passwordFile: string,
  [locale = 'C', ...others]: readonly string[],
): Promise<ProgramResult> {
  const result = await runProgram(
    program(place.binaries, 'initdb'),
    [
      `--pgdata=${folder}`,
      '--username=postgres',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      `--locale=${locale}`,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--no-instructions',
      // Nobody can commit while a new segment of the log is written full of zeros: 60 ms for the usual 16 MB, 4 ms for this.
      '--wal-segsize=1',
    ],
    place,
  );
  const unknown = result.status !== 0 && /invalid locale/.test(result.output);
  return unknown && others.length > 0 ? tryLocales(place, folder, passwordFile, others) : result;
}

function writeAsServer(file: string, content: string, { user }: Placement): void {
  fs.writeFileSync(file, content, { mode: 0o600, flag: 'wx', flush: true });
  if (user !== null) fs.chownSync(file, user.uid, user.gid);
}
