/** Errors carry what people and programs act on, and nothing that must not leave the house. */
import { describe, expect, it } from 'vitest';
import { DmzError, defineErrors, isDmzError } from './index.ts';

const errors = defineErrors({
  TEST_LOCKED: { message: 'The door is locked.', next: 'find the key', exitCode: 1, retryable: true },
  TEST_MISUSED: { message: 'That is no door.', next: 'look around', exitCode: 2 },
});

describe('an error', () => {
  it('says its code, what was found and expected, and what to do next', () => {
    const error = errors.TEST_LOCKED({ found: 'a bolt', expected: 'a latch', data: { attempts: 3 } });
    expect(error).toBeInstanceOf(DmzError);
    expect(error).toBeInstanceOf(Error);
    expect(error.toJSON()).toEqual({
      code: 'TEST_LOCKED',
      message: 'The door is locked.',
      found: 'a bolt',
      expected: 'a latch',
      next: 'find the key',
      retryable: true,
      data: { attempts: 3 },
    });
    expect(error.exitCode).toBe(1);
  });

  it('lets the place that throws know better what to do next', () => {
    expect(errors.TEST_LOCKED({ next: 'ring the bell' }).next).toBe('ring the bell');
  });

  it('is not retryable unless it says so, and leaves empty data out', () => {
    const error = errors.TEST_MISUSED();
    expect(error.retryable).toBe(false);
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'TEST_MISUSED',
      message: 'That is no door.',
      next: 'look around',
      retryable: false,
    });
  });

  it('keeps its cause for the log, and tells nothing of it as JSON', () => {
    const cause = new Error('password=hunter2');
    const error = errors.TEST_LOCKED({ cause });
    expect(error.cause).toBe(cause);
    expect(JSON.stringify(error)).not.toContain('hunter2');
    expect('cause' in errors.TEST_LOCKED()).toBe(false);
  });

  it('plays with no terminal, whatever was found', () => {
    const found = 'a\r\u001b[31m\u202eb\ud800\u009b';
    expect(errors.TEST_LOCKED({ found }).found).toBe('a\\u{d}\\u{1b}[31m\\u{202e}b\\u{d800}\\u{9b}');
    expect(errors.TEST_LOCKED({ found: 'x'.repeat(10_000_000) }).found?.length).toBeLessThan(3_000);
  });

  it.each([
    ['postgresql://ada:hunter2@example.org:5432/x', 'postgresql://ada:…@example.org:5432/x'],
    ['--tenant "postgresql://ada:hun', '--tenant "postgresql://ada:…@'],
    ['http://example.org:8080/x', 'http://example.org:8080/x'],
    ['redis://127.0.0.1:6379', 'redis://127.0.0.1:6379'],
  ])('tells no password of %s', (found, told) => {
    expect(errors.TEST_LOCKED({ found }).found).toBe(told);
  });

  it('is recognised by its code', () => {
    const error: unknown = errors.TEST_LOCKED();
    expect(isDmzError(error)).toBe(true);
    expect(isDmzError(error, 'TEST_LOCKED')).toBe(true);
    expect(isDmzError(error, 'TEST_MISUSED')).toBe(false);
    expect(isDmzError({ code: 'TEST_LOCKED', name: 'DmzError' })).toBe(false);
  });
});
