import net from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { isAlive } from './process-identity.ts';
import { rolePassword } from './role-credentials.ts';
import type { Stack } from './stack.ts';
import { stackDown, stackStatus, stackUp } from './stack.ts';
import { type TemporaryStack, temporaryStack } from './temporary-stack.ts';

describe('a server that DATABASE_URL names', { timeout: 120_000 }, () => {
  let theirs: TemporaryStack;
  let ours: TemporaryStack;
  let server: Stack;
  beforeAll(async () => {
    vi.stubEnv('DATABASE_URL', '');
    theirs = temporaryStack();
    ours = temporaryStack();
    server = await theirs.up();
  });
  afterEach(() => void vi.stubEnv('DATABASE_URL', ''));
  afterAll(async () => {
    await theirs.remove();
    await ours.remove();
  });

  const refusal = async (url: string) => {
    vi.stubEnv('DATABASE_URL', url);
    const error = await stackUp({ stateFolder: ours.state }).catch((thrown) => thrown);
    const { password } = new URL(server.postgres.adminUrl);
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(password);
    expect(error.next).toBeTruthy();
    const status = await stackStatus({ stateFolder: ours.state });
    expect(status.postgres).toMatchObject({ state: 'unreachable', source: 'DATABASE_URL' });
    return error;
  };

  it('is used as it is, and left alone by down', async () => {
    vi.stubEnv('DATABASE_URL', server.postgres.adminUrl);
    const { postgres, dataDir } = await stackUp({ stateFolder: ours.state });
    expect(postgres).toEqual({ ...server.postgres, source: 'DATABASE_URL', pid: null });
    expect(dataDir).toBeNull();
    expect(await stackDown({ stateFolder: ours.state })).toMatchObject({ stopped: false });
    expect(isAlive(server.postgres.pid!)).toBe(true);
  });

  it.each([
    ['another scheme', () => 'mysql://root:secret@localhost/app', 'STACK_DATABASE_URL_INVALID'],
    ['no URL', () => 'p@ss w:rd/secret', 'STACK_DATABASE_URL_INVALID'],
    ['nobody listening', () => server.postgres.adminUrl.replace(/:\d+\//, ':1/'), 'STACK_SERVER_UNREACHABLE'],
    [
      'an unknown host',
      () => server.postgres.adminUrl.replace('127.0.0.1', 'no.such.invalid'),
      'STACK_SERVER_UNREACHABLE',
    ],
    [
      'a wrong password',
      () => server.postgres.adminUrl.replace(/:[^:@]+@/, ':wrong@'),
      'STACK_WRONG_PASSWORD',
    ],
    ['no password', () => server.postgres.adminUrl.replace(/:[^:@]+@/, '@'), 'STACK_WRONG_PASSWORD'],
    [
      'an unknown user',
      () =>
        server.postgres.adminUrl
          .replace('postgres:', 'nobody_here:')
          .replace('nobody_here:', 'postgresql:')
          .replace('//postgres', '//someone'),
      'STACK_WRONG_PASSWORD',
    ],
    [
      'an unknown database',
      () => server.postgres.adminUrl.replace(/archive_gate$/, 'elsewhere'),
      'STACK_DATABASE_MISSING',
    ],
    [
      'TLS that it does not offer',
      () => `${server.postgres.adminUrl}?sslmode=verify-full`,
      'STACK_TLS_FAILED',
    ],
  ])('%s', async (_, url, code) => {
    expect(await refusal(url())).toMatchObject({ code });
  });

  it('an older one', async () => {
    const old = await pretendServer('170005', '17.5');
    try {
      const error = await refusal(`postgresql://me@127.0.0.1:${old.port}/app`);
      expect(error).toMatchObject({ code: 'STACK_SERVER_TOO_OLD', found: 'PostgreSQL 17.5' });
    } finally {
      old.close();
    }
  });

  it('derives the same passwords for its roles wherever it is asked', () => {
    const { adminUrl, appUrl } = server.postgres;
    expect(new URL(appUrl).password).toBe(rolePassword(adminUrl, 'dmz_app', ours.state));
    expect(rolePassword(adminUrl, 'dmz_owner')).not.toBe(rolePassword(adminUrl, 'dmz_app'));
  });
});

/** Speaks as much of the protocol (PostgreSQL manual, chapter 54) as one question takes. */
async function pretendServer(number: string, text: string): Promise<{ port: number; close(): void }> {
  const message = (type: string, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const int16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
  const int32 = (value: number): Buffer => Buffer.concat([int16(value >>> 16), int16(value & 65535)]);
  const column = (name: string, type: number): Buffer =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      int32(0),
      int16(0),
      int32(type),
      int16(-1),
      int32(-1),
      int16(0),
    ]);
  const value = (content: string): Buffer => Buffer.concat([int32(content.length), Buffer.from(content)]);
  const ready = message('Z', Buffer.from('I'));
  const answer = [
    message('T', int16(2), column('number', 23), column('text', 25)),
    message('D', int16(2), value(number), value(text)),
    message('C', Buffer.from('SELECT 1\0')),
    ready,
  ];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int32(0)), ready]));
      socket.on(
        'data',
        (chunk) => void (chunk[0] === 81 ? socket.write(Buffer.concat(answer)) : socket.end()),
      );
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
