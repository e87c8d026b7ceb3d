/**
 * What a JSON value must be to be kept, and to be given back equal: plain data, numbers that JSON has, texts that can be
 * kept, and an end to its depth and its size. `JSON.stringify` would write null for NaN, leave a function or a name of a
 * list out, and end the program's patience, its memory or its stack in what is too deep or too much. It writes 0 for -0,
 * which is the same number.
 */
import { refuseValue } from './errors.ts';
import { faultOfText } from './text.ts';

/** The game's own values are six levels deep, and plans of erasures four; what is deeper is a cycle, or an attack. */
const MAX_LEVELS = 64;
/**
 * As written, about: a list that has itself ten times at each of ten levels takes kilobytes of memory and ends no walk.
 * The largest of ours, a tenant's plan of erasure or a session's state, has some hundred kilobytes.
 */
const MAX_JSON_BYTES = 16_000_000;
/** A comma or colon, and two quotes or digits. */
const BYTES_OF_MEMBER = 2;

const EXPECTED = `plain JSON of ${MAX_LEVELS} levels and ${MAX_JSON_BYTES.toLocaleString('en')} bytes at most`;

interface Member {
  readonly value: unknown;
  readonly level: number;
}

/** @throws VALUE_REFUSED */
export function requireJson(place: string, json: unknown): void {
  const fault = faultOfJson(json);
  if (fault !== undefined) throw refuseValue(place, fault, EXPECTED);
}

function faultOfJson(json: unknown): string | undefined {
  try {
    return walk(json);
  } catch {
    return 'an object that fails when it is read';
  }
}

/** @returns what is wrong with it, if anything is */
function walk(json: unknown): string | undefined {
  let bytes = 0;
  // A list of what is still to be looked at in place of recursion, which a deep value would break.
  const waiting: Member[] = [{ value: json, level: 0 }];
  for (let member = waiting.pop(); member; member = waiting.pop()) {
    const { value, level } = member;
    const fault = level > MAX_LEVELS ? `more than ${MAX_LEVELS} levels` : faultOf(value);
    if (fault !== undefined) return fault;
    bytes += BYTES_OF_MEMBER + (typeof value === 'string' ? value.length : 0);
    if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
      for (const key of Object.keys(value)) {
        const faultOfKey = Array.isArray(value) ? undefined : faultOfText(key);
        if (faultOfKey !== undefined) return `a key that is ${faultOfKey}`;
        bytes += Array.isArray(value) ? 0 : key.length;
        const inner: unknown = Reflect.get(value, key);
        // A field that is undefined is one that is not there; an item would become null.
        if (inner !== undefined || Array.isArray(value)) waiting.push({ value: inner, level: level + 1 });
      }
    }
    if (bytes + waiting.length * BYTES_OF_MEMBER > MAX_JSON_BYTES)
      return `more than ${MAX_JSON_BYTES.toLocaleString('en')} bytes`;
  }
  return undefined;
}

function faultOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return faultOfText(value);
    case 'number':
      return Number.isFinite(value) ? undefined : String(value);
    case 'boolean':
      return undefined;
    case 'object':
      return value === null ? undefined : faultOfObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function faultOfObject(value: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Object.getOwnPropertySymbols(value).length > 0) return 'an object with a symbol for a key';
  if (Array.isArray(value)) {
    if (prototype !== Array.prototype) return 'an instance of a class';
    // What has no number is not written, and a hole is written as null.
    const isPlain = Object.keys(value).length === value.length && value.every((_, at) => at in value);
    return isPlain ? undefined : 'a list with holes, or with names';
  }
  // Times are written as ISO 8601, by whoever writes them into JSON.
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no time' : undefined;
  return prototype === Object.prototype || prototype === null ? undefined : 'an instance of a class';
}
