/**
 * Starting and stopping the server of a data folder. It runs detached, so that it outlives the command, listens on
 * 127.0.0.1 alone, and has no unix socket: their paths may be 107 bytes long, and a checkout's is easily longer.
 */
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from './binaries.ts';
import { stackErrors } from './errors.ts';
import { explainFileError, saysDiskFull } from './file-errors.ts';
import type { Placement } from './placement.ts';
import { choosePort } from './port.ts';
import { disownStalePidFile, findPostmaster, isPostmasterOf, type Postmaster } from './postmaster.ts';
import { launchProgram, runProgram } from './run-program.ts';

export type Settings = Readonly<Record<string, string>>;

const SETTINGS: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  wal_level: 'logical', // moving a tenant follows its changes
  // Both as with segments of the usual size, and more of them kept for use again.
  max_wal_size: '1GB',
  min_wal_size: '256MB',
  max_connections: '200',
  max_wal_senders: '64', // a move takes one of each; the default of 10 is too few for tests side by side
  max_replication_slots: '64',
  timezone: 'UTC',
  log_timezone: 'UTC',
  password_encryption: 'scram-sha-256',
  jit: 'off', // compiling costs more than our short queries
  // The log must not hold personal data: no statements, and no DETAIL lines, which quote the row.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

const POLL_MS = 20;
/** Recovery after a crash replays up to 1 GB of log; the server is alive meanwhile, so waiting is right. */
const START_MS = 600_000;
const STOP_MS = 120_000;
/** Processes of a killed server, or a password's being mended, notice within seconds and hold the data until then. */
const ORPHANS_MS = 30_000;
const LOG_BYTES = 16 * 1024 * 1024;

/**
 * Starts the server and waits until it accepts connections.
 * @param remembered the port it had before, taken again when it is free
 * @throws STACK_START_FAILED, STACK_DISK_FULL
 */
export async function startServer(
  place: Placement,
  remembered: number | null,
  settings: Settings,
  say: (line: string) => void,
): Promise<Postmaster> {
  const deadline = Date.now() + ORPHANS_MS;
  let wanted = remembered;
  for (;;) {
    const port = await choosePort(wanted, say);
    disownStalePidFile(place.dataDir);
    const attempt = await launch(place, port, settings, say);
    if ('pid' in attempt) return attempt;
    const { words } = attempt;
    if (saysDiskFull(words))
      throw stackErrors.STACK_DISK_FULL({ found: `while starting in ${place.dataDir}` });
    const portLost = /Address already in use/i.test(words);
    const orphans = /shared memory block .* still in use|lock file "postmaster.pid" already exists/i.test(
      words,
    );
    if ((!portLost && !orphans) || Date.now() > deadline) throw startFailed(place, words);
    if (portLost)
      wanted = null; // somebody took it in the moment between asking and starting
    else await sleep(200);
  }
}

async function launch(
  place: Placement,
  port: number,
  settings: Settings,
  say: (line: string) => void,
): Promise<Postmaster | { readonly words: string }> {
  const { handle, start } = openLog(place);
  try {
    const all = Object.entries({ ...SETTINGS, ...settings, port: String(port) });
    const args = ['-D', place.dataDir, ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const child = await launchProgram(program(place.binaries, 'postgres'), args, place, handle);
    const server = await becomesReady(place, child, say);
    return server ?? { words: fs.readFileSync(place.logFile).subarray(start).toString('utf8') };
  } finally {
    fs.closeSync(handle);
  }
}

async function becomesReady(
  place: Placement,
  child: ChildProcess,
  say: (line: string) => void,
): Promise<Postmaster | null> {
  const begin = Date.now();
  let told = false;
  while (child.exitCode === null && child.signalCode === null) {
    const found = findPostmaster(place.dataDir);
    if (found?.ready && found.pid === child.pid) return found;
    const waitedMs = Date.now() - begin;
    if (!told && waitedMs > 5_000)
      say('still starting: PostgreSQL is recovering from a crash, or the disk is slow');
    told ||= waitedMs > 5_000;
    if (waitedMs > START_MS)
      throw startFailed(place, `not ready after ${START_MS / 1000} s; it is still trying`);
    await sleep(POLL_MS);
  }
  return null;
}

function openLog({ logFile, user }: Placement): { handle: number; start: number } {
  try {
    const size = fs.existsSync(logFile) ? fs.statSync(logFile).size : 0;
    if (size > LOG_BYTES) fs.renameSync(logFile, `${logFile}.1`);
    const handle = fs.openSync(logFile, 'a', 0o600);
    if (user !== null) fs.fchownSync(handle, user.uid, user.gid);
    return { handle, start: fs.fstatSync(handle).size };
  } catch (error) {
    throw explainFileError(error, logFile);
  }
}

function startFailed({ logFile }: Placement, words: string): Error {
  const telling = words.split('\n').filter((line) => /FATAL|PANIC|ERROR|HINT|could not/.test(line));
  const found = (telling.length > 0 ? telling : words.trim().split('\n')).slice(-4).join('\n');
  return stackErrors.STACK_START_FAILED({ found: `${found}\n(log: ${logFile})` });
}

/**
 * Stops the server by a fast shutdown: open transactions are rolled back, a checkpoint is written.
 * @throws STACK_STOP_FAILED, STACK_DATA_OTHER_USER
 */
export async function stopServer(dataDir: string, { pid }: Postmaster): Promise<void> {
  try {
    process.kill(pid, 'SIGINT');
  } catch (cause) {
    if (!isPostmasterOf(pid, dataDir)) return;
    throw stackErrors.STACK_DATA_OTHER_USER({ found: `process ${pid} runs as another user`, cause });
  }
  const deadline = Date.now() + STOP_MS;
  while (isPostmasterOf(pid, dataDir)) {
    if (Date.now() > deadline) {
      throw stackErrors.STACK_STOP_FAILED({ found: `process ${pid} still runs after ${STOP_MS / 1000} s` });
    }
    await sleep(POLL_MS);
  }
}

/**
 * Gives the role postgres a password without knowing the old one. The server must be stopped: this is its
 * single-user mode, for which owning the files is enough.
 * @param password letters, digits, `-` and `_` alone
 */
export async function resetPassword(place: Placement, password: string): Promise<void> {
  disownStalePidFile(place.dataDir);
  const { status, output } = await runProgram(
    program(place.binaries, 'postgres'),
    [
      '--single',
      '-D',
      place.dataDir,
      '-c',
      'unix_socket_directories=',
      '-c',
      'wal_level=logical',
      'postgres',
    ],
    place,
    `ALTER ROLE postgres PASSWORD '${password}'\n`,
  );
  // Single-user mode ends with 0 although a statement failed.
  if (status !== 0 || /(ERROR|FATAL|PANIC): /.test(output)) {
    if (saysDiskFull(output)) throw stackErrors.STACK_DISK_FULL({ found: `while mending ${place.dataDir}` });
    throw startFailed(place, output.replaceAll(password, '***'));
  }
}
