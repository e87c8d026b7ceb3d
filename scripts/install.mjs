/**
 * Makes sure that the packages named in pnpm-lock.yaml are installed, with nothing but Node and npm at hand. What was
 * installed is remembered in a stamp; while it matches, nothing is started and nothing is waited for.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const PNPM = 'pnpm@10.34.8';
const OLDEST_NODE = [20, 19];
const stampFile = path.join(projectRoot, 'node_modules', '.archive-gate-install');
const lockFile = path.join(projectRoot, '.dmz', 'install.lock');

/** The owner touches the lock this often; three missed touches and more mean that it is gone. */
const HEARTBEAT_MS = 2_000;
const STALE_MS = 15_000;

/** A failure that is told in words, without a stack. */
export class PlainError extends Error {}

/** @throws PlainError when Node is too old or the packages cannot be installed */
export async function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  await withInstallLock(async () => {
    if (isInstalled()) return; // by whoever held the lock before
    process.stderr.write(
      `Installing packages with ${PNPM} (needed once, and after a change of pnpm-lock.yaml) …\n`,
    );
    await install();
    writeFileSync(stampFile, fingerprint());
  });
}

/** Runs an entry point: what fails in words is printed so, and ends with 1. */
export async function runScript(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = OLDEST_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new PlainError(
    `Node.js is too old.\n  found     ${process.versions.node}\n  expected  ${OLDEST_NODE.join('.')} or newer\n` +
      '  next      install Node.js 22 from https://nodejs.org, then run this again',
  );
}

function packageFolders() {
  const packages = path.join(projectRoot, 'packages');
  const folders = readdirSync(packages).map((name) => path.join(packages, name));
  return [projectRoot, ...folders.filter((folder) => existsSync(path.join(folder, 'package.json')))];
}

function fingerprint() {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => path.join(projectRoot, name));
  files.push(...packageFolders().map((folder) => path.join(folder, 'package.json')));
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${path.relative(projectRoot, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  // Native packages differ by platform, and pnpm may lay out node_modules differently.
  return `${hash.digest('hex')} ${PNPM} node ${process.version} ${process.platform} ${process.arch}\n`;
}

function isInstalled() {
  const folders = packageFolders().map((folder) => path.join(folder, 'node_modules'));
  return (
    folders.every((folder) => existsSync(folder)) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === fingerprint()
  );
}

async function install() {
  rmSync(stampFile, { force: true });
  const [command, ...args] = npx();
  // Without the last option pnpm asks before it replaces a node_modules of another layout, and fails where nobody can answer.
  args.push('--yes', PNPM, 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false');
  const env = { ...process.env };
  delete env.NODE_ENV; // production leaves out what the tests need
  delete env.npm_config_loglevel; // `npm test --silent` would silence the reason of a failure
  const { status, output } = await runShown(command, args, env);
  if (status !== 0) throw new PlainError(explainFailure(output, status));
}

/** npm's own npx, run by this Node: no shell, so that a path with a space stays one argument. */
function npx() {
  const beside = process.env.npm_execpath
    ? path.join(path.dirname(process.env.npm_execpath), 'npx-cli.js')
    : '';
  const nodeFolder = path.dirname(process.execPath);
  const candidates = [
    beside,
    path.join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npx-cli.js'),
    path.join(nodeFolder, 'node_modules', 'npm', 'bin', 'npx-cli.js'),
  ];
  const script = candidates.find((file) => file !== '' && existsSync(file));
  return script === undefined ? ['npx'] : [process.execPath, script];
}

function runShown(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectRoot,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        process.stderr.write(chunk);
      });
    }
    child.once('error', (error) => resolve({ status: null, output: `${output}\n${error.message}` }));
    child.once('close', (status) => resolve({ status, output }));
  });
}

const causes = [
  [/ENOSPC|No space left|EDQUOT/, 'the disk is full', 'free about 1 GB, then run this again'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|SOCKET_TIMEOUT|fetch failed|META_FETCH_FAIL/,
    'the package registry cannot be reached',
    'check the network, HTTPS_PROXY and `npm config get registry`, then run this again',
  ],
  [
    /CERT|certificate/,
    'the registry’s certificate is not trusted',
    'set NODE_EXTRA_CA_CERTS to your authority’s file',
  ],
  [
    /OUTDATED_LOCKFILE|LOCKFILE_CONFIG_MISMATCH/,
    'pnpm-lock.yaml does not match the package.json files',
    `npx ${PNPM} install --no-frozen-lockfile, and commit pnpm-lock.yaml`,
  ],
  [
    /EACCES|EPERM|EROFS/,
    'a file may not be written',
    'give this folder and ~/.npm to this user, then run this again',
  ],
  [/spawn npx ENOENT|npx ENOENT/, 'npx was not found', 'install npm, which comes with Node.js'],
];

function explainFailure(output, status) {
  const known = causes.find(([pattern]) => pattern.test(output));
  const [, found, next] = known ?? [
    null,
    `pnpm ended with ${status}; its own words are above`,
    'mend that, then run this again',
  ];
  return `The packages could not be installed.\n  found     ${found}\n  next      ${next}`;
}

/**
 * One process installs, the others wait and find it done. The lock is a file whose owner keeps touching it, so that a
 * killed owner is noticed within seconds and a process id that was given to somebody else misleads nobody.
 */
async function withInstallLock(work) {
  mkdirSync(path.dirname(lockFile), { recursive: true });
  let told = false;
  while (!takeLock()) {
    if (!told) process.stderr.write('Another process is installing packages: waiting for it …\n');
    told = true;
    await sleep(250);
  }
  const heartbeat = setInterval(() => touch(), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(lockFile, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(lockFile, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS')
      throw new PlainError(explainFailure(error.message, null));
    if (error.code !== 'EEXIST') throw error;
  }
  const touched = statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs;
  if (touched !== undefined && Date.now() - touched > STALE_MS) rmSync(lockFile, { force: true });
  return false;
}

function touch() {
  const now = new Date();
  try {
    utimesSync(lockFile, now, now);
  } catch {
    // Taken over while this machine slept: pnpm itself copes with a second run.
  }
}
