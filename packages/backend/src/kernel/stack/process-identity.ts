/**
 * Which process a number stands for. A process id alone says nothing after a crash or a restart, since the system
 * gives it to somebody else; together with the moment the process started, or with its command line, it does.
 * A process that has ended and was not yet collected by its parent counts as gone.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** A text that differs for each process that ever had this id; null when there is no such process. */
export function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    const stat = readProc(pid, 'stat');
    // The program's name stands in brackets and may itself hold brackets and spaces (proc_pid_stat(5)).
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  }
  const answer = ps(pid, 'stat=,lstart=');
  return answer === null || answer.startsWith('Z') ? null : answer.replace(/^\S+\s+/, '');
}

export function isAlive(pid: number): boolean {
  return startOf(pid) !== null;
}

/** The command line of a living process, arguments separated by NUL on Linux and by spaces elsewhere. */
export function commandOf(pid: number): string | null {
  if (!isAlive(pid)) return null;
  return process.platform === 'linux' ? readProc(pid, 'cmdline') : ps(pid, 'command=');
}

function readProc(pid: number, file: string): string | null {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}

function ps(pid: number, columns: string): string | null {
  try {
    const args = ['-ww', '-o', columns, '-p', String(pid)];
    return execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null;
  } catch {
    return null;
  }
}
