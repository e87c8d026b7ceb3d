import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isAlive } from './process-identity.ts';
import { stackDown, stackStatus } from './stack.ts';
import { ask, type TemporaryStack, temporaryStack } from './temporary-stack.ts';

let stack: TemporaryStack;
beforeEach(() => {
  vi.stubEnv('DATABASE_URL', '');
  stack = temporaryStack();
});
afterEach(() => stack.remove());

const keep = (url: string) => ask(url, 'create table kept as select 42 as answer');
const kept = (url: string) => ask(url, 'select answer from kept');
const stateFile = () => path.join(stack.state, 'stack.json');

describe('what the embedded server recovers from', { timeout: 120_000 }, () => {
  it('being killed: what was committed is there, and nothing else was', async () => {
    const { postgres } = await stack.up();
    await keep(postgres.adminUrl);
    process.kill(postgres.pid!, 'SIGKILL');
    await vi.waitFor(() => expect(isAlive(postgres.pid!)).toBe(false));
    expect((await stackStatus({ stateFolder: stack.state })).postgres.state).toBe('stopped');
    const again = await stack.up();
    expect(again.postgres.pid).not.toBe(postgres.pid);
    expect(await kept(again.postgres.adminUrl)).toEqual([{ answer: 42 }]);
  });

  it('its process id now being a stranger’s, who is neither waited for nor killed', async () => {
    const { postgres, dataDir } = await stack.up();
    await keep(postgres.adminUrl);
    process.kill(postgres.pid!, 'SIGKILL');
    const { uid, gid } = fs.statSync(dataDir!);
    const stranger = spawn('sleep', ['600'], process.getuid?.() === 0 ? { uid, gid } : {});
    try {
      const file = path.join(dataDir!, 'postmaster.pid');
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)));
      expect(await stackDown({ stateFolder: stack.state })).toMatchObject({ stopped: false });
      expect(isAlive(stranger.pid!)).toBe(true);
      const again = await stack.up();
      expect(await kept(again.postgres.adminUrl)).toEqual([{ answer: 42 }]);
      expect(isAlive(stranger.pid!)).toBe(true);
    } finally {
      stranger.kill();
    }
  });

  it.each([
    ['is lost while it is stopped', true, () => fs.rmSync(stateFile())],
    ['is lost while it runs', false, () => fs.rmSync(stateFile())],
    ['is damaged while it is stopped', true, () => fs.writeFileSync(stateFile(), '{"adminPassword": "x')],
    ['is damaged while it runs', false, () => fs.writeFileSync(stateFile(), '[]')],
  ])('stack.json, when it %s', async (_, stopped, damage) => {
    const { postgres } = await stack.up();
    await keep(postgres.adminUrl);
    if (stopped) await stackDown({ stateFolder: stack.state });
    damage();
    const again = await stack.up();
    expect(await kept(again.postgres.adminUrl)).toEqual([{ answer: 42 }]);
    expect(again.postgres.adminUrl).not.toBe(postgres.adminUrl);
    expect(fs.readFileSync(path.join(stack.state, 'postgres', 'server.log'), 'utf8')).not.toContain(
      JSON.parse(fs.readFileSync(stateFile(), 'utf8')).adminPassword,
    );
  });

  it('its database having been dropped', async () => {
    const { postgres } = await stack.up();
    await ask(postgres.adminUrl.replace(/archive_gate$/, 'postgres'), 'drop database archive_gate');
    const again = await stack.up();
    expect(again.postgres).toEqual(postgres);
    expect(await ask(again.postgres.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('a data folder that was never completed: it is moved aside, not deleted', async () => {
    const { dataDir } = await stack.up();
    await stackDown({ stateFolder: stack.state });
    fs.rmSync(path.join(dataDir!, 'archive-gate-complete'));
    await stack.up();
    const aside = fs
      .readdirSync(path.dirname(dataDir!))
      .filter((name) => name.startsWith('data.incomplete-'));
    expect(aside).toHaveLength(1);
    expect(stack.said.join()).toContain(aside[0]);
  });

  it('a lock whose owner died, also when its number belongs to somebody else', async () => {
    fs.mkdirSync(stack.state);
    fs.writeFileSync(path.join(stack.state, 'stack.lock.7'), `${process.pid} another start\n`);
    expect((await stack.up()).postgres.state).toBe('running');
    expect(stack.said.join()).not.toContain('waiting');
  });
});

describe('what it refuses, and leaves as it was', { timeout: 120_000 }, () => {
  it('data of another major version', async () => {
    const { dataDir } = await stack.up();
    await stackDown({ stateFolder: stack.state });
    fs.writeFileSync(path.join(dataDir!, 'PG_VERSION'), '17\n');
    await expect(stack.up()).rejects.toMatchObject({ code: 'STACK_DATA_OTHER_VERSION', expected: '18' });
    fs.writeFileSync(path.join(dataDir!, 'PG_VERSION'), '18\n');
    expect((await stack.up()).postgres.state).toBe('running');
  });

  it('a setting that the server does not know: its own words are shown', async () => {
    const attempt = stack.up({ settings: { no_such_setting: 'x' } });
    await expect(attempt).rejects.toMatchObject({
      code: 'STACK_START_FAILED',
      found: expect.stringContaining('unrecognized configuration parameter "no_such_setting"'),
    });
    expect((await stack.up()).postgres.state).toBe('running');
  });

  it('a state folder that is a file', async () => {
    fs.writeFileSync(stack.state, '');
    await expect(stack.up()).rejects.toMatchObject({ code: 'STACK_FOLDER_UNUSABLE' });
    fs.rmSync(stack.state);
  });
});
