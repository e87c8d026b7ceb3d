/**
 * Canonical JSON after RFC 8785 for the values that the game stores: equal values have equal bytes, so they can be
 * hashed and compared. What RFC 8785 leaves open, or what PostgreSQL's jsonb would change or refuse, is refused
 * here: fractions and integers beyond 2^53 - 1, lone surrogates, U+0000, and anything that is not plain data.
 */
import { EngineError } from './errors.ts';

/** Deeper values are taken for cycles; the game's own are at most six levels deep. */
const MAX_DEPTH = 64;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Writes a value as canonical JSON: keys sorted by UTF-16 code units (RFC 8785, section 3.2.3), no white space.
 *
 * @throws GAME_VALUE_NOT_CANONICAL  with the place in the value, never the value itself
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

function refuse(path: string, found: string, expected: string): never {
  throw new EngineError('GAME_VALUE_NOT_CANONICAL', { found: `${found} at ${path}`, expected });
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAX_DEPTH) refuse(path, 'a cycle or too deep a value', `at most ${MAX_DEPTH} levels`);
  switch (typeof value) {
    case 'string':
      return writeString(value, path);
    case 'number':
      if (!Number.isSafeInteger(value)) refuse(path, 'a number that is no safe integer', 'a safe integer');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeArray(value, path, depth) : writeObject(value, path, depth);
    default:
      return refuse(path, typeof value, 'a JSON value');
  }
}

function writeString(text: string, path: string): string {
  if (LONE_SURROGATE.test(text)) refuse(path, 'a lone surrogate', 'well-formed Unicode');
  if (text.includes('\0')) refuse(path, 'U+0000', 'text that PostgreSQL can store');
  return JSON.stringify(text);
}

function writeArray(items: readonly unknown[], path: string, depth: number): string {
  const parts: string[] = [];
  for (let index = 0; index < items.length; index += 1) {
    parts.push(write(items[index], `${path}[${index}]`, depth + 1));
  }
  return `[${parts.join(',')}]`;
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    refuse(path, 'an instance of a class', 'a plain object');
  }
  const parts = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${writeString(key, path)}:${write(item, `${path}.${key}`, depth + 1)}`);
  return `{${parts.join(',')}}`;
}
