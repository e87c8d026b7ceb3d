/**
 * What a JSON value must be to be kept, and to be given back equal: plain data, numbers that JSON has, texts that can be
 * kept, and an end to its depth. `JSON.stringify` would write null for NaN, leave a function out, and end the program's
 * patience, or its stack, in what is too deep. It writes 0 for -0, which is the same number.
 */
import { refuseValue } from './errors.ts';
import { faultOfText } from './text.ts';

/** The game's own values are six levels deep, and plans of erasures four; what is deeper is a cycle, or an attack. */
const MAX_LEVELS = 64;

const EXPECTED = `plain JSON of ${MAX_LEVELS} levels at most`;

interface Member {
  readonly value: unknown;
  readonly level: number;
}

/** @throws VALUE_REFUSED */
export function requireJson(place: string, json: unknown): void {
  // A list of what is still to be looked at in place of recursion, which a deep value would break.
  const waiting: Member[] = [{ value: json, level: 0 }];
  for (let member = waiting.pop(); member; member = waiting.pop()) {
    const { value, level } = member;
    const fault = level > MAX_LEVELS ? `more than ${MAX_LEVELS} levels` : faultOf(value);
    if (fault !== undefined) throw refuseValue(place, fault, EXPECTED);
    if (typeof value !== 'object' || value === null || value instanceof Date) continue;
    for (const [key, inner] of Object.entries(value)) {
      const faultOfKey = faultOfText(key);
      if (faultOfKey !== undefined) throw refuseValue(place, `a key that is ${faultOfKey}`, EXPECTED);
      // A field that is undefined is one that is not there; an item would become null.
      if (inner !== undefined || Array.isArray(value)) waiting.push({ value: inner, level: level + 1 });
    }
  }
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
      return isPlain(value) ? undefined : 'an instance of a class';
    default:
      return `a ${typeof value}`;
  }
}

/** Times are written as ISO 8601, by whoever writes them into JSON. */
function isPlain(value: object | null): boolean {
  if (value === null || Array.isArray(value)) return true;
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
