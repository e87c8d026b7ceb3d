/**
 * The running server of a data folder, recognised by `postmaster.pid` (lines: process, folder, start, port, socket
 * folder, address, shared memory, state; see miscadmin.h) and by that process's command line: after a crash the file
 * stays behind, and the system may have given the number to a stranger, whom nobody here may wait for or kill.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stackErrors } from './errors.ts';
import { commandOf } from './process-identity.ts';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Recovering from a crash can take minutes. */
const SETTLE_MS = 600_000;

const pidFile = (dataDir: string): string => path.join(dataDir, 'postmaster.pid');

/**
 * @returns null when no server runs there
 * @throws STACK_DATA_OTHER_USER when the folder may not be read
 */
export function findPostmaster(dataDir: string): Postmaster | null {
  const lines = readLines(dataDir);
  const pid = Number(lines?.[0]);
  if (lines === null || !Number.isInteger(pid) || pid <= 0 || !isPostmasterOf(pid, dataDir)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Waits for a server that is just starting or stopping, as a killed caller may have left it.
 * @returns the server once it is ready, or null once there is none; what there is after ten minutes, ready or not
 */
export async function settledPostmaster(dataDir: string): Promise<Postmaster | null> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const found = findPostmaster(dataDir);
    if (found === null || found.ready || Date.now() > deadline) return found;
    await sleep(20);
  }
}

/** The server’s own processes change their command line, so that this holds for the first of them alone. */
export function isPostmasterOf(pid: number, dataDir: string): boolean {
  const separator = process.platform === 'linux' ? '\0' : ' ';
  const wanted = ['', '-D', dataDir, ''].join(separator);
  return commandOf(pid)?.includes(wanted) ?? false;
}

/**
 * Lets the server start although `postmaster.pid` names a living stranger of the same user, which it would take for
 * a server. The file is kept, since the server also learns from it whether processes of the crashed one still hold
 * the shared memory; only its first line is changed, to this process: its parent, which it knows to be none.
 */
export function disownStalePidFile(dataDir: string): void {
  const lines = readLines(dataDir);
  // In single-user mode the number is negative.
  if (lines === null || isPostmasterOf(Math.abs(Number(lines[0])), dataDir)) return;
  fs.writeFileSync(pidFile(dataDir), [String(process.pid), ...lines.slice(1)].join('\n'));
}

function readLines(dataDir: string): string[] | null {
  try {
    return fs.readFileSync(pidFile(dataDir), 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    const found = `${pidFile(dataDir)} cannot be read`;
    throw stackErrors.STACK_DATA_OTHER_USER({ found, expected: 'a data folder of this user', cause: error });
  }
}
