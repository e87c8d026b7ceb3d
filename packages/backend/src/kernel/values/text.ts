/**
 * What a text must be to be kept. PostgreSQL refuses U+0000, and the driver would write U+FFFD in the place of a lone
 * surrogate, so that another text came back; and nothing that a person writes has megabytes. All else is kept as it is:
 * what it would do to whoever prints it is the printer's to prevent (`shownText`).
 */
import { z } from 'zod';
import { refuseValue } from './errors.ts';

/** Longer than any text of ours, shorter than what would be felt by others on its way. */
export const MAX_TEXT_BYTES = 2_000_000;
/** Of one UTF-16 code unit in UTF-8, at most. */
const BYTES_PER_UNIT = 3;

const EXPECTED = `well-formed Unicode without U+0000, ${MAX_TEXT_BYTES.toLocaleString('en')} bytes at most`;

/** @returns what is wrong with it, if anything is */
export function faultOfText(text: string): string | undefined {
  if (text.includes('\0')) return 'a text with U+0000';
  if (!text.isWellFormed()) return 'a text with a lone surrogate';
  if (text.length * BYTES_PER_UNIT <= MAX_TEXT_BYTES) return undefined;
  const bytes = Buffer.byteLength(text);
  return bytes > MAX_TEXT_BYTES ? `a text of ${bytes} bytes` : undefined;
}

/** @throws VALUE_REFUSED */
export function requireText(place: string, text: unknown): void {
  const fault = typeof text === 'string' ? faultOfText(text) : `a ${typeof text}`;
  if (fault !== undefined) throw refuseValue(place, fault, EXPECTED);
}

/** The same as a schema, for what is parsed where it comes in. */
export const keptText = () => z.string().refine((text) => faultOfText(text) === undefined, EXPECTED);
