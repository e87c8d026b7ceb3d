/**
 * The one way to the terminal of what is a line or JSON: results on standard output, what is going on and errors on
 * standard error. Whatever somebody has named, a file or a row in the database, cannot drive the terminal that it is
 * printed on; a house rule keeps every other way shut.
 */
import { shownJson, shownText } from '../kernel/errors/index.ts';
import { isColoured } from './paint.ts';

type Stream = typeof process.stdout | typeof process.stderr;

export function printLine(text = ''): void {
  console.log(cleaned(text, process.stdout));
}

/** @param indent  of each level; everything is on one line without it */
export function printJson(value: unknown, indent = 0): void {
  console.log(shownJson(JSON.stringify(value, null, indent)));
}

export function tellLine(text: string): void {
  process.stderr.write(`${cleaned(text, process.stderr)}\n`);
}

export function tellJson(value: unknown): void {
  process.stderr.write(`${shownJson(JSON.stringify(value))}\n`);
}

/** What our own paint writes: bold, dim, and colours of letters. Nothing that hides, or moves. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is let through
const PAINT = /(\u001b\[(?:0|1|2|22|3[1-6]|39)m)/;

const cleaned = (text: string, stream: Stream): string =>
  isColoured(stream)
    ? text
        .split(PAINT)
        .map((part, at) => (at % 2 === 1 ? part : shownText(part)))
        .join('')
    : shownText(text);
