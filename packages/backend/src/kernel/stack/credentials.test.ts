import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainConnectionError } from './connection-errors.ts';
import { describeTarget, maskPassword, parseDatabaseUrl } from './database-url.ts';
import { rolePassword, roleUrl } from './role-credentials.ts';

let state: string;
beforeEach(() => {
  state = fs.mkdtempSync(path.join(os.tmpdir(), 'archive-gate-'));
});
afterEach(() => fs.rmSync(state, { recursive: true }));

describe('the URL of a role', () => {
  it.each([
    ['postgres://admin:s%40f@db.example:6432/app', 'db.example', '6432', '/app'],
    ['postgresql://admin:s%40f@db.example', 'db.example', '5432', '/admin'],
    [
      'postgresql://db.example/app?user=admin&password=s%40f&port=7000&sslmode=verify-full',
      'db.example',
      '7000',
      '/app',
    ],
    ['postgresql://admin:s%40f@/app?host=/var/run/pg', '%2Fvar%2Frun%2Fpg', '5432', '/app'],
    ['postgresql://admin:s%40f@[::1]:5433/app', '[::1]', '5433', '/app'],
  ])('%s keeps host, port and database', (adminUrl, host, port, database) => {
    const url = new URL(roleUrl(adminUrl, 'dmz_app', undefined, state));
    expect(url).toMatchObject({ hostname: host, port, pathname: database, username: 'dmz_app' });
    expect(url.password).toBe(rolePassword('postgres://x:s%40f@y/z', 'dmz_app', state));
    expect(url.searchParams.has('user') || url.searchParams.has('password')).toBe(false);
    expect(url.searchParams.get('sslmode')).toBe(adminUrl.includes('sslmode') ? 'verify-full' : null);
  });

  it('names another database when asked to', () => {
    expect(new URL(roleUrl('postgres://a:b@c/d', 'dmz_app', 'other one', state)).pathname).toBe(
      '/other%20one',
    );
  });

  it('has a secret of its own when the administrator has no password', () => {
    const password = rolePassword('postgres://a@c/d', 'dmz_app', state);
    expect(rolePassword('postgres://a@c/d', 'dmz_app', state)).toBe(password);
    expect(fs.statSync(path.join(state, 'role-secret')).mode & 0o777).toBe(0o600);
    expect(password).not.toBe(rolePassword('postgres://a:b@c/d', 'dmz_app', state));
  });
});

describe('what people see of a URL', () => {
  it.each([
    'postgres://me:hunter2@h/d',
    'postgres://h/d?user=me&password=hunter2',
    'hunter2',
    'http://hunter2@x/',
  ])('%s never shows the password', (url) => {
    expect(maskPassword(url) + describeTarget(url)).not.toContain('hunter2');
    let shown = '';
    try {
      parseDatabaseUrl(url);
    } catch (error) {
      shown = `${error} ${JSON.stringify(error)}`;
    }
    expect(shown).not.toContain('hunter2');
  });
});

describe('a failed connection', () => {
  const failure = (code: string, message = 'no') => Object.assign(new Error(message), { code });
  it.each([
    [failure('ECONNREFUSED'), 'STACK_SERVER_UNREACHABLE', true],
    [
      new AggregateError([failure('ECONNREFUSED', 'connect ECONNREFUSED ::1:5432')]),
      'STACK_SERVER_UNREACHABLE',
      true,
    ],
    [failure('28P01'), 'STACK_WRONG_PASSWORD', false],
    [failure('3D000'), 'STACK_DATABASE_MISSING', false],
    [failure('53300'), 'STACK_SERVER_BUSY', true],
    [failure('57P03'), 'STACK_SERVER_BUSY', true],
    [new Error('timeout expired'), 'STACK_SERVER_TIMEOUT', true],
    [new Error('The server does not support SSL connections'), 'STACK_TLS_FAILED', false],
    [new Error('Connection terminated unexpectedly'), 'STACK_SERVER_UNREACHABLE', true],
    [new Error('something else'), 'STACK_CONNECTION_FAILED', true],
  ])('%s is %s', (error, code, retryable) => {
    const explained = explainConnectionError(error, 'postgres://me:hunter2@h/d');
    expect(explained).toMatchObject({ code, retryable, cause: error });
    expect(explained.found).toContain('h:5432/d');
    expect(JSON.stringify(explained)).not.toContain('hunter2');
    expect(explainConnectionError(explained, 'postgres://x/y')).toBe(explained);
  });
});
