/**
 * One process at a time starts or stops the stack. The lock is the highest of the files `stack.lock.<number>`; it is
 * free when it is empty or when its owner is gone, and it is taken by creating the next number, which the file system
 * grants to one process alone. Numbers only grow and the last few stay, so a crash at any moment leaves a lock that
 * the next caller can take, and two callers that find the same dead owner cannot both take its place (deleting a
 * stale lock file, the usual way, lets the slower of them delete the lock of the faster).
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stackErrors } from './errors.ts';
import { isAlive, startOf } from './process-identity.ts';
import { createFileOnce, makeFolder } from './state-file.ts';

/** A first start takes 2 s here, on a slow disk a minute; waiting less would fail honest callers. */
const WAIT_MS = 180_000;
const POLL_MS = 50;
/** More than any caller can be overtaken by between its listing and its creating a file. */
const KEPT = 8;
const PREFIX = 'stack.lock.';

/**
 * Runs `work` while no other process does so for the same folder.
 * @param onWait called once, with the owner's process id, when somebody else holds the lock
 * @throws STACK_BUSY after three minutes
 */
export async function withStackLock<T>(
  state: string,
  work: () => Promise<T>,
  onWait: (pid: number) => void = () => {},
): Promise<T> {
  makeFolder(state);
  const file = await acquire(state, onWait);
  try {
    return await work();
  } finally {
    fs.truncateSync(file); // needs no room, unlike writing: a full disk must not leave it taken
  }
}

async function acquire(state: string, onWait: (pid: number) => void): Promise<string> {
  const deadline = Date.now() + WAIT_MS;
  const mine = `${process.pid} ${startOf(process.pid)}\n`;
  let told = false;
  for (;;) {
    const newest = numbersIn(state).at(-1) ?? 0;
    const owner = newest === 0 ? null : livingOwner(lockFile(state, newest));
    if (owner === null) {
      const file = lockFile(state, newest + 1);
      if (createFileOnce(file, mine)) {
        const numbers = numbersIn(state);
        // Somebody slow: the number was used before and cleaned up since.
        if ((numbers.at(-1) ?? 0) === newest + 1) {
          for (const old of numbers.slice(0, -KEPT)) fs.rmSync(lockFile(state, old), { force: true });
          return file;
        }
        fs.rmSync(file, { force: true });
      }
      continue;
    }
    if (!told) onWait(owner);
    told = true;
    if (Date.now() > deadline) {
      throw stackErrors.STACK_BUSY({ found: `process ${owner} holds ${lockFile(state, newest)}` });
    }
    await sleep(POLL_MS);
  }
}

const lockFile = (state: string, number: number): string => path.join(state, `${PREFIX}${number}`);

function numbersIn(state: string): number[] {
  return fs
    .readdirSync(state)
    .filter((name) => name.startsWith(PREFIX) && /^\d+$/.test(name.slice(PREFIX.length)))
    .map((name) => Number(name.slice(PREFIX.length)))
    .sort((a, b) => a - b);
}

function livingOwner(file: string): number | null {
  let content: string;
  try {
    content = fs.readFileSync(file, 'utf8').trim();
  } catch {
    return null; // cleaned up since the listing: a newer one is there, and creating ours will fail
  }
  const [pid, start] = content.split(' ');
  if (pid === undefined || start === undefined) return null;
  const owner = Number(pid);
  return isAlive(owner) && content === `${owner} ${startOf(owner)}` ? owner : null;
}
