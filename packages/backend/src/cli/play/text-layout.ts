/**
 * Puts text onto a terminal: measured in columns, wrapped, cut to size, and made harmless. What an e-mail says is
 * never sent to the terminal as it is, since a control character in it could move the cursor and rewrite the screen.
 */

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const PRINTABLE_ASCII = /^[ -~]*$/;
/** East Asian wide and full-width forms (Unicode UAX #11), and pictures. */
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])/u;
/** Controls, and the invisible formatting characters that swap or hide letters: a known trick of deceivers. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]/gu;

/** Shows what would act on the terminal or hide in the text as its code point; keeps line breaks. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '  ')
    .replace(INVISIBLE, (character) => (character === '\n' ? '\n' : `‹${codePointOf(character)}›`));
}

const codePointOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Columns that a line of visible text takes. */
export function displayWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** Cuts a line to a width, with an ellipsis where something is missing. */
export function cutText(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `${takeColumns(text, width - 1).taken.trimEnd()}…`;
}

/** Cuts or fills a line to exactly a width. */
export function fitText(text: string, width: number): string {
  const cut = cutText(text, width);
  return cut + ' '.repeat(Math.max(0, width - displayWidth(cut)));
}

function takeColumns(text: string, width: number): { taken: string; rest: string } {
  let used = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += WIDE.test(segment) ? 2 : 1;
    if (used > width) break;
    end = index + segment.length;
  }
  return { taken: text.slice(0, end), rest: text.slice(end) };
}

/** Wraps each line at spaces. Quoted lines keep their `>`, list items their indent; a word too long is broken. */
export function wrapText(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line.trimEnd(), width));
}

function wrapLine(line: string, width: number): string[] {
  const quote = /^(?:>+ ?)+/.exec(line)?.[0];
  const bullet = quote === undefined ? (/^\s*(?:[–•*-] )?/.exec(line)?.[0] ?? '') : '';
  const first = quote ?? bullet;
  const room = Math.max(8, width - displayWidth(first));
  const continued = quote ?? ' '.repeat(displayWidth(bullet));
  return breakWords(line.slice(first.length), room).map((part, at) => (at === 0 ? first : continued) + part);
}

function breakWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (displayWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    while (displayWidth(word) > width) {
      const { taken, rest } = takeColumns(word, width);
      lines.push(taken);
      word = rest;
    }
    line = word;
  }
  return [...lines, line];
}

/** Wraps a text and sets it in from the left. */
export const indentText = (text: string, width: number, indent = 2): string[] =>
  wrapText(text, width - indent).map((line) => (line === '' ? '' : ' '.repeat(indent) + line));

/** A label in a column of its own, and a text that wraps beside it. */
export function besideLabel(label: string, text: string, width: number, labelWidth: number): string[] {
  return wrapText(text, width - labelWidth).map((line, at) =>
    at === 0 ? `${fitText(label, labelWidth - 1)} ${line}` : ' '.repeat(labelWidth) + line,
  );
}
