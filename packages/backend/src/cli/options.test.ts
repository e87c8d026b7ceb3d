import { describe, expect, it } from 'vitest';
import { change, instant, required, sessionId, wholeNumber, wordOf, wordsOf } from './options.ts';

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    const { code, exitCode } = error as { code: string; exitCode: number };
    expect(exitCode).toBe(2);
    return code;
  }
};

describe('options', () => {
  it.each([
    ['1', 1],
    ['020', 20],
    ['100', 100],
  ])('take the whole number %s', (text, value) => {
    expect(wholeNumber('--n', 1, 100)(text)).toBe(value);
  });

  it.each([
    '0',
    '101',
    '-1',
    '+1',
    '1e1',
    '0x10',
    '0.5',
    '5.0',
    ' 5',
    '',
    'abc',
    'Infinity',
    'NaN',
    '9'.repeat(17),
  ])('refuse %j as a number from 1 to 100', (text) => {
    expect(codeOf(() => wholeNumber('--n', 1, 100)(text))).toBe('CLI_OPTION_INVALID');
  });

  it('keep every digit of the largest seed, and refuse the next number', () => {
    expect(wholeNumber('--seed', 0)('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(codeOf(() => wholeNumber('--seed', 0)('9007199254740992'))).toBe('CLI_OPTION_INVALID');
  });

  it('take one word or several, and refuse others', () => {
    const parse = wordsOf('--status', ['active', 'paused']);
    expect(parse('paused')).toEqual(['paused']);
    expect(parse('active, paused')).toEqual(['active', 'paused']);
    for (const text of ['', 'Active', 'active,', 'lost']) {
      expect(codeOf(() => parse(text))).toBe('CLI_OPTION_INVALID');
    }
  });

  it('take one word alone where one is meant', () => {
    const parse = wordOf('--reason', ['duplicate', 'technical_fault']);
    expect(parse('duplicate')).toBe('duplicate');
    for (const text of ['', 'duplicates', 'duplicate,technical_fault'])
      expect(codeOf(() => parse(text))).toBe('CLI_OPTION_INVALID');
  });

  it('take a change, up or down, within its bounds', () => {
    const parse = change('--credits', 50);
    expect(['5', '+5', '-5', '0', '-0', '-50'].map(parse)).toEqual([5, 5, -5, 0, 0, -50]);
    for (const text of ['51', '-51', '', '-', '--5', '5.0', '1e1', 'five', '9'.repeat(16)])
      expect(codeOf(() => parse(text))).toBe('CLI_OPTION_INVALID');
  });

  it('take an instant with its zone', () => {
    const parse = instant('--at-time');
    expect(parse('2026-11-03T09:30:00Z').getTime()).toBe(Date.UTC(2026, 10, 3, 9, 30));
    expect(parse('2026-11-03T10:30:00.250+01:00').getTime()).toBe(Date.UTC(2026, 10, 3, 9, 30, 0, 250));
  });

  it.each([
    '',
    'now',
    '1762162200',
    '2026-11-03',
    '2026-11-03T09:30:00',
    '2026-02-30T09:30:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-03T25:00:00Z',
  ])('refuse %j as an instant', (text) => {
    expect(codeOf(() => instant('--at-time')(text))).toBe('CLI_OPTION_INVALID');
  });

  it('take a UUID for a session, whatever its case, and nothing else', () => {
    const id = '01a204b6-f111-7358-a037-076537d24dea';
    expect(sessionId(id.toUpperCase())).toBe(id);
    for (const text of ['', 'abc', id.slice(1), `${id}0`, `{${id}}`, "' or 1=1 --"]) {
      expect(codeOf(() => sessionId(text))).toBe('SESSION_ID_INVALID');
    }
  });

  it('say which one is missing', () => {
    expect(codeOf(() => required('--tenant <slug>', undefined))).toBe('CLI_OPTION_MISSING');
    expect(codeOf(() => required('--tenant <slug>', ' '))).toBe('CLI_OPTION_INVALID');
    expect(required('--tenant <slug>', 'consumers')).toBe('consumers');
  });
});
