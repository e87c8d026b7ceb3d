/**
 * Reads the values of options strictly: a number is digits and within its limits, an id is a UUID. What does not fit is
 * refused before anything is asked of the database.
 */
import { validate as isUuid } from 'uuid';
import { z } from 'zod';
import { defineErrors, quoted } from '../kernel/errors/index.ts';

export const optionErrors = defineErrors({
  CLI_OPTION_INVALID: {
    message: 'An option has a value that cannot be used.',
    next: 'correct the value; the command with --help explains its options',
    exitCode: 2,
  },
  CLI_OPTION_MISSING: {
    message: 'The command needs an option that was not given.',
    next: 'add it; the command with --help explains its options',
    exitCode: 2,
  },
  SESSION_ID_INVALID: {
    message: 'This is not the id of a session.',
    next: 'take an id from pnpm dmz session list',
    exitCode: 2,
  },
});

/** @returns a parser for commander: a whole number in plain digits, from `min` to `max` */
export function wholeNumber(
  option: string,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw optionErrors.CLI_OPTION_INVALID({
      found: `${option} ${quoted(text)}`,
      expected:
        max === Number.MAX_SAFE_INTEGER
          ? `a whole number, ${min} or more`
          : `a whole number from ${min} to ${max}`,
    });
  };
}

/** @returns a parser for commander: a whole number, to add or, with a minus, to take */
export function change(option: string, most: number): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    // Adding 0 makes 0 of -0, which no JSON can hold.
    if (Math.abs(value) <= most) return value + 0;
    throw optionErrors.CLI_OPTION_INVALID({
      found: `${option} ${quoted(text)}`,
      expected: `a whole number from -${most} to ${most}`,
    });
  };
}

/** @returns a parser for commander: one of the words */
export function wordOf<Word extends string>(option: string, words: readonly Word[]): (text: string) => Word {
  const parse = wordsOf(option, words);
  return (text) => {
    const [word, second] = parse(text);
    if (word && !second) return word;
    throw optionErrors.CLI_OPTION_INVALID({ found: `${option} ${quoted(text)}`, expected: 'one word' });
  };
}

/** @returns a parser for commander: one or more of the words, with commas between them */
export function wordsOf<Word extends string>(
  option: string,
  words: readonly Word[],
): (text: string) => Word[] {
  return (text) =>
    text.split(',').map((each) => {
      const word = words.find((known) => known === each.trim());
      if (word) return word;
      throw optionErrors.CLI_OPTION_INVALID({
        found: `${option} ${quoted(each)}`,
        expected: `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
      });
    });
}

/** @returns a parser for commander: a UUID of any version */
export function uuidOf(option: string): (text: string) => string {
  return (text) => {
    if (isUuid(text)) return text.toLowerCase();
    throw optionErrors.CLI_OPTION_INVALID({ found: `${option} ${quoted(text)}`, expected: 'a UUID' });
  };
}

/** @returns a parser for commander: an instant as ISO 8601 writes it, with its zone, since an hour alone means another one elsewhere */
export function instant(option: string): (text: string) => Date {
  return (text) => {
    if (Instant.safeParse(text).success) return new Date(text);
    throw optionErrors.CLI_OPTION_INVALID({
      found: `${option} ${quoted(text)}`,
      expected: 'a date and time with its zone, such as 2026-11-03T09:30:00Z or 2026-11-03T10:30:00+01:00',
    });
  };
}

const Instant = z.iso.datetime({ offset: true });

const SECONDS_OF = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** @returns a parser for commander: a time with its unit, such as `24h`, in seconds */
export function duration(option: string): (text: string) => number {
  return (text) => {
    const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
    if (count && unit) return Number(count) * SECONDS_OF[unit as keyof typeof SECONDS_OF];
    throw optionErrors.CLI_OPTION_INVALID({
      found: `${option} ${quoted(text)}`,
      expected: 'a number and its unit, s, m, h or d: 90s, 30m, 24h, 7d',
    });
  };
}

const BYTES_OF = { kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

/** @returns a parser for commander: an amount of data with its unit, such as `5MB`, in bytes */
export function dataSize(option: string): (text: string) => number {
  return (text) => {
    const [, count, unit] = /^(\d{1,6})(kB|MB|GB|TB)$/.exec(text) ?? [];
    if (count && unit && Number(count) > 0) return Number(count) * BYTES_OF[unit as keyof typeof BYTES_OF];
    throw optionErrors.CLI_OPTION_INVALID({
      found: `${option} ${quoted(text)}`,
      expected: 'a number and its unit, kB, MB, GB or TB: 500kB, 20MB',
    });
  };
}

/** @throws SESSION_ID_INVALID */
export function sessionId(text: string): string {
  if (isUuid(text)) return text.toLowerCase();
  throw optionErrors.SESSION_ID_INVALID({ found: quoted(text), expected: 'a UUID' });
}

/** @throws CLI_OPTION_MISSING, CLI_OPTION_INVALID  for an option that was given as an empty word */
export function required<Value extends string>(option: string, value: Value | undefined): Value {
  if (value === undefined) throw optionErrors.CLI_OPTION_MISSING({ expected: option });
  if (value.trim() === '') throw optionErrors.CLI_OPTION_INVALID({ found: `${option} ${quoted(value)}` });
  return value;
}
