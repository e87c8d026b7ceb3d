import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withStackLock } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'archive-gate-lock-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Takes the lock again and again; each time adds one to a number in a file, which two at once would lose. */
const worker = (rounds: number, dies: boolean): string => `
  const { withStackLock } = await import(${JSON.stringify(new URL('./lock.ts', import.meta.url).href)});
  const fs = await import('node:fs');
  const { setTimeout: sleep } = await import('node:timers/promises');
  const file = ${JSON.stringify(path.join(folder, 'count'))};
  for (let round = 0; round < ${rounds}; round += 1) {
    await withStackLock(${JSON.stringify(folder)}, async () => {
      const count = Number(fs.readFileSync(file, 'utf8'));
      await sleep(2);
      fs.writeFileSync(file, String(count + 1));
      if (${dies}) process.kill(process.pid, 'SIGKILL');
    });
  }`;

const run = (code: string): Promise<number | null> =>
  new Promise((resolve) => {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
    spawn(process.execPath, args, { stdio: 'inherit' }).once('exit', resolve);
  });

describe('the lock of the stack', { timeout: 60_000 }, () => {
  it('is held by one process at a time, also when owners die holding it', async () => {
    fs.writeFileSync(path.join(folder, 'count'), '0');
    const living = Array.from({ length: 3 }, () => run(worker(12, false)));
    const dying = Array.from({ length: 3 }, () => run(worker(1, true)));
    expect(await Promise.all([...living, ...dying])).toEqual([0, 0, 0, null, null, null]);
    expect(fs.readFileSync(path.join(folder, 'count'), 'utf8')).toBe(String(3 * 12 + 3));
    expect(fs.readdirSync(folder).length).toBeLessThan(15);
  });

  it('is free again after a failure, which is passed on', async () => {
    const failure = withStackLock(folder, () => Promise.reject(new Error('as it happens')));
    await expect(failure).rejects.toThrow('as it happens');
    expect(await withStackLock(folder, async () => 'next')).toBe('next');
  });
});
