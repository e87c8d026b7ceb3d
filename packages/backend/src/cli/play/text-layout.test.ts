/** Whatever a text holds, the terminal gets lines that fit and characters that are harmless. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, displayWidth, fitText, visibleText, wrapText } from './text-layout.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 200 }).map(visibleText);
const width = fc.integer({ min: 10, max: 100 });

describe('laying out text', () => {
  it('never makes a line wider than the terminal, and loses no word', () => {
    fc.assert(
      fc.property(anyText, width, (text, columns) => {
        const lines = wrapText(text, columns);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
        const letters = (value: string) => value.replaceAll(/[\s>]/g, '');
        expect(letters(lines.join(''))).toBe(letters(text));
      }),
    );
  });

  it('fits a line to exactly its column', () => {
    fc.assert(
      fc.property(anyText, width, (text, columns) => {
        const line = text.replaceAll('\n', ' ');
        expect(displayWidth(fitText(line, columns))).toBe(columns);
        expect(displayWidth(cutText(line, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('keeps quotes quoted and list items set in, line after line', () => {
    expect(wrapText('> one two three four', 12)).toEqual(['> one two', '> three four']);
    expect(wrapText('– one two three', 10)).toEqual(['– one two', '  three']);
  });

  it('breaks what is too long to wrap, such as the target of a link', () => {
    expect(wrapText('https://a.example/bcdefgh', 10)).toEqual(['https://a.', 'example/bc', 'defgh']);
  });

  it('counts wide characters as two columns', () => {
    expect(displayWidth('門 gate')).toBe(7);
    expect(fitText('門門門', 4)).toBe('門… ');
  });

  it('shows what would steer the terminal or hide in a name, and lets none of it through', () => {
    expect(visibleText('\u001b[2Jpaid\u202efdp.exe')).toBe('‹U+001B›[2Jpaid‹U+202E›fdp.exe');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        expect(visibleText(text).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});
