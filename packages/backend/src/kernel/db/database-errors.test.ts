/** What PostgreSQL's errors become: a code that people act on, without the values that PostgreSQL quotes. */
import { DrizzleQueryError } from 'drizzle-orm/errors';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { type DmzError, defineErrors } from '../errors/index.ts';
import {
  isLostConnection,
  translateDatabaseError,
  translateDriverError,
  violates,
} from './database-errors.ts';

function databaseError(code: string, more: Partial<pg.DatabaseError> = {}): pg.DatabaseError {
  return Object.assign(
    new pg.DatabaseError('Key (email)=(ada@example.org) already exists', 1, 'error'),
    { code },
    more,
  );
}
const wrapped = (cause: unknown) => new Error('Failed query: insert …', { cause });
const translated = (error: unknown) => translateDatabaseError(error) as DmzError;

describe('a database error', () => {
  it.each([
    ['ZD001', 'TENANCY_NO_CONTEXT', false],
    ['ZD002', 'TENANCY_UNKNOWN_TENANT', false],
    ['ZD003', 'TENANCY_NOT_SERVED', false],
    ['ZD005', 'TENANCY_MOVED', true],
    ['ZD010', 'DATABASE_APPEND_ONLY', false],
    ['40001', 'DATABASE_CONTENTION', true],
    ['40P01', 'DATABASE_CONTENTION', true],
    ['53100', 'DATABASE_DISK_FULL', false],
    ['57P01', 'DATABASE_UNAVAILABLE', true],
    ['08006', 'DATABASE_UNAVAILABLE', true],
    ['42P01', 'DATABASE_NOT_MIGRATED', false],
    ['23505', 'DATABASE_REFUSED', false],
    ['22P02', 'VALUE_REFUSED', false],
    ['54000', 'VALUE_REFUSED', false],
  ])('%s becomes %s', (state, code, retryable) => {
    for (const error of [databaseError(state), wrapped(wrapped(databaseError(state)))])
      expect(translated(error)).toMatchObject({ code, retryable, cause: error });
  });

  it('tells its state and constraint, and no value', () => {
    const error = translated(
      databaseError('23505', { constraint: 'users_email_key', detail: '(email)=(ada@example.org)' }),
    );
    expect(error.found).toBe('SQLSTATE 23505, constraint users_email_key');
    expect(JSON.stringify(error)).not.toContain('ada@');
  });

  it('of a module’s own state becomes that module’s error, with the data of its DETAIL', () => {
    const errors = defineErrors({
      TEST_CONFLICT: { message: 'late', next: 'again', exitCode: 1, retryable: true },
    });
    const raised = databaseError('ZD999', { message: 'too late', detail: '{"expected": 4, "actual": 7}' });
    expect(translateDatabaseError(raised, { ZD999: errors.TEST_CONFLICT })).toMatchObject({
      code: 'TEST_CONFLICT',
      found: 'too late',
      data: { expected: 4, actual: 7 },
    });
  });

  it('tells which constraint was violated, at every placement, and only then', () => {
    const violation = (constraint: string) => wrapped(databaseError('23503', { constraint }));
    const isOurs = (error: unknown) => violates(error, 'game', 'sessions_player_id_fk');
    expect(isOurs(violation('sessions_player_id_fk'))).toBe(true);
    expect(isOurs(violation('game_sessions_player_id_fk'))).toBe(true);
    expect(isOurs(violation('auth_sessions_player_id_fk'))).toBe(false);
    expect(isOurs(databaseError('42501', { constraint: 'sessions_player_id_fk' }))).toBe(false);
    expect(isOurs(new Error('23503'))).toBe(false);
  });

  it('is told from a lost connection by its state, whatever its message quotes', () => {
    const quoting = databaseError('23505', { message: 'Key (note)=(Connection terminated)' });
    expect(translated(quoting).code).toBe('DATABASE_REFUSED');
    const lost = new DrizzleQueryError('select 1', [], new Error('Connection terminated unexpectedly'));
    expect(translated(lost).code).toBe('DATABASE_UNAVAILABLE');
  });

  it.each([
    ['EPIPE', 'This socket has been ended by the other party'],
    ['ECONNREFUSED', ''],
    ['ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'],
  ])('is a lost connection where the socket says %s', (code, message) => {
    const socket = Object.assign(new Error(message), { code });
    expect(isLostConnection(socket)).toBe(true);
    expect(translated(new DrizzleQueryError('select 1', [], socket)).code).toBe('DATABASE_UNAVAILABLE');
  });

  it('is not seen in work that fails to reach another server', () => {
    const elsewhere = new Error('connect ECONNREFUSED 127.0.0.1:6379');
    expect(translateDatabaseError(elsewhere)).toBe(elsewhere);
    expect(translateDriverError(elsewhere)).toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
  });
});

describe('an error that is none of the database’s', () => {
  it('passes as it is', () => {
    const own = new RangeError('40001');
    expect(translateDatabaseError(own)).toBe(own);
    expect(translateDatabaseError('thrown')).toBe('thrown');
    const known = translated(databaseError('40001'));
    expect(translateDatabaseError(known)).toBe(known);
  });
});
