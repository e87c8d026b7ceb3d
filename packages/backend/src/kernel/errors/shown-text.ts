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

export const shownText = (text: string): string =>
  text.replaceAll(UNPRINTABLE, (each) => `\\u{${each.codePointAt(0)?.toString(16)}}`);
