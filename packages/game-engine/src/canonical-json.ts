/**
 * Canonical JSON after RFC 8785 for the values that the game stores: equal values have equal bytes, so they can be
 * hashed and compared. What RFC 8785 leaves open, or what PostgreSQL's jsonb would change or refuse, is refused
 * here: fractions and integers beyond 2^53 - 1, lone surrogates, U+0000, and anything that is not plain data.
 */
import { EngineError } from './errors.ts';

/** Deeper values are taken for cycles; the game's own are at most six levels deep. */
const MAX_DEPTH = 64;
/** Longer than any manifest. What has itself ten times at each of ten levels would be written without end. */
const MAX_LENGTH = 2 ** 26;
/** Most names and texts of the game: written as they are, without looking at them again. */
const PLAIN = /^[\x20!\x23-\x5b\x5d-\x7e]*$/;

/** Names of the properties and items that lead to the value at work; its length is the depth. */
type Place = (string | number)[];

/**
 * Writes a value as canonical JSON: keys sorted by UTF-16 code units (RFC 8785, section 3.2.3), no white space.
 *
 * @throws GAME_VALUE_NOT_CANONICAL  with the place in the value, never the value itself
 */
export function canonicalJson(value: unknown): string {
  return write(value, []);
}

function refuse(place: Place, found: string, expected: string): never {
  const steps = place.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  throw new EngineError('GAME_VALUE_NOT_CANONICAL', { found: `${found} at $${steps.join('')}`, expected });
}

function write(value: unknown, place: Place): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, place);
    case 'number':
      if (!Number.isSafeInteger(value)) refuse(place, 'a number that is no safe integer', 'a safe integer');
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (place.length >= MAX_DEPTH)
        refuse(place, 'a cycle or too deep a value', `at most ${MAX_DEPTH} levels`);
      return Array.isArray(value) ? writeArray(value, place) : writeObject(value, place);
    default:
      return refuse(place, typeof value, 'a JSON value');
  }
}

function writeString(text: string, place: Place): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) refuse(place, 'a lone surrogate', 'well-formed Unicode');
  if (text.includes('\0')) refuse(place, 'U+0000', 'text that PostgreSQL can store');
  return JSON.stringify(text);
}

function writeArray(items: readonly unknown[], place: Place): string {
  let text = '';
  for (let index = 0; index < items.length; index += 1) {
    place.push(index);
    text += `${index === 0 ? '' : ','}${write(items[index], place)}`;
    requireLength(text, place);
    place.pop();
  }
  return `[${text}]`;
}

function requireLength({ length }: string, place: Place): void {
  if (length > MAX_LENGTH) refuse(place, 'too long a value', `at most ${MAX_LENGTH} characters`);
}

function writeObject(value: object, place: Place): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    refuse(place, 'an instance of a class', 'a plain object');
  }
  let text = '';
  // Without a comparison of its own, sort compares UTF-16 code units, as the RFC asks.
  for (const key of Object.keys(value).sort()) {
    const name = writeString(key, place);
    place.push(key);
    text += `${text === '' ? '' : ','}${name}:${write((value as Record<string, unknown>)[key], place)}`;
    requireLength(text, place);
    place.pop();
  }
  return `{${text}}`;
}
