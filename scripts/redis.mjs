/**
 * Tests need a real Redis. Where there is none, it is installed on Debian and Ubuntu by apt, as root or by a sudo that
 * asks for no password, without its service being started; for anybody else there its packages are unpacked beside the tests;
 * elsewhere the one command to run is named.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { PlainError, projectRoot } from './install.mjs';

const PROGRAMS = ['redis-server', 'valkey-server'];
/** Asked by Debian's packages before they start a service; 101 forbids it (invoke-rc.d(8)). */
const POLICY = '/usr/sbin/policy-rc.d';

const INSTALL = 'apt-get install -y --no-install-recommends redis-server';
/** Where its packages are unpacked for who cannot be root. */
const ownFolder = path.join(projectRoot, '.dmz', 'redis-packages');

/** @throws PlainError when there is none, and none can be had */
export function ensureRedis() {
  if (process.env.DMZ_REDIS_SERVER || PROGRAMS.some(isOnPath)) return;
  if (!isOnPath('apt-get')) throw missing(`brew install redis, or your system's package of it`);
  const asRoot = rootPrefix();
  if (asRoot) install(asRoot);
  else unpack(ownFolder);
  if (!PROGRAMS.some(isOnPath)) throw missing([...(asRoot ?? ['sudo']), INSTALL].join(' '));
}

function install(asRoot) {
  process.stderr.write('Installing redis-server by apt (needed once, for the tests) …\n');
  withoutServices(asRoot, () => {
    // The second time with fresh lists: those of a new machine are empty.
    if (!run([...asRoot, ...INSTALL.split(' ')])) {
      run([...asRoot, 'apt-get', 'update']);
      run([...asRoot, ...INSTALL.split(' ')]);
    }
  });
}

/** The same packages beside the tests, with lists of their own: neither needs root. Nothing of the system is changed. */
export function unpack(folder, status = '/var/lib/dpkg/status') {
  const tree = path.join(folder, 'tree');
  if (!existsSync(path.join(tree, 'usr/bin/redis-server'))) {
    process.stderr.write('Unpacking redis-server beside the tests (needed once) …\n');
    const archives = path.join(folder, 'cache', 'archives');
    for (const each of [path.join(folder, 'state', 'lists', 'partial'), path.join(archives, 'partial'), tree])
      mkdirSync(each, { recursive: true });
    const own = ['State', 'Cache'].map((name) => `Dir::${name}=${path.join(folder, name.toLowerCase())}`);
    const options = [...own, `Dir::State::status=${status}`, 'Debug::NoLocking=1', 'APT::Sandbox::User='];
    const apt = ['apt-get', ...options.flatMap((option) => ['-o', option])];
    run([...apt, 'update']);
    run([...apt, ...INSTALL.split(' ').slice(1), '--download-only']);
    for (const name of readdirSync(archives).filter((each) => each.endsWith('.deb')))
      run(['dpkg', '-x', path.join(archives, name), tree]);
  }
  const libraries = path.join(tree, 'usr/lib');
  const folders = existsSync(libraries)
    ? readdirSync(libraries)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => path.join(libraries, name))
    : [];
  prepend('PATH', path.join(tree, 'usr/bin'));
  for (const each of folders) prepend('LD_LIBRARY_PATH', each);
}

function prepend(name, folder) {
  process.env[name] = [folder, process.env[name]].filter(Boolean).join(path.delimiter);
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
