import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON (RFC 8785)', () => {
  it('sorts keys by UTF-16 code units, as in section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(canonicalJson(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",' +
        '"\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it('escapes strings and writes literals as in section 3.2.2', () => {
    const value = { string: '\u20ac$\u000f\nA\'B"\\\\"/', literals: [null, true, false] };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('writes integers to both ends of the safe range, and minus zero as zero', () => {
    const { MAX_SAFE_INTEGER: max, MIN_SAFE_INTEGER: min } = Number;
    expect(canonicalJson([0, -0, 1, -1, max, min])).toBe('[0,0,1,-1,9007199254740991,-9007199254740991]');
  });

  it('sorts at every depth, and knows no white space', () => {
    expect(canonicalJson({ b: [{ d: 1, c: {} }], a: '' })).toBe('{"a":"","b":[{"c":{},"d":1}]}');
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  let laughing: unknown = 'ha';
  for (let level = 0; level < 20; level += 1) laughing = new Array(10).fill(laughing);
  it.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a fraction', 0.5],
    ['an unsafe integer', 2 ** 53],
    ['undefined', undefined],
    ['an undefined field', { a: undefined }],
    ['a hole', new Array(1)],
    ['a lone surrogate', 'a\ud800'],
    ['a lone surrogate in a key', { '\udc00': 1 }],
    ['U+0000', 'a\u0000b'],
    ['a big integer', 1n],
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a cycle', cycle],
    ['what is itself ten times at each level', laughing],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'GAME_VALUE_NOT_CANONICAL' }));
  });

  it('says where, and not what', () => {
    expect(() => canonicalJson({ list: [1, { name: 'secret\u0000' }] })).toThrow(
      /U\+0000 at \$\.list\[1\]\.name/,
    );
    expect(() => canonicalJson({ name: 'secret\u0000' })).not.toThrow(/secret/);
  });

  it('is read back by JSON.parse, and does not depend on the order of keys', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\u0000'));
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.maxSafeInteger().map((each) => each + 0),
        text,
        fc.array(tie('value')),
        fc.dictionary(text, tie('value'), { noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        const written = canonicalJson(value);
        const read: unknown = JSON.parse(written);
        expect(canonicalJson(read)).toBe(written);
        expect(canonicalJson(reversed(value))).toBe(written);
      }),
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}
