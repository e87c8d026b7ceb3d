/**
 * A later release of the whole program: a copy of this one's sources in which an event type has a second version. It is
 * run as people run a release, so what is tested is the registry that ships and every way in which it is used.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../src/kernel/project.ts';
import { type Ended, ended } from './run-dmz.ts';

/** A passage of a file and what the later release has there. */
export interface Change {
  /** From packages/game-engine/src. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export class LaterRelease {
  readonly root: string;

  constructor(changes: readonly Change[]) {
    this.root = fs.mkdtempSync(path.join(os.tmpdir(), 'later-release-'));
    // Links between the packages are relative, so those of the copy lead into the copy.
    for (const part of ['packages', 'docs'])
      fs.cpSync(path.join(projectRoot, part), path.join(this.root, part), {
        recursive: true,
        verbatimSymlinks: true,
      });
    for (const file of ['package.json', 'tsconfig.json'])
      fs.copyFileSync(path.join(projectRoot, file), path.join(this.root, file));
    fs.symlinkSync(path.join(projectRoot, 'node_modules'), path.join(this.root, 'node_modules'));
    for (const { file, from, to } of changes) {
      const place = path.join(this.root, 'packages/game-engine/src', file);
      const text = fs.readFileSync(place, 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has no passage ${from}`);
      fs.writeFileSync(place, text.replace(from, to));
    }
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.root, file), 'utf8');
  }

  dmz(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.#run([path.join(this.root, 'packages/backend/bin/dmz.mjs'), ...args], environment);
  }

  playOn(...args: readonly string[]): Promise<Ended> {
    const program = path.join(this.root, 'packages/backend/test/harness/play-on.ts');
    return this.#run(['--import', 'tsx', program, ...args], {});
  }

  remove(): void {
    fs.rmSync(this.root, { recursive: true });
  }

  #run(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
    const cwd = path.join(this.root, 'packages/backend');
    const env = { ...process.env, ...environment };
    return ended(spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }
}
