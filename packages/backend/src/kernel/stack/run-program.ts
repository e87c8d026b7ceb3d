/**
 * Running a server's program as the server's user, with an environment of its own: whatever the caller has set
 * (PGPORT, PGOPTIONS, LC_ALL, TZ, …) would otherwise change what is created or how it starts.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { stackErrors } from './errors.ts';
import type { ServerUser } from './server-user.ts';

export interface ProgramPlace {
  readonly user: ServerUser | null;
  /** A folder that this user can enter: the caller's own may be closed to it. */
  readonly cwd: string;
}

/** English messages, which `saysDiskFull` and its like read; without LC_ALL, macOS starts threads and fails. */
const ENVIRONMENT = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export interface ProgramResult {
  readonly status: number | null;
  readonly output: string;
}

/**
 * @param input written to the program's standard input
 * @returns its exit status (null after a signal) and all that it printed
 * @throws STACK_NO_SERVER_USER, STACK_BINARIES_MISSING
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  { user, cwd }: ProgramPlace,
  input = '',
): Promise<ProgramResult> {
  const child = spawn(file, args, { ...identity(user), cwd, env: ENVIRONMENT, stdio: 'pipe' });
  await started(child, file, user);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  child.stdin.on('error', () => {}); // ended before it read: its status tells
  child.stdin.end(input);
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, output };
}

/**
 * Starts a program that outlives this process: in a session of its own, so that Ctrl-C does not reach it.
 * @param log file handle that takes what it prints
 * @param input  written to its standard input, which is then closed
 */
export async function launchProgram(
  file: string,
  args: readonly string[],
  { user, cwd }: ProgramPlace,
  log: number,
  input = '',
): Promise<ChildProcess> {
  const stdio = ['pipe' as const, log, log];
  const child = spawn(file, args, { ...identity(user), cwd, env: ENVIRONMENT, stdio, detached: true });
  await started(child, file, user);
  child.stdin?.on('error', () => {}); // ended before it read: whoever waits for it notices
  child.stdin?.end(input);
  child.unref();
  return child;
}

function identity(user: ServerUser | null): { uid?: number; gid?: number } {
  return user === null ? {} : { uid: user.uid, gid: user.gid };
}

async function started(child: ChildProcess, file: string, user: ServerUser | null): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause: NodeJS.ErrnoException) => {
      const found = `${cause.code} when starting ${file}${user === null ? '' : ` as ${user.name}`}`;
      const refused = user !== null && (cause.code === 'EPERM' || cause.code === 'EINVAL');
      reject(stackErrors[refused ? 'STACK_NO_SERVER_USER' : 'STACK_BINARIES_MISSING']({ found, cause }));
    });
  });
}
