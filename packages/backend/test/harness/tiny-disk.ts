/** A disk that is soon full, in memory. Only root may mount one, on Linux; tests that need it say why they are skipped. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface TinyDisk {
  readonly folder: string;
  resize(size: string): void;
  /** Takes all room but so many bytes; called again, it takes or gives back. */
  fillUpTo(freeBytes: number): void;
  remove(): void;
}

/** Empty where a tiny disk can be had; else the reason, for the name of the skipped test. */
export const whyNoTinyDisk: string = tryToMount();

/** @param size  as mount understands it: `16k`, `64m` */
export function tinyDisk(size: string): TinyDisk {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tiny-disk-'));
  mount(['-t', 'tmpfs', '-o', `size=${size},mode=0755`, 'tmpfs', folder]);
  const filler = path.join(folder, 'filler');
  return {
    folder,
    resize: (next) => mount(['-o', `remount,size=${next}`, folder]),
    fillUpTo(freeBytes) {
      fs.rmSync(filler, { force: true });
      const { bavail, bsize } = fs.statfsSync(folder);
      const taken = Math.max(0, bavail * bsize - freeBytes);
      fs.writeFileSync(filler, Buffer.alloc(taken, 1));
    },
    remove() {
      execFileSync('umount', ['-l', folder]);
      fs.rmdirSync(folder);
    },
  };
}

function mount(args: readonly string[]): void {
  execFileSync('mount', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function tryToMount(): string {
  if (process.getuid?.() !== 0) return ' (skipped: only root may mount a disk)';
  try {
    tinyDisk('16k').remove();
    return '';
  } catch {
    return ' (skipped: this system lets nobody mount a disk)';
  }
}
