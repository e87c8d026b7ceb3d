import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isAlive } from './process-identity.ts';
import { findRedisProgram } from './redis-program.ts';
import { redisDown, redisStatus, redisUp } from './redis-server.ts';

let stateFolder: string;
beforeEach(() => {
  stateFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'archive gate '));
  vi.stubEnv('REDIS_URL', '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await redisDown({ stateFolder });
  fs.rmSync(stateFolder, { recursive: true });
});

const configOf = async (url: string, name: string): Promise<unknown> => {
  const redis = new Redis(url);
  try {
    return ((await redis.config('GET', name)) as string[])[1];
  } finally {
    redis.disconnect();
  }
};

describe('the Redis of the stack', () => {
  it('is started once, found again, and stopped once', async () => {
    expect(redisStatus({ stateFolder })).toEqual({ url: null, source: null, pid: null });
    const [first, second] = await Promise.all([redisUp({ stateFolder }), redisUp({ stateFolder })]);
    expect(first).toMatchObject({ source: 'embedded' });
    expect(second).toEqual(first);
    expect(redisStatus({ stateFolder })).toEqual(first);
    expect(await redisDown({ stateFolder })).toBe(true);
    expect(isAlive(first.pid!)).toBe(false);
    expect(await redisDown({ stateFolder })).toBe(false);
    expect(redisStatus({ stateFolder }).url).toBeNull();
  });

  it('asks for a password that no list of processes shows, keeps nothing, and listens on 127.0.0.1 alone', async () => {
    const { url, pid } = await redisUp({ stateFolder });
    const { password, port, hostname } = new URL(url!);
    expect(hostname).toBe('127.0.0.1');
    const stranger = new Redis(`redis://127.0.0.1:${port}`, { protocol: 2, enableReadyCheck: false });
    await expect(stranger.get('x')).rejects.toThrow(/NOAUTH/);
    stranger.disconnect();
    expect(await configOf(url!, 'save')).toBe('');
    expect(await configOf(url!, 'appendonly')).toBe('no');
    expect(await configOf(url!, 'bind')).toBe('127.0.0.1');
    const listed = execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    expect(listed).toMatch(/redis|valkey/);
    expect(listed).not.toContain(password);
    expect(fs.statSync(path.join(stateFolder, 'redis.json')).mode & 0o077).toBe(0);
  });

  it('is started anew where it was killed, by whoever brings the stack up next', async () => {
    const { pid } = await redisUp({ stateFolder });
    process.kill(pid!, 'SIGKILL');
    await expect.poll(() => redisStatus({ stateFolder }).url).toBeNull();
    const again = await redisUp({ stateFolder });
    expect(again.pid).not.toBe(pid);
    expect(again.url).not.toBeNull();
  });

  it('is what REDIS_URL names, which is neither started nor stopped', async () => {
    vi.stubEnv('REDIS_URL', 'redis://elsewhere:6379/0');
    const named = { url: 'redis://elsewhere:6379/0', source: 'REDIS_URL', pid: null };
    expect(await redisUp({ stateFolder })).toEqual(named);
    expect(redisStatus({ stateFolder })).toEqual(named);
    expect(await redisDown({ stateFolder })).toBe(false);
  });

  it('is none where there is no program for it, and says so in one line', async () => {
    vi.stubEnv('PATH', stateFolder);
    vi.stubEnv('DMZ_REDIS_SERVER', '');
    const said: string[] = [];
    const state = await redisUp({ stateFolder, onProgress: (line) => said.push(line) });
    expect(state.url).toBeNull();
    expect(said).toEqual([expect.stringContaining('running without, everything is served from PostgreSQL')]);
  });

  it('is none where the program cannot serve', async () => {
    const program = path.join(stateFolder, 'redis-server');
    fs.writeFileSync(program, '#!/bin/sh\necho "no such thing" >&2\nexit 1\n', { mode: 0o755 });
    fs.chmodSync(stateFolder, 0o755);
    vi.stubEnv('DMZ_REDIS_SERVER', '');
    expect(findRedisProgram(stateFolder)).toBe(program);
    vi.stubEnv('DMZ_REDIS_SERVER', program);
    expect(findRedisProgram()).toBe(program);
    const said: string[] = [];
    const state = await redisUp({ stateFolder, onProgress: (line) => said.push(line) });
    expect(state.url).toBeNull();
    expect(said.join()).toContain('Redis did not start');
  });
});
