import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installedBinaries } from './binaries.ts';
import { ensureCluster } from './initialise.ts';
import { preparePlacement } from './placement.ts';
import { isAlive } from './process-identity.ts';
import { chooseServerUser, isRoot } from './server-user.ts';
import { stackDown } from './stack.ts';
import { ask, type TemporaryStack, temporaryStack } from './temporary-stack.ts';

let stack: TemporaryStack;
beforeEach(() => {
  vi.stubEnv('DATABASE_URL', '');
});
afterEach(() => stack.remove());

describe.runIf(isRoot())('for a root caller', { timeout: 120_000 }, () => {
  it('the server runs as another user, who owns the data', async () => {
    stack = temporaryStack();
    const { postgres, dataDir } = await stack.up();
    const { uid } = fs.statSync(dataDir!);
    expect(uid).toBeGreaterThan(0);
    expect(fs.statSync(`/proc/${postgres.pid}`).uid).toBe(uid);
  });

  it('who called sudo comes before the owner of the checkout, and the owner of the data before both', () => {
    stack = temporaryStack();
    vi.stubEnv('SUDO_UID', '4711').stubEnv('SUDO_GID', '4712').stubEnv('SUDO_USER', 'ada');
    expect(chooseServerUser([])).toEqual({ uid: 4711, gid: 4712, name: 'ada' });
    fs.mkdirSync(stack.state);
    fs.chownSync(stack.state, 4000, 4000);
    expect(chooseServerUser([stack.state])?.uid).toBe(4000);
    vi.stubEnv('SUDO_UID', '0');
    expect(chooseServerUser([])?.uid).toBeGreaterThan(0);
    fs.chownSync(stack.state, 0, 0);
  });

  it('data and programs move to where that user can go, and are found there again', async () => {
    stack = temporaryStack(0o700);
    const first = await stack.up();
    expect(first.dataDir).toMatch(/^\/var\/lib\/archive-gate\/[0-9a-f]{12}\/data$/);
    expect(stack.said.join()).toContain(`the data is kept in ${first.dataDir}`);
    await ask(first.postgres.adminUrl, 'create table kept as select 42 as answer');
    await stackDown({ stateFolder: stack.state });
    fs.rmSync(path.join(stack.state, 'stack.json'));
    stack.said.length = 0;
    const again = await stack.up();
    expect(again.dataDir).toBe(first.dataDir);
    expect(stack.said.join()).not.toContain('the data is kept');
    expect(await ask(again.postgres.adminUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('what a deleted checkout left there is not taken for the data of the next one at its path', async () => {
    stack = temporaryStack(0o700);
    const first = await stack.up();
    await ask(first.postgres.adminUrl, 'create table kept as select 42 as answer');
    fs.rmSync(stack.state, { recursive: true });
    const next = await stack.up();
    expect(next.dataDir).toBe(first.dataDir);
    expect(isAlive(first.postgres.pid!)).toBe(false);
    await expect(ask(next.postgres.adminUrl, 'select answer from kept')).rejects.toMatchObject({
      code: '42P01',
    });
    const aside = /set aside in (\S+)/.exec(stack.said.join('\n'))?.[1];
    expect(fs.existsSync(path.join(aside!, 'data', 'PG_VERSION'))).toBe(true);
    fs.rmSync(aside!, { recursive: true });
  });

  it('data that has become unreachable is never replaced by a new cluster', async () => {
    stack = temporaryStack();
    await stack.up();
    await stackDown({ stateFolder: stack.state });
    fs.chmodSync(path.dirname(stack.state), 0o700);
    await expect(stack.up()).rejects.toMatchObject({ code: 'STACK_FOLDER_UNUSABLE' });
    fs.chmodSync(path.dirname(stack.state), 0o755);
    expect((await stack.up()).postgres.state).toBe('running');
  });

  it('what is written in another’s folder is that other’s', async () => {
    stack = temporaryStack();
    fs.chownSync(path.dirname(stack.state), 4711, 4712);
    await stack.up();
    for (const name of ['.', 'stack.json']) {
      expect(fs.statSync(path.join(stack.state, name)).uid).toBe(4711);
    }
  });
});

describe('whatever the host', { timeout: 120_000 }, () => {
  it('a C library without C.UTF-8 gets another locale', async () => {
    stack = temporaryStack();
    const place = await preparePlacement(stack.state, () => {});
    expect(await ensureCluster(place, 'secret', () => {}, ['xx_XX.UTF-8', 'yy_YY.UTF-8', 'C'])).toBe(true);
    expect(fs.readFileSync(path.join(place.dataDir, 'postgresql.conf'), 'utf8')).toMatch(
      /lc_messages = '?C'?/,
    );
    expect(await ensureCluster(place, 'secret', () => {})).toBe(false);
  });

  it('links that no install script made are made', () => {
    stack = temporaryStack();
    const { native } = installedBinaries();
    const list = JSON.parse(fs.readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
      target: string;
    }[];
    for (const { target } of list) expect(fs.existsSync(path.join(path.dirname(native), target))).toBe(true);
  });

  it.runIf(canMount())(
    'a full disk is named, leaves no lock, and is no obstacle once there is room',
    async () => {
      stack = temporaryStack();
      fs.mkdirSync(stack.state);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', stack.state]);
      try {
        await expect(stack.up()).rejects.toMatchObject({ code: 'STACK_DISK_FULL' });
        execFileSync('mount', ['-o', 'remount,size=200m', stack.state]);
        expect((await stack.up()).postgres.state).toBe('running');
        const filler = path.join(stack.state, 'filler');
        spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k'], { stdio: 'ignore' });
        expect(await stackDown({ stateFolder: stack.state })).toMatchObject({ stopped: true });
        await expect(stack.up()).rejects.toMatchObject({ code: 'STACK_DISK_FULL' });
        fs.rmSync(filler);
        expect((await stack.up()).postgres.state).toBe('running');
        await stackDown({ stateFolder: stack.state });
      } finally {
        execFileSync('umount', [stack.state]);
      }
    },
  );
});

/** Containers mostly may not. */
function canMount(): boolean {
  if (!isRoot() || process.platform !== 'linux') return false;
  const folder = fs.mkdtempSync('/tmp/archive-gate-mount-');
  const mounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]).status === 0;
  if (mounted) execFileSync('umount', [folder]);
  fs.rmdirSync(folder);
  return mounted;
}
