/**
 * As whom PostgreSQL runs. It refuses to run as root, so a root caller hands it to an unprivileged user; any other
 * caller runs it as itself.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { projectRoot } from '../project.ts';

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/**
 * For root: the owner of the data, if there is any already; else who called sudo, the owner of the checkout,
 * `postgres`, or `nobody`, the first of them that exists and is not root. Null for anybody else, and also for a root
 * who finds none of them.
 */
export function chooseServerUser(dataDirs: readonly string[]): ServerUser | null {
  if (!isRoot()) return null;
  const owners = dataDirs.map(ownerOf);
  const candidates = [
    ...owners,
    sudoUser(),
    ownerOf(projectRoot),
    namedUser('postgres'),
    namedUser('nobody'),
  ];
  return candidates.find((user) => user !== null && user.uid > 0) ?? null;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function ownerOf(folder: string): ServerUser | null {
  try {
    const { uid, gid } = fs.statSync(folder);
    return { uid, gid, name: `uid ${uid}` };
  } catch {
    return null;
  }
}

function sudoUser(): ServerUser | null {
  const uid = Number(process.env.SUDO_UID);
  const gid = Number(process.env.SUDO_GID);
  if (!Number.isInteger(uid) || !Number.isInteger(gid)) return null;
  return { uid, gid, name: process.env.SUDO_USER ?? `uid ${uid}` };
}

function namedUser(name: string): ServerUser | null {
  try {
    const ask = (flag: string): number => {
      const answer = execFileSync('id', [flag, name], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return Number(answer) >>> 0; // macOS prints nobody's id as -2
    };
    return { uid: ask('-u'), gid: ask('-g'), name };
  } catch {
    return null;
  }
}
