/** What is printed says the same, and drives no terminal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted, shownJson, shownLine, shownText } from './index.ts';

const EVIL = 'a\u001b[31m\u009b2J\u202egnp\u2066\u2028\u0085\n\tb';

describe('a text that is printed', () => {
  it('shows what would drive the terminal by its code point', () => {
    expect(shownText(EVIL)).toBe('a\\u{1b}[31m\\u{9b}2J\\u{202e}gnp\\u{2066}\\u{2028}\\u{85}\n\tb');
  });

  it('ends no line of a table', () => {
    expect(shownLine('a\n0199 \tall is well')).toBe('a\\u{a}0199 \\u{9}all is well');
  });

  it('is told by what it is, where it is none', () => {
    expect([quoted('a'.repeat(99)), quoted(null), quoted(Symbol('a'))]).toEqual([
      `"${'a'.repeat(60)}"`,
      'a value that is null',
      'a value that is symbol',
    ]);
  });

  it('is the same value as JSON, whatever stands in it', () => {
    expect(shownJson(JSON.stringify(EVIL))).not.toMatch(/[\u007f-\u009f\u2028\u202e\u2066]/);
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify({ value, [EVIL]: EVIL }, null, indent);
        expect(JSON.parse(shownJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });
});
