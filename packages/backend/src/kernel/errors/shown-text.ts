/**
 * A text as it may be printed: what would move the cursor, colour what follows, or turn the order of letters around is
 * written as its code point. So nothing that somebody has named can play a message of the platform's.
 */

/** Unicode's controls but tab and newline, its marks of direction, its line and paragraph separators, and halves of pairs. */
const UNPRINTABLE = /[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;

/** The password of a URL, whole or cut off; a port is none. */
const PASSWORD = /(\b[a-z][a-z\d+.-]*:\/\/[^\s/:@"]*):(?!\d+(?:[/?#"\s]|$))[^\s/@"]*@?/gi;

/** For what is told of a mistake: a URL that was given in the wrong place keeps its password. */
export const withoutPasswords = (text: string): string => text.replaceAll(PASSWORD, '$1:…@');

export const shownText = (text: string): string => text.replaceAll(UNPRINTABLE, codePointOf);

/** The same for a value within a line or a cell, which is not to end it and begin another one. */
export const shownLine = (text: string): string => shownText(text).replaceAll(/[\t\n]/g, codePointOf);

const codePointOf = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

const MOST_QUOTED = 60;

/** The beginning of a text that somebody gave, in quotes; what is no text is told by what it is. */
export const quoted = (given: unknown): string =>
  typeof given === 'string'
    ? JSON.stringify(given.slice(0, MOST_QUOTED))
    : `a value that is ${kindOf(given)}`;

const kindOf = (value: unknown): string => (value === null ? 'null' : typeof value);

/**
 * The text of a JSON value, for programs, that a terminal on its way is not driven by: the same characters, as JSON
 * escapes them. All of them are of one code unit, and stand in no other place than within a text.
 */
export const shownJson = (json: string): string =>
  json.replaceAll(UNPRINTABLE, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
