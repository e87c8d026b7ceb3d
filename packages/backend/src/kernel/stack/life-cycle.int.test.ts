import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandOf, isAlive } from './process-identity.ts';
import { stackDown, stackStatus } from './stack.ts';
import { ask, type TemporaryStack, temporaryStack } from './temporary-stack.ts';

let stack: TemporaryStack;
beforeEach(() => {
  vi.stubEnv('DATABASE_URL', '');
  stack = temporaryStack();
});
afterEach(() => stack.remove());

describe('the life of the embedded server', { timeout: 120_000 }, () => {
  it('is created once, found again, stopped once, and started at the same port', async () => {
    const first = await stack.up();
    expect(await stack.up()).toEqual(first);
    expect(first.dataDir?.startsWith(fs.realpathSync(stack.state))).toBe(true);
    expect((await stackStatus({ stateFolder: stack.state })).postgres).toEqual(first.postgres);

    expect(await stackDown({ stateFolder: stack.state })).toMatchObject({ stopped: true });
    expect(await stackDown({ stateFolder: stack.state })).toMatchObject({ stopped: false });
    expect((await stackStatus({ stateFolder: stack.state })).postgres.state).toBe('stopped');
    expect(isAlive(first.postgres.pid!)).toBe(false);

    const second = await stack.up();
    expect(second.postgres.pid).not.toBe(first.postgres.pid);
    expect(second.postgres).toEqual({ ...first.postgres, pid: second.postgres.pid });
  });

  it('asks for a password, listens on 127.0.0.1 alone, and can follow changes', async () => {
    vi.stubEnv('PGOPTIONS', '-c work_mem=1MB').stubEnv('TZ', 'Asia/Kolkata');
    const { postgres } = await stack.up({ settings: { work_mem: '7MB' } });
    vi.stubEnv('PGOPTIONS', '');
    const settings = await ask(
      postgres.adminUrl,
      `select name, setting from pg_settings where name in ('wal_level','listen_addresses','unix_socket_directories',
        'TimeZone','jit','password_encryption','max_connections','data_checksums','lc_ctype','server_encoding')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toMatchObject({
      wal_level: 'logical',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      TimeZone: 'UTC',
      jit: 'off',
      password_encryption: 'scram-sha-256',
      max_connections: '200',
      server_encoding: 'UTF8',
    });
    const [locale] = await ask(
      postgres.adminUrl,
      `select datlocprovider, datlocale from pg_database where datname = current_database()`,
    );
    expect(locale).toEqual({ datlocprovider: 'b', datlocale: 'C.UTF-8' });
    expect(
      (await ask(postgres.adminUrl, `select reset_val from pg_settings where name = 'work_mem'`))[0],
    ).toMatchObject({
      reset_val: String(7 * 1024),
    });
    await expect(ask(postgres.adminUrl.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({
      code: '28P01',
    });
  });

  it('keeps the password where its owner alone reads it, and out of the process list', async () => {
    const { postgres } = await stack.up();
    const file = path.join(stack.state, 'stack.json');
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    const { adminPassword } = JSON.parse(fs.readFileSync(file, 'utf8'));
    expect(adminPassword).toHaveLength(43);
    const log = fs.readFileSync(path.join(stack.state, 'postgres', 'server.log'), 'utf8');
    expect(log + commandOf(postgres.pid!)).not.toContain(adminPassword);
    expect(fs.readdirSync(path.join(stack.state, 'postgres')).sort()).toEqual(['data', 'server.log']);
  });

  it('outlives the command that started it', async () => {
    const result = await stack.upInProcess().result;
    expect(await ask(result!.postgres.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('gives eight callers at once the same server', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => stack.upInProcess().result));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
  });

  it('can be started and stopped by many at once', async () => {
    const options = { stateFolder: stack.state };
    await Promise.all([
      stack.up(),
      stackDown(options),
      stack.up(),
      stackDown(options),
      stack.up(),
      stack.up(),
    ]);
    const { postgres } = await stack.up();
    expect(await ask(postgres.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('takes another port, and says so, when a stranger has taken its own', async () => {
    const { postgres } = await stack.up();
    await stackDown({ stateFolder: stack.state });
    const stranger = net.createServer().listen(postgres.port, '127.0.0.1');
    try {
      const again = await stack.up();
      expect(again.postgres.port).not.toBe(postgres.port);
      expect(stack.said.join()).toContain(`port ${postgres.port} is taken`);
      expect(JSON.parse(fs.readFileSync(path.join(stack.state, 'stack.json'), 'utf8')).port).toBe(
        again.postgres.port,
      );
    } finally {
      stranger.close();
    }
  });

  it('is left by a caller that was killed at any moment of the first start in a state that the next one mends', async () => {
    for (const delayMs of [300, 400, 500, 600, 700, 800, 900, 1000, 1200]) {
      const victim = stack.upInProcess();
      await sleep(delayMs);
      victim.kill();
      await victim.result;
    }
    const { postgres } = await stack.up();
    expect(await ask(postgres.adminUrl, 'select current_database() as name')).toEqual([
      { name: 'archive_gate' },
    ]);
    await stackDown({ stateFolder: stack.state });
    await stack.up();
    const left = fs.readdirSync(path.join(stack.state, 'postgres'));
    expect(left.filter((name) => name.startsWith('initialising-'))).toEqual([]);
  });
});
