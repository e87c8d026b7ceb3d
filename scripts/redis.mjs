/**
 * Tests need a real Redis. Where there is none, it is installed on Debian and Ubuntu by apt, as root or by a sudo that
 * asks for no password, without its service being started; elsewhere the one command to run is named.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { PlainError } from './install.mjs';

const PROGRAMS = ['redis-server', 'valkey-server'];
/** Asked by Debian's packages before they start a service; 101 forbids it (invoke-rc.d(8)). */
const POLICY = '/usr/sbin/policy-rc.d';

/** @throws PlainError when there is none, and none can be installed */
export function ensureRedis() {
  if (PROGRAMS.some(isOnPath)) return;
  if (!isOnPath('apt-get')) throw missing(`brew install redis, or your system's package of it`);
  const command = 'apt-get install -y --no-install-recommends redis-server';
  const asRoot = rootPrefix();
  if (asRoot === undefined) throw missing(`sudo ${command}`);
  process.stderr.write('Installing redis-server by apt (needed once, for the tests) …\n');
  withoutServices(asRoot, () => {
    // The second time with fresh lists: those of a new machine are empty.
    if (!run([...asRoot, ...command.split(' ')])) {
      run([...asRoot, 'apt-get', 'update']);
      run([...asRoot, ...command.split(' ')]);
    }
  });
  if (!PROGRAMS.some(isOnPath)) throw missing([...asRoot, command].join(' '));
}

function isOnPath(program) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(path.isAbsolute);
  return folders.some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What to write before a command that needs root; undefined where nobody can be root without being asked. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  return sudo.status === 0 ? ['sudo', '-n'] : undefined;
}

/** A policy that is there already is somebody's, and is left as it is. */
function withoutServices(asRoot, work) {
  if (existsSync(POLICY)) return work();
  const forbid = `printf '#!/bin/sh\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}`;
  run([...asRoot, 'sh', '-c', forbid]);
  try {
    work();
  } finally {
    run([...asRoot, 'rm', '-f', POLICY]);
  }
}

/** What it prints goes to standard error: the last line of standard output is the tests'. */
function run([program, ...args]) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(program, args, { env, stdio: ['ignore', 2, 2] }).status === 0;
}

const missing = (command) =>
  new PlainError(
    'The tests need a Redis.\n  found     neither redis-server nor valkey-server on the PATH\n' +
      `  next      ${command}`,
  );
