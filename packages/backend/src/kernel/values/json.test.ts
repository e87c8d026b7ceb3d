/** What of JSON is kept: what would be given back equal, and ends. */
import { describe, expect, it } from 'vitest';
import { requireJson } from './index.ts';

const fails = () => {
  throw new TypeError('not to be read');
};
const cycle: Record<string, unknown> = {};
cycle.a = cycle;
let laughing: unknown = 'ha';
for (let level = 0; level < 20; level += 1) laughing = new Array(10).fill(laughing);

describe('a JSON value', () => {
  it.each<[string, unknown]>([
    ['plain data', { a: [1, 'b', null, { c: true }], '': 0 }],
    ['a field that is not there', { a: undefined }],
    ['names that objects have', JSON.parse('{"__proto__":{"a":1},"constructor":2,"toString":3}')],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
    ['a time', { a: new Date(0) }],
    ['thousands of numbers', Array.from({ length: 100_000 }, (_, at) => at)],
  ])('is kept with %s', (_, value) => {
    expect(() => requireJson('a place', value)).not.toThrow();
  });

  it.each<[string, unknown]>([
    ['NaN', { a: Number.NaN }],
    ['a big integer', 1n],
    ['a function', { a: () => 1 }],
    ['a symbol for a key', { [Symbol('a')]: 1 }],
    ['a list with holes', new Array(2)],
    ['a list with a name', Object.assign([1], { name: 'a' })],
    ['a list that says how it is written', Object.assign([1], { toJSON: () => 2 })],
    ['an instance of a class', { a: new Map() }],
    ['a getter that fails', Object.defineProperty({}, 'a', { enumerable: true, get: fails })],
    ['a proxy that fails', new Proxy({}, { ownKeys: fails })],
    ['a cycle', cycle],
    ['what is itself ten times at each level', laughing],
    ['much of one text', new Array(1_000).fill('x'.repeat(1_000_000))],
    ['a key with a lone surrogate', { '\ud800': 1 }],
  ])('is refused at once with %s', (_, value) => {
    const refused = expect.objectContaining({
      code: 'VALUE_REFUSED',
      found: expect.stringContaining('a place'),
    });
    expect(() => requireJson('a place', value)).toThrow(refused);
  });
});
